#pragma once

/// The letters and digits of a keyboard, whatever the locale. Names and numbers beyond ASCII are
/// for tracer/expression/utf8.hpp.
namespace chalkgrad {

[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

[[nodiscard]] constexpr bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace chalkgrad
