#include "tracer/check/reading/rewritten_signs.hpp"

#include <algorithm>

#include "tracer/numerals/decimal.hpp"

namespace chalkgrad {

namespace {

/// A line | $w$ | $= 0.5$ | of a Markdown table is written with the signs of a LaTeX table, each in
/// the place of one other, so that places stay what they are.
std::string with_cells_of_markdown(std::string_view text) {
  std::string result(text);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    const auto first = line.find_first_not_of(" \t"), last = line.find_last_not_of(" \t\r");
    const bool is_row = first != std::string_view::npos && last > first && line[first] == '|' &&
                        line[last] == '|' && line.find('$') != std::string_view::npos;
    for (std::size_t at = begin; is_row && at < end; ++at) {
      if (at > begin && text[at - 1] == '\\') continue;
      if (text[at] == '|') result[at] = '&';
      if (text[at] == '$') result[at] = ' ';
    }
    begin = end + 1;
  }
  return result;
}

/// -0.0550, 1.5e-3: a number with a fraction, and nothing else.
bool is_worked_out(std::string_view text) {
  const auto first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t\r");
  if (first == std::string_view::npos) return false;
  text = text.substr(first, last + 1 - first);
  if (text.starts_with("−")) text.remove_prefix(std::string_view("−").size());
  if (text.starts_with('-')) text.remove_prefix(1);
  return text.find('.') != std::string_view::npos && Decimal::parse(text).has_value();
}

/// d = a*b   # 0.0550: programs say in a comment what comes out. Behind += it may be what is added,
/// or the sum.
void use_values_of_comments(std::string& text) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = std::string_view(text).substr(begin, end - begin);
    const auto comment = line.rfind('#'), relation = line.find('=');
    const bool adds = relation > 0 && relation < line.size() &&
                      (line[relation - 1] == '+' || line[relation - 1] == '-');
    if (comment != std::string_view::npos && relation < comment && !adds &&
        is_worked_out(line.substr(comment + 1)))
      text[begin + comment] = '=';
    begin = end + 1;
  }
}

}  // namespace

std::string with_rewritten_signs(std::string_view text, bool latex) {
  std::string result = with_cells_of_markdown(text);
  if (!latex) use_values_of_comments(result);
  return result;
}

}  // namespace chalkgrad
