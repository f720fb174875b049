#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "tracer/expression/expression.hpp"

/// Arrays: names for quantities that stand in a column or a grid.
///
/// An array is a view: each element is a quantity with a name of its own (w12 of W), and engine,
/// derivation and checker know no others. What a Problem remembers of an array is how the elements
/// stand, and the definition over arrays as it was written, so that sheets can say z = W·x + b.
namespace chalkgrad {

struct Shape {
  enum class Rank { number, vector, matrix } rank = Rank::number;
  std::size_t rows = 1, columns = 1;  ///< a vector is a column: columns is 1
  bool lies =
      false;  ///< of a vector that goes with rows, and is typeset as one; no difference else

  [[nodiscard]] static Shape vector(std::size_t length) { return {Rank::vector, length, 1, false}; }
  [[nodiscard]] static Shape matrix(std::size_t rows, std::size_t columns) {
    return {Rank::matrix, rows, columns, false};
  }
  [[nodiscard]] std::size_t size() const { return rows * columns; }
  [[nodiscard]] bool is_number() const { return rank == Rank::number; }
  [[nodiscard]] bool is_vector() const { return rank == Rank::vector; }
  [[nodiscard]] bool is_matrix() const { return rank == Rank::matrix; }
  friend bool operator==(const Shape& a, const Shape& b) {
    return a.rank == b.rank && a.rows == b.rows && a.columns == b.columns;
  }
};

/// "a number", "a vector of 3", "a 2 × 3 matrix".
[[nodiscard]] std::string describe(const Shape& shape);

/// Elements row by row as what prints as an array of that shape; a number is itself.
[[nodiscard]] Expr array_of(const Shape& shape, std::vector<Expr> elements);

struct Array {
  std::string name{};   ///< as in the file: W, h[1]
  std::string shown{};  ///< the symbol that stands for it in `definition`: W, h_1
  Shape shape{};
  std::vector<std::string> elements{};  ///< names of quantities, row by row
  std::optional<Expr> definition{};     ///< over arrays, as it was written; none if it is given
  std::size_t line = 0;

  /// How an element is called in a file: x[2], W[1,2], h[1][2].
  [[nodiscard]] std::string element_name(std::size_t i) const;
};

}  // namespace chalkgrad
