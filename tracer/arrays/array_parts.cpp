#include "tracer/arrays/array_parts.hpp"

#include <algorithm>

#include "tracer/arrays/array_algebra.hpp"

namespace chalkgrad {

namespace {

/// The identity's rows from `first`, as columns: what puts n numbers in their places among `all`.
ArrayGradient selection(std::size_t all, std::size_t first, std::size_t n) {
  std::vector<Expr> elements;
  for (std::size_t row = 0; row < all; ++row)
    for (std::size_t k = 0; k < n; ++k) elements.emplace_back(row == first + k ? 1.0 : 0.0);
  const Shape shape = n == 1 ? Shape::vector(all) : Shape::matrix(all, n);
  return {array_of(shape, std::move(elements)), shape};
}

}  // namespace

std::optional<ArrayPart> part_of(const ArrayProgram& program, const std::string& part,
                                 const std::string& whole) {
  const auto shape = program.shapes.find(whole);
  if (shape == program.shapes.end() || !program.elements_of) return std::nullopt;
  const std::vector<std::string> all = program.elements_of(whole);
  std::vector<std::string> own = program.elements_of(part);
  if (own.empty()) own = {part};
  const auto place_of = [&](const std::string& name) {
    return static_cast<std::size_t>(std::find(all.begin(), all.end(), name) - all.begin());
  };
  const std::size_t first = place_of(own.front()), last = place_of(own.back());
  if (first >= all.size() || last >= all.size() || last < first) return std::nullopt;
  const std::size_t width = shape->second.columns;
  if (last % width < first % width) return std::nullopt;
  ArrayPart found{shape->second,
                  {},
                  first / width,
                  first % width,
                  last / width - first / width + 1,
                  last % width - first % width + 1};
  if (const auto known = program.shapes.find(part); known != program.shapes.end())
    found.own = known->second;
  if (found.rows * found.columns != own.size()) return std::nullopt;
  for (std::size_t i = 0; i < own.size(); ++i)
    if (place_of(own[i]) !=
        (found.row + i / found.columns) * width + found.column + i % found.columns)
      return std::nullopt;
  return found;
}

std::optional<ArrayGradient> in_its_place(const ArrayPart& part, const ArrayGradient& g,
                                          const std::map<std::string, Shape>& shapes) {
  constexpr std::size_t most_zeros = 24;
  const bool all_rows = part.rows == part.whole.rows,
             all_columns = part.columns == part.whole.columns;
  const std::size_t above = all_rows ? 0 : part.whole.rows * part.rows,
                    beside = all_columns ? 0 : part.whole.columns * part.columns;
  if (above > most_zeros || beside > most_zeros) return std::nullopt;
  const ArrayGradient rows = selection(part.whole.rows, part.row, part.rows),
                      columns = selection(part.whole.columns, part.column, part.columns);
  if (part.own.is_number()) {
    const ArrayGradient place =
        part.whole.is_vector() ? rows : matrix_product(rows, transposed_of(columns, shapes));
    return element_product(g, {place.expr, part.whole});
  }
  ArrayGradient placed = g;
  const bool is_a_row = part.own.is_vector() && part.rows == 1 && part.columns > 1;
  if (is_a_row) placed = transposed_of(placed, shapes);
  if (!all_rows) placed = matrix_product(rows, placed);
  if (!all_columns) placed = matrix_product(placed, transposed_of(columns, shapes));
  return ArrayGradient{placed.expr, part.whole};
}

bool is_unit_vector(const Expr& e) {
  if (!e.is(Expr::Kind::matrix)) return false;
  std::size_t ones = 0;
  for (const Term& part : e.parts()) {
    if (!part.expr.is_number(0) && !part.expr.is_number(1)) return false;
    ones += part.expr.is_number(1) ? 1 : 0;
  }
  return ones == 1;
}

}  // namespace chalkgrad
