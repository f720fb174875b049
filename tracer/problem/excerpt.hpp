#pragma once

#include <string>
#include <string_view>

#include "tracer/expression/lexer.hpp"

/// A line of somebody's text with a place in it marked, as a good compiler shows it:
///
///     net_o1 = w5*out_h1 + w6*out_h3 + b2
///                             ^~~~~~ did you mean 'out_h2'?
namespace chalkgrad {

/// Two lines, each beginning with `indent` and ending with a newline: the line, and the mark with
/// what is said beside it. Of a very long line only the surroundings of the mark are shown; bytes
/// that are not UTF-8 appear as question marks, control characters as blanks.
[[nodiscard]] std::string excerpt(std::string_view line, Span span, std::string_view beside,
                                  std::string_view indent);

/// The column in which the byte at `offset` is shown, from 1.
[[nodiscard]] std::size_t column_of(std::string_view line, std::size_t offset);

/// Printable on one line: control characters become blanks, malformed bytes question marks.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace chalkgrad
