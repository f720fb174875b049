#pragma once

#include <map>
#include <string>
#include <string_view>

/// What a LaTeX file defines for itself: \newcommand{\pd}[2]{…}, \def, \DeclareMathOperator.
namespace chalkgrad {

struct Macro {
  std::size_t arguments = 0;  ///< at most nine
  std::string body{};         ///< with #1 for the first of them
};
using Macros = std::map<std::string, Macro, std::less<>>;

/// All definitions of the text, the last of a name; a definition that is cut off is none. Linear.
[[nodiscard]] Macros macros_of(std::string_view text);

/// Where what a definition takes ends, if one begins behind that command; otherwise where it was.
[[nodiscard]] std::size_t end_of_definition(std::string_view text, std::string_view command,
                                            std::size_t at);

/// The argument that comes next, without its braces, and where it ends.
[[nodiscard]] std::string_view macro_argument(std::string_view text, std::size_t& at);

}  // namespace chalkgrad
