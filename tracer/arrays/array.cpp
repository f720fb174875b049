#include "tracer/arrays/array.hpp"

#include <fmt/format.h>

namespace chalkgrad {

std::string describe(const Shape& shape) {
  if (shape.is_number()) return "a number";
  if (shape.is_vector()) return fmt::format("a vector of {}", shape.rows);
  return fmt::format("a {} × {} matrix", shape.rows, shape.columns);
}

Expr array_of(const Shape& shape, std::vector<Expr> elements) {
  if (shape.is_number()) return elements.front();
  if (shape.is_vector())
    return shape.lies ? Expr::row(std::move(elements)) : Expr::matrix(std::move(elements), 0);
  return Expr::matrix(std::move(elements), shape.columns);
}

std::string Array::element_name(std::size_t i) const {
  if (shape.is_number()) return name;
  if (shape.is_vector()) return fmt::format("{}[{}]", name, i + 1);
  return fmt::format("{}[{},{}]", name, i / shape.columns + 1, i % shape.columns + 1);
}

}  // namespace chalkgrad
