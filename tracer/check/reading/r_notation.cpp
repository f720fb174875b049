#include "tracer/check/reading/r_notation.hpp"

#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

std::size_t closing(std::string_view code, std::size_t open) {
  int depth = 0;
  for (std::size_t at = open; at < code.size(); ++at) {
    if (code[at] == '(') ++depth;
    if (code[at] == ')' && --depth == 0) return at;
  }
  return std::string_view::npos;
}

/// "[1]", "[12,]": where a line of numbers begins behind it; 0 if there is none.
std::size_t size_of_index(std::string_view line) {
  const auto first = line.find_first_not_of(' ');
  if (first == std::string_view::npos || line[first] != '[') return 0;
  std::size_t at = first + 1;
  while (at < line.size() && is_digit(line[at])) ++at;
  if (at == first + 1) return 0;
  if (at < line.size() && line[at] == ',') ++at;
  return at < line.size() && line[at] == ']' ? at + 1 : 0;
}

bool is_heading_of_columns(std::string_view line) {
  const auto first = line.find_first_not_of(' ');
  return first != std::string_view::npos && line.substr(first).starts_with("[,1]");
}

}  // namespace

namespace {

TracedText converted_from_r(const TracedText& line, int depth) {
  constexpr int deepest = 5;
  if (depth > deepest) return line;

  const std::string& text = line.text();
  TracedText result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = std::string_view(text).substr(at);
    const bool begins = at == 0 || !(is_letter(text[at - 1]) || is_digit(text[at - 1]) ||
                                     text[at - 1] == '_' || text[at - 1] == '.');
    const bool list = begins && rest.starts_with("c("), turned = begins && rest.starts_with("t(");
    const std::size_t end = list || turned ? closing(text, at + 1) : std::string_view::npos;
    if (rest.starts_with("<-")) {
      result.append("=", line.origin(at));
      ++at;
    } else if (rest.starts_with("%*%")) {
      result.append("*", line.origin(at));
      at += 2;
    } else if (end != std::string_view::npos) {
      const TracedText inside = converted_from_r(line.part(at + 2, end), depth + 1);
      result.append(list ? "[" : "(", line.origin(at));
      result.append(inside);
      result.append(list ? "]" : ")ᵀ", line.origin(end));
      at = end;
    } else if (text[at] == '#') {
      break;
    } else {
      result.append(line.part(at, at + 1));
    }
  }
  return result;
}

}  // namespace

TracedText r_code(const TracedText& line) { return converted_from_r(line, 0); }

bool is_printed_by_r(std::string_view line) {
  const std::size_t index = size_of_index(line);
  const bool numbers =
      index > 0 && index < line.size() &&
      line.find_first_not_of("0123456789.+-eE \t\r", index) == std::string_view::npos;
  return numbers || is_heading_of_columns(line);
}

TracedText value_printed_by_r(const std::vector<TracedText>& lines) {
  std::vector<TracedText> rows;
  bool matrix = false;
  for (const TracedText& line : lines) {
    matrix = matrix || is_heading_of_columns(line.text());
    const std::size_t index = size_of_index(line.text());
    if (index > 0) rows.push_back(line.part(index, line.size()).trimmed());
  }
  const bool number = !matrix && rows.size() == 1 && rows[0].text().find(' ') == std::string::npos;
  if (rows.empty() || number) return rows.empty() ? TracedText() : rows[0];
  TracedText value;
  value.append("[", rows[0].origin(0));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i > 0) value.append(matrix ? ", " : " ");
    if (matrix) value.append("[");
    value.append(rows[i]);
    if (matrix) value.append("]");
  }
  value.append("]");
  return value;
}

}  // namespace chalkgrad
