#include "tracer/problem/excerpt.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tracer/expression/utf8.hpp"

namespace chalkgrad {

namespace {

/// Shown of a long line on either side of the mark, and of a long mark, in bytes.
constexpr std::size_t surroundings = 60;

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80; }

}  // namespace

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

std::size_t column_of(std::string_view line, std::size_t offset) {
  return utf8::display_width(printable(line.substr(0, std::min(offset, line.size())))) + 1;
}

std::string excerpt(std::string_view line, Span span, std::string_view beside,
                    std::string_view indent) {
  const std::size_t begin = std::min(span.begin, line.size());
  const std::size_t end = std::clamp(span.end, begin, line.size());

  std::size_t first = begin > surroundings ? begin - surroundings : 0;
  while (first > 0 && first < line.size() && continues_character(line[first])) --first;
  std::size_t last = std::min(line.size(), std::min(end, begin + surroundings) + surroundings);
  while (last < line.size() && continues_character(line[last])) ++last;
  if (first <= 3) first = 0;

  const std::string before = printable(line.substr(first, begin - first));
  const std::size_t mark_end = std::min(end, last);
  const std::string marked = printable(line.substr(begin, mark_end - begin));
  const std::string after = printable(line.substr(mark_end, last - mark_end));

  std::string text = fmt::format("{}{}{}{}{}{}\n", indent, first > 0 ? "..." : "", before, marked,
                                 after, last < line.size() ? "..." : "");
  const std::size_t blanks = (first > 0 ? 3 : 0) + utf8::display_width(before);
  const std::size_t width = std::max<std::size_t>(1, utf8::display_width(marked));
  text += fmt::format("{}{}^{}", indent, std::string(blanks, ' '), std::string(width - 1, '~'));
  if (!beside.empty()) text += fmt::format(" {}", beside);
  return text + "\n";
}

}  // namespace chalkgrad
