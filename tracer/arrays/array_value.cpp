#include "tracer/arrays/array_value.hpp"

#include <fmt/format.h>

namespace chalkgrad {

namespace {

/// A vector stands beside a matrix as a row, as long as those of the matrix; beside a column as
/// one.
Shape beside(const Shape& one, const Shape& matrix) {
  if (!one.is_vector() || !matrix.is_matrix()) return one;
  const bool is_column = matrix.columns == 1 && one.rows == matrix.rows;
  return is_column ? Shape::matrix(one.rows, 1) : Shape::matrix(1, one.rows);
}

bool fits(std::size_t a, std::size_t b) { return a == b || a == 1 || b == 1; }

/// Refuses what would fill a machine, not a sheet.
void check_work(std::size_t rows, std::size_t columns, std::size_t terms) {
  constexpr std::size_t most = 20'000'000;
  if (rows <= most && columns <= most && terms <= most && rows * columns <= most &&
      rows * columns * terms <= most)
    return;
  throw ShapeError(fmt::format("a {} × {} matrix with {} term{} in each element is too large", rows,
                               columns, terms, terms == 1 ? "" : "s"));
}

}  // namespace

Shape broadcast(const Shape& a, const Shape& b) {
  if (a == b || b.is_number()) return a;
  if (a.is_number()) return b;
  const Shape left = beside(a, b), right = beside(b, a);
  const bool both_vectors = a.is_vector() && b.is_vector();
  if (both_vectors || !fits(left.rows, right.rows) || !fits(left.columns, right.columns))
    throw ShapeError(
        fmt::format("{} and {} do not fit element by element", describe(a), describe(b)),
        !both_vectors && (a.is_vector() ? a.rows == b.rows : b.is_vector() && b.rows == a.rows)
            ? "a vector goes with each row; one for each column is written [[1], [2]]"
            : "they have the same shape, or one is a row that goes with each row of "
              "the other");
  const std::size_t rows = std::max(left.rows, right.rows),
                    columns = std::max(left.columns, right.columns);
  check_work(rows, columns, 1);
  return Shape::matrix(rows, columns);
}

const Expr& broadcast_at(const ArrayValue& grid, const Shape& shape, std::size_t row,
                         std::size_t column) {
  if (grid.shape.is_number()) return grid.elements.front();
  const Shape own = shape.is_matrix() ? beside(grid.shape, shape) : grid.shape;
  return grid.elements[(own.rows == 1 ? 0 : row) * own.columns + (own.columns == 1 ? 0 : column)];
}

ArrayValue transposed(const ArrayValue& a) {
  if (a.shape.is_number()) return a;
  ArrayValue result{Shape::matrix(a.shape.columns, a.shape.rows), {}};
  for (std::size_t row = 0; row < a.shape.columns; ++row)
    for (std::size_t column = 0; column < a.shape.rows; ++column)
      result.elements.push_back(a.at(column, row));
  return result;
}

Expr sum_of_products(const std::vector<std::pair<Expr, Expr>>& pairs) {
  std::vector<Term> terms;
  for (const auto& [a, b] : pairs) terms.push_back({a * b, false});
  return terms.empty() ? Expr(0.0) : Expr::sum(std::move(terms));
}

ArrayValue times(const ArrayValue& a, const ArrayValue& b) {
  if (a.shape.is_number() || b.shape.is_number()) {
    ArrayValue result{a.shape.is_number() ? b.shape : a.shape, {}};
    for (std::size_t i = 0; i < result.shape.size(); ++i)
      result.elements.push_back(a.elements[a.shape.is_number() ? 0 : i] *
                                b.elements[b.shape.is_number() ? 0 : i]);
    return result;
  }
  if (a.shape.is_vector() && b.shape.is_vector() && b.shape.size() > 1)
    throw ShapeError("two vectors side by side are no product",
                     "write dot(x, y), x .* y element by element, or x*y^T");
  if (a.shape.columns != b.shape.rows) {
    std::string hint = "the columns of the first are as many as the rows of the second";
    if (a.shape.rows == b.shape.rows && a.shape.columns != 1)
      hint = "the first transposed would fit: A^T";
    else if (a.shape.columns == b.shape.columns)
      hint = "the second transposed would fit: B^T";
    throw ShapeError(fmt::format("{} times {} does not fit", describe(a.shape), describe(b.shape)),
                     std::move(hint));
  }
  const std::size_t rows = a.shape.rows, columns = b.shape.columns;
  check_work(rows, columns, a.shape.columns);
  ArrayValue result{rows * columns == 1   ? Shape{}
                    : b.shape.is_vector() ? Shape::vector(rows)
                                          : Shape::matrix(rows, columns),
                    {}};
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t column = 0; column < columns; ++column) {
      std::vector<std::pair<Expr, Expr>> pairs;
      for (std::size_t k = 0; k < a.shape.columns; ++k)
        pairs.emplace_back(a.at(row, k), b.at(k, column));
      result.elements.push_back(sum_of_products(pairs));
    }
  return result;
}

}  // namespace chalkgrad
