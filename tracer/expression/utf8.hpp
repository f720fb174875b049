#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// The little that chalkgrad needs to know about UTF-8: reading code points, and how wide text is.
namespace chalkgrad::utf8 {

/// The code point at `at`, which must be inside the text, and how many bytes it takes.
struct CodePoint {
  char32_t value;
  std::size_t bytes;
};

/// Nothing if the bytes there are not well-formed UTF-8 (Unicode 15, table 3-7).
[[nodiscard]] std::optional<CodePoint> decode(std::string_view text, std::size_t at);

/// The bytes of a code point; of what is none, U+FFFD.
[[nodiscard]] std::string encode(char32_t c);

/// Where the first byte is that is not well-formed, if there is one.
[[nodiscard]] std::optional<std::size_t> first_malformed(std::string_view text);

/// How many columns the text takes in a terminal: combining marks 0, East Asian wide characters 2.
[[nodiscard]] std::size_t display_width(std::string_view text);

}  // namespace chalkgrad::utf8
