#pragma once

#include <string>
#include <vector>

#include "tracer/expression/dialect.hpp"
#include "tracer/expression/expression.hpp"

/// Printing by precedence: brackets are exactly those that precedence needs, and a negative number
/// is bracketed unless it comes first. What the text dialects print, the parser reads back as the
/// same expression.
namespace chalkgrad {

/// The expression in one piece.
[[nodiscard]] std::string print(const Expr& e, const Dialect& dialect = text_dialect());

/// The expression in the pieces between which a line may be broken: the terms of a sum or the
/// factors of a product, each with the sign before it. Joined, they are what print gives.
[[nodiscard]] std::vector<std::string> print_pieces(const Expr& e, const Dialect& dialect);

}  // namespace chalkgrad
