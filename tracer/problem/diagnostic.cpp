#include "tracer/problem/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tracer/expression/utf8.hpp"

namespace chalkgrad {

namespace {

/// Shown of a long line on either side of the mark, and of a long mark, in bytes.
constexpr std::size_t surroundings = 60;

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80; }

/// Printable on one line: control characters become blanks, malformed bytes question marks.
std::string printable(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = utf8::decode(text, at);
    if (!c) {
      result += '?';
      ++at;
      continue;
    }
    const bool control = c->value < 0x20 || (c->value >= 0x7F && c->value < 0xA0);
    result += control ? " " : std::string(text.substr(at, c->bytes));
    at += c->bytes;
  }
  return result;
}

}  // namespace

Source::Source(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)) {
  std::size_t begin = text_.starts_with("\xEF\xBB\xBF") ? 3 : 0;  // a byte order mark
  while (begin < text_.size()) {
    std::size_t end = text_.find('\n', begin);
    if (end == std::string::npos) end = text_.size();
    const bool carriage_return = end > begin && text_[end - 1] == '\r';
    lines_.emplace_back(begin, end - begin - (carriage_return ? 1 : 0));
    begin = end + 1;
  }
}

std::string_view Source::line(std::size_t number) const {
  if (number > lines_.size() && number - lines_.size() <= settings_.size())
    return settings_[number - lines_.size() - 1].second;
  if (number == 0 || number > lines_.size()) return {};
  return std::string_view(text_).substr(lines_[number - 1].first, lines_[number - 1].second);
}

void Source::add_setting(std::string origin, std::string text) {
  settings_.emplace_back(std::move(origin), std::move(text));
}

std::string Source::origin(std::size_t number) const {
  if (number > lines_.size() && number - lines_.size() <= settings_.size())
    return settings_[number - lines_.size() - 1].first;
  return fmt::format("{}:{}", name_, number);
}

std::string describe(const Diagnostic& diagnostic, const Source& source) {
  const std::string_view line = source.line(diagnostic.line);
  const std::size_t begin = std::min(diagnostic.span.begin, line.size());
  const std::size_t end = std::clamp(diagnostic.span.end, begin, line.size());

  std::size_t first = begin > surroundings ? begin - surroundings : 0;
  while (first > 0 && first < line.size() && continues_character(line[first])) --first;
  std::size_t last = std::min(line.size(), std::min(end, begin + surroundings) + surroundings);
  while (last < line.size() && continues_character(line[last])) ++last;
  if (first <= 3) first = 0;

  const std::string before = printable(line.substr(first, begin - first));
  const std::size_t mark_end = std::min(end, last);
  const std::string marked = printable(line.substr(begin, mark_end - begin));
  const std::string after = printable(line.substr(mark_end, last - mark_end));

  const std::size_t column = utf8::display_width(printable(line.substr(0, begin))) + 1;
  std::string text = fmt::format("{}:{}: {}: {}\n", source.origin(diagnostic.line), column,
                                 diagnostic.warning ? "warning" : "error", diagnostic.message);
  if (line.empty()) {
    if (!diagnostic.hint.empty()) text += fmt::format("  {}\n", diagnostic.hint);
    return text;
  }
  text += fmt::format("  {}{}{}{}{}\n", first > 0 ? "..." : "", before, marked, after,
                      last < line.size() ? "..." : "");
  const std::size_t indent = (first > 0 ? 3 : 0) + utf8::display_width(before);
  const std::size_t width = std::max<std::size_t>(1, utf8::display_width(marked));
  text += fmt::format("  {}^{}", std::string(indent, ' '), std::string(width - 1, '~'));
  if (!diagnostic.hint.empty()) text += " " + diagnostic.hint;
  return text + "\n";
}

}  // namespace chalkgrad
