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

/// A stretch of printed mathematics; a line may be broken before it.
struct Piece {
  std::string text;
  /// How deep the break lies: 0 between terms, 1 between factors, more inside brackets.
  int depth = 0;
};

/// The terms of a sum, each with the sign before it, the factors of each term, and what is inside
/// brackets that may be broken. Joined, they are what print gives; brackets that grow with what is
/// in them (\\left, \\right) may be in different pieces, and must not be in different lines.
[[nodiscard]] std::vector<Piece> print_pieces(const Expr& e, const Dialect& dialect);

}  // namespace chalkgrad
