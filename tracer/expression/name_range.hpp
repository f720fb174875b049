#pragma once

#include <string>
#include <vector>

#include "tracer/expression/lexer.hpp"

/// Ranges of names: w1..w4 is w1, w2, w3, w4.
namespace chalkgrad {

/// The names from `first` to `last`, which differ in the number at their end only; a number that
/// begins with zeros keeps its length (x08..x11). Throws SyntaxError if they do not, if the last
/// comes before the first, or if there are more than a hundred thousand.
[[nodiscard]] std::vector<std::string> names_between(const Token& first, const Token& last);

}  // namespace chalkgrad
