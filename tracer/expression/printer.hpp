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

/// A stretch of printed mathematics after which a line may be broken.
struct Piece {
  std::string text;
  bool inside_term = false;  ///< a further factor of the term before it
};

/// The terms of a sum, each with the sign before it, and the factors of each term. Joined, they are
/// what print gives.
[[nodiscard]] std::vector<Piece> print_pieces(const Expr& e, const Dialect& dialect);

}  // namespace chalkgrad
