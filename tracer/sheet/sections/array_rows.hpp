#pragma once

#include <optional>

#include "tracer/sheet/sections/sections.hpp"

/// Rows about whole arrays: z = W·x + b, with numbers, and its value.
namespace chalkgrad {

/// The figures of its elements, as an array; not known where one of them is not.
[[nodiscard]] Figure figure_of_array(const SheetContext& sheet, const Array& array);

/// Whether an array of that shape is too large to be written out on a sheet.
[[nodiscard]] bool is_too_large(const Shape& shape);

/// Whether it is a matrix of formulas, such as second derivatives, that no line holds: each element
/// has a line by itself then.
[[nodiscard]] bool is_wide(const Expr& definition);

/// Adds a side with numbers in place of names, and the value; says what is left out where arrays
/// are too large.
void add_worked_out(RowBuilder& row, const SheetContext& sheet, const Expr& e, const Figure& value,
                    const Shape& shape);

/// The definition of a computed array, from symbols to its value.
[[nodiscard]] Row array_row(const SheetContext& sheet, const Array& array, std::string label);

/// The arrays by the names of their elements; views of quantities that are shown themselves are
/// found by none.
class ArraysByElement {
 public:
  explicit ArraysByElement(const Problem& problem);
  /// The array of an element; null if it is in none.
  [[nodiscard]] const Array* find(const std::string& element) const;

 private:
  std::unordered_map<std::string, const Array*> arrays_{};
};

}  // namespace chalkgrad
