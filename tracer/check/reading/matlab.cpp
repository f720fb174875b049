#include "tracer/check/reading/matlab.hpp"

#include <algorithm>

#include "tracer/arrays/array_functions.hpp"
#include "tracer/expression/function_names.hpp"
#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

bool is_of_numbers(std::string_view text) {
  bool digit = false;
  for (const char c : text) {
    digit = digit || is_digit(c);
    if (!is_digit(c) && std::string_view(" \t\r.+-eE").find(c) == std::string_view::npos)
      return false;
  }
  return digit;
}

/// % 1.2 and % [1.2; 0]: a value, and nothing else.
bool is_value_in_comment(std::string_view text) {
  const auto first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t\r");
  if (first == std::string_view::npos) return false;
  text = text.substr(first, last + 1 - first);
  if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  std::string numbers(text);
  std::replace_if(
      numbers.begin(), numbers.end(), [](char c) { return c == ';' || c == ','; }, ' ');
  return is_of_numbers(numbers);
}

TracedText converted(const TracedText& line, int depth);

/// [1 2; 3 4] with [[1 2],[3 4]], [1; 2] with [1, 2]; `at` is its bracket, `end` behind it.
TracedText array_with_rows(const TracedText& code, std::size_t at, std::size_t end, int depth) {
  std::vector<TracedText> rows = code.part(at + 1, end - 1).split(';');
  TracedText result = code.part(at, at + 1);
  const bool column =
      rows.size() > 1 && std::all_of(rows.begin(), rows.end(), [](const TracedText& row) {
        return row.trimmed().text().find_first_of(" ,") == std::string::npos;
      });
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i > 0) result.append(", ");
    if (rows.size() > 1 && !column) result.append("[");
    result.append(converted(rows[i].trimmed(), depth + 1));
    if (rows.size() > 1 && !column) result.append("]");
  }
  result.append(code.part(end - 1, end));
  return result;
}

std::size_t closing_bracket(std::string_view code, std::size_t at) {
  int depth = 0;
  for (; at < code.size(); ++at) {
    if (code[at] == '[') ++depth;
    if (code[at] == ']' && --depth == 0) return at + 1;
  }
  return std::string_view::npos;
}

/// The bracket that closes the index of a(2) or W(1,:); npos where the name is a function's.
std::size_t end_of_index(std::string_view code, std::size_t open) {
  std::size_t first = open;
  while (first > 0 &&
         (is_letter(code[first - 1]) || is_digit(code[first - 1]) || code[first - 1] == '_'))
    --first;
  const std::string_view name = code.substr(first, open - first);
  const std::size_t close = code.find(')', open);
  if (close == std::string_view::npos || close == open + 1 || name.empty() ||
      function_named(name) || function_known_as(name) || is_array_function(name))
    return std::string_view::npos;
  const std::string_view index = code.substr(open + 1, close - open - 1);
  return index.find_first_not_of("0123456789,:") == std::string_view::npos ? close
                                                                           : std::string_view::npos;
}

/// A row of an array, or the only one.
TracedText in_rows(const std::vector<TracedText>& rows) {
  const bool numbers = std::all_of(rows.begin(), rows.end(), [](const TracedText& row) {
    return row.text().find_first_of(" \t") == std::string::npos;
  });
  if (rows.size() == 1 && numbers) return rows.front();
  TracedText value;
  for (const TracedText& row : rows) {
    value.append(value.empty() ? "[" : ", ", row.origin(0));
    if (rows.size() > 1 && !numbers) value.append("[");
    value.append(row);
    if (rows.size() > 1 && !numbers) value.append("]");
  }
  value.append("]");
  return value;
}

std::size_t closing_round(std::string_view code, std::size_t open) {
  constexpr std::size_t longest = 2'000;
  int depth = 0;
  for (std::size_t at = open; at < std::min(code.size(), open + longest); ++at) {
    if (code[at] == '(') ++depth;
    if (code[at] == ')' && --depth == 0) return at;
  }
  return std::string_view::npos;
}

/// sum(X, 2) is what each row comes to, mean(X, 1) the means of the columns; empty for all else.
TracedText sum_along(const TracedText& line, std::size_t at) {
  const std::string_view rest = std::string_view(line.text()).substr(at);
  const bool sum = rest.starts_with("sum("), mean = rest.starts_with("mean(");
  const bool begins = at == 0 || !(is_letter(line.text()[at - 1]) || line.text()[at - 1] == '_');
  if (!begins || (!sum && !mean)) return {};
  const std::size_t open = line.text().find('(', at), close = closing_round(line.text(), open);
  if (close == std::string_view::npos) return {};
  const std::vector<TracedText> arguments = line.part(open + 1, close).split(',');
  if (arguments.size() != 2) return {};
  const std::string axis = arguments[1].trimmed().text();
  if (axis != "1" && axis != "2") return {};
  TracedText result;
  const std::string along = axis == "1" ? "column_" : "row_";
  result.append(along + (sum ? "sums(" : "means("), line.origin(at));
  result.append(matlab_code(arguments[0].trimmed()));
  result.append(")", line.origin(close));
  return result;
}

TracedText converted(const TracedText& line, int depth) {
  constexpr int deepest = 3;
  if (depth > deepest) return line;
  const std::string& text = line.text();
  TracedText result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool behind = at > 0 && (is_letter(text[at - 1]) || is_digit(text[at - 1]) ||
                                   text[at - 1] == ')' || text[at - 1] == ']');
    const std::size_t end = text[at] == '[' ? closing_bracket(text, at) : std::string::npos;
    const TracedText sum = sum_along(line, at);
    if (!sum.empty()) {
      result.append(sum);
      at = closing_round(text, text.find('(', at));
      continue;
    }
    const std::size_t index =
        text[at] == '(' && behind ? end_of_index(text, at) : std::string::npos;
    if (index != std::string::npos) {
      // a(2), W(1,2): an element
      result.append("[", line.origin(at));
      result.append(line.part(at + 1, index));
      result.append("]", line.origin(index));
      at = index;
    } else if (text[at] == '\'' && behind) {
      result.append("ᵀ");
    } else if (end != std::string::npos && !behind) {
      result.append(array_with_rows(line, at, end, depth));
      at = end - 1;
    } else if (text[at] == '%') {
      if (!is_value_in_comment(std::string_view(text).substr(at + 1))) break;
      // z = W*x;  % 1.2
      while (!result.empty() && (result.text().back() == ' ' || result.text().back() == ';'))
        result = result.part(0, result.size() - 1);
      result.append(" = ");
    } else {
      result.append(line.part(at, at + 1));
    }
  }
  return result;
}

}  // namespace

TracedText matlab_code(const TracedText& line) { return converted(line, 0); }

std::vector<TracedText> matlab_statements(const TracedText& line) {
  std::vector<TracedText> list;
  for (const TracedText& one : matlab_code(line).split(';')) {
    TracedText statement = one.trimmed();
    if (!statement.empty()) list.push_back(std::move(statement));
  }
  return list;
}

std::optional<PrintedArray> printed_by_matlab(std::size_t at, std::size_t count,
                                              const std::function<TracedText(std::size_t)>& line) {
  const std::string heading = line(at).trimmed().text();
  const bool names = heading.size() > 2 && heading.ends_with(" =") &&
                     std::all_of(heading.begin(), heading.end() - 2,
                                 [](char c) { return is_letter(c) || is_digit(c) || c == '_'; });
  if (!names) return std::nullopt;
  std::size_t next = at + 1;
  if (next < count && line(next).trimmed().empty()) ++next;
  TracedText scale;
  if (next < count && line(next).trimmed().text().ends_with('*')) {
    scale = line(next).trimmed();
    ++next;
    if (next < count && line(next).trimmed().empty()) ++next;
  }
  std::vector<TracedText> rows;
  for (; next < count && is_of_numbers(line(next).text()); ++next)
    rows.push_back(line(next).trimmed());
  if (rows.empty()) return std::nullopt;
  PrintedArray printed{std::move(scale), next};
  printed.value.append(in_rows(rows));
  return printed;
}

}  // namespace chalkgrad
