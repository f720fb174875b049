#pragma once

#include <string_view>
#include <vector>

#include "tracer/check/reading/macros.hpp"
#include "tracer/expression/lexer.hpp"

/// Tokens of mathematics as people write it down: in plain text, in Markdown, in LaTeX.
///
/// Whatever the notation, the tokens that come out are those of the problem language
/// (expression/lexer.hpp): \frac{a}{b} is ((a)/(b)), x² is x^2, \cdot and × are *. Names come out
/// as written, without braces and commands: net_{h1} is net_h1; marks are kept, as w5⁺, out[2], v̄1.
/// Nothing is refused here, because most of a file is prose: what has no meaning becomes a sign
/// that no expression can contain.
namespace chalkgrad {

struct NotationOptions {
  bool latex = false;              ///< % begins a comment, blanks between names mean a product
  bool decimal_comma = false;      ///< 0,74 is 0.74
  bool arrays = false;             ///< [0.1, 0.2] is an array, and no bracket
  bool scanned = false;            ///< O, l and I within numbers are 0 and 1
  bool from_zero = false;          ///< out[0] is that of the first sample
  const Macros* macros = nullptr;  ///< what the file defines for itself; null for nothing
  int macro_depth = 0;             ///< how many of them the text stands within
  bool of_program = false;         ///< @ is the product of arrays, and * goes element by element
  bool layers_above = false;       ///< a¹ and a² of a name are those of layers
  bool names_next_step = false;    ///< w(n+1) is somewhere, so that w(n) is w before the update
};

/// Signs that are not in the problem language.
namespace notation {
inline constexpr std::string_view cell = "&";        ///< a gap, a column, the edge of a formula
inline constexpr std::string_view row = "\\\\";      ///< the end of a row
inline constexpr std::string_view becomes = ":=";    ///< :=, <-, ←
inline constexpr std::string_view takes_off = "-=";  ///< of Python: w5 -= 0.5*g
inline constexpr std::string_view arrow = "→";       ///< →, ⇒, =>, ->
inline constexpr std::string_view prime = "'";       ///< σ'(z)
inline constexpr std::string_view unknown = "?";     ///< has no meaning
}  // namespace notation

/// How long a number is that begins there with a letter for a digit, or has one: O.5, 0.462l; 0 if
/// none does.
[[nodiscard]] std::size_t scanned_number(std::string_view text, std::size_t at);
[[nodiscard]] bool has_scanned_numbers(std::string_view text);

/// The tokens of a stretch of the text; spans are offsets into `text`. Linear; no exception.
[[nodiscard]] std::vector<Token> read_notation(std::string_view text, Span stretch,
                                               const NotationOptions& options);

}  // namespace chalkgrad
