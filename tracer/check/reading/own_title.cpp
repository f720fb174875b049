#include "tracer/check/reading/own_title.hpp"

#include <algorithm>

#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

/// Letters and digits of ASCII: what an escaped title has in common with the title itself.
std::string kernel_of(std::string_view line) {
  std::string kernel;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '\\') {
      // \textasciicircum, \Large; \_ is one sign.
      while (at + 1 < line.size() && is_letter(line[at + 1])) ++at;
    } else if (is_letter(line[at]) || is_digit(line[at])) {
      kernel += line[at];
    }
  }
  return kernel;
}

}  // namespace

std::string without_title(std::string_view text, std::string_view title) {
  std::string rest(text);
  const std::string wanted = kernel_of(title);
  if (wanted.empty()) return rest;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    // Escaped it is longer, but not by much.
    constexpr std::size_t most = 20;
    if (line.size() >= wanted.size() && line.size() <= most * (title.size() + most) &&
        kernel_of(line) == wanted) {
      std::fill(rest.begin() + static_cast<std::ptrdiff_t>(begin),
                rest.begin() + static_cast<std::ptrdiff_t>(end), ' ');
      return rest;
    }
    begin = end + 1;
  }
  return rest;
}

}  // namespace chalkgrad
