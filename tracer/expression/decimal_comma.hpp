#pragma once

#include <string>

#include "tracer/expression/expression.hpp"

/// 0,74 for 0.74, as most of Europe writes it. Only how a literal is spelled changes, not what it
/// is worth; so this is the last thing done to a sheet or picture, and no expression with such
/// literals is read, rounded or simplified again.
namespace chalkgrad {

/// Every literal with a comma. Linear.
[[nodiscard]] Expr with_decimal_comma(const Expr& e);

/// The same for the numbers within words: a point between two digits.
[[nodiscard]] std::string with_decimal_comma(std::string words);

}  // namespace chalkgrad
