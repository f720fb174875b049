#pragma once

#include <string>
#include <string_view>

/// The letters and digits of a keyboard, whatever the locale. Names and numbers beyond ASCII are
/// for tracer/expression/utf8.hpp.
namespace chalkgrad {

[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

[[nodiscard]] constexpr bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

[[nodiscard]] inline std::string in_lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

}  // namespace chalkgrad
