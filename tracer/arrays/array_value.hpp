#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "tracer/arrays/array.hpp"

/// Grids of scalar expressions: what an expression over arrays stands for, element by element.
///
/// Shapes are checked here, and every element is built as a person would write it out: the first
/// element of W·x + b is w11·x1 + w12·x2 + b1. Nothing is simplified.
namespace chalkgrad {

struct ArrayValue {
  Shape shape{};
  std::vector<Expr> elements{};

  static ArrayValue number(Expr e) { return {Shape{}, {std::move(e)}}; }
  [[nodiscard]] const Expr& at(std::size_t row, std::size_t column) const {
    return elements[row * shape.columns + column];
  }
};

/// Shapes that do not fit.
class ShapeError : public std::runtime_error {
 public:
  explicit ShapeError(const std::string& message, std::string suggestion = {})
      : std::runtime_error(message), hint(std::move(suggestion)) {}
  std::string hint;
};

/// The shape of a sum or product element by element: the same shape; a number goes with everything;
/// a row, or a vector as long as the rows, goes with each row of a matrix; a matrix of one column
/// with each column. Throws ShapeError.
[[nodiscard]] Shape broadcast(const Shape& a, const Shape& b);
/// The element of `grid` that stands at a place of the larger shape.
[[nodiscard]] const Expr& broadcast_at(const ArrayValue& grid, const Shape& shape, std::size_t row,
                                       std::size_t column);

[[nodiscard]] ArrayValue transposed(const ArrayValue& a);
/// The matrix product; a number times an array; one element is a number. Throws ShapeError.
[[nodiscard]] ArrayValue times(const ArrayValue& a, const ArrayValue& b);
/// Σ of products.
[[nodiscard]] Expr sum_of_products(const std::vector<std::pair<Expr, Expr>>& pairs);

}  // namespace chalkgrad
