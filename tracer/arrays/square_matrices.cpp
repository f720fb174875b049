#include "tracer/arrays/square_matrices.hpp"

#include <fmt/format.h>

#include <string_view>

namespace chalkgrad {

namespace {

/// Without one row and one column.
ArrayValue minor_of(const ArrayValue& matrix, std::size_t row, std::size_t column) {
  const std::size_t n = matrix.shape.rows;
  ArrayValue rest{Shape::matrix(n - 1, n - 1), {}};
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      if (i != row && j != column) rest.elements.push_back(matrix.at(i, j));
  return rest;
}

/// By the first row (Laplace); without what is multiplied by 0.
Expr laplace(const ArrayValue& matrix) {
  const std::size_t n = matrix.shape.rows;
  if (n == 1) return matrix.at(0, 0);
  std::vector<Term> terms;
  for (std::size_t j = 0; j < n; ++j) {
    if (matrix.at(0, j).is_number(0)) continue;
    terms.push_back({matrix.at(0, j) * laplace(minor_of(matrix, 0, j)), j % 2 == 1});
  }
  if (terms.empty()) return 0.0;
  if (terms.size() == 1) return terms[0].inverted ? -terms[0].expr : terms[0].expr;
  return Expr::sum(std::move(terms));
}

const ArrayValue& square_matrix(std::string_view name, const ArrayValue& matrix) {
  constexpr std::size_t most = 4;
  const bool square = matrix.shape.is_matrix() && matrix.shape.rows == matrix.shape.columns;
  if (!square || matrix.shape.rows > most)
    throw ShapeError(fmt::format("{} of {}", name, describe(matrix.shape)),
                     "a square matrix of at most 4 × 4 is needed");
  return matrix;
}

}  // namespace

Expr determinant(const ArrayValue& matrix) { return laplace(square_matrix("det", matrix)); }

ArrayValue inverse(const ArrayValue& argument) {
  const ArrayValue& matrix = square_matrix("inverse", argument);
  const std::size_t n = matrix.shape.rows;
  const Expr whole = laplace(matrix);
  ArrayValue result{matrix.shape, {}};
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      const Expr cofactor = n == 1 ? Expr(1.0) : laplace(minor_of(matrix, j, i));
      result.elements.push_back(((i + j) % 2 == 1 ? -cofactor : cofactor) / whole);
    }
  return result;
}

ArrayValue solution_of(const ArrayValue& matrix, const ArrayValue& right) {
  (void)square_matrix("solve", matrix);
  const std::size_t n = matrix.shape.rows;
  if (!right.shape.is_vector() || right.shape.rows != n)
    throw ShapeError(fmt::format("solve of {} and {} does not fit", describe(matrix.shape),
                                 describe(right.shape)),
                     "as in solve(A, b), where b has a number for each row of A");
  const Expr whole = laplace(matrix);
  ArrayValue result{right.shape, {}};
  for (std::size_t j = 0; j < n; ++j) {
    ArrayValue replaced = matrix;
    for (std::size_t i = 0; i < n; ++i) replaced.elements[i * n + j] = right.elements[i];
    result.elements.push_back(laplace(replaced) / whole);
  }
  return result;
}

}  // namespace chalkgrad
