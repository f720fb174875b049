#include "tracer/problem/diagnostic.hpp"

#include <fmt/format.h>

#include "tracer/problem/excerpt.hpp"

namespace chalkgrad {

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
  std::string text = fmt::format("{}:{}: {}: {}\n", source.origin(diagnostic.line),
                                 column_of(line, diagnostic.span.begin),
                                 diagnostic.warning ? "warning" : "error", diagnostic.message);
  if (!line.empty()) return text + excerpt(line, diagnostic.span, diagnostic.hint, "  ");
  if (!diagnostic.hint.empty()) text += fmt::format("  {}\n", diagnostic.hint);
  return text;
}

void fail(const Place& place, std::string message, std::string hint) {
  throw ProblemError({{place.line, place.span, std::move(message), std::move(hint)}});
}

}  // namespace chalkgrad
