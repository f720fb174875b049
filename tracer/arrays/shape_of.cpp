#include <algorithm>

#include "tracer/arrays/array_derivation.hpp"
#include "tracer/arrays/array_functions.hpp"

namespace chalkgrad {

namespace {

/// A column with one element, or a number, as the arrays that a shape needs.
ArrayValue filled(const Shape& shape) {
  return {shape, std::vector<Expr>(shape.size(), Expr(1.0))};
}

bool is_number_of_arrays(const std::string& name) {
  static const std::set<std::string> names = {"sum", "mean", "max", "min", "norm", "dot"};
  return names.contains(name) || is_loss(name);
}

Shape product_shape(const Expr& e, const std::map<std::string, Shape>& shapes) {
  Shape shape = shape_of(e.part(0), shapes);
  for (std::size_t i = 1; i < e.parts().size(); ++i) {
    const Shape other = shape_of(e.part(i), shapes);
    if (e.parts()[i].inverted || other.is_number() || shape.is_number()) {
      if (shape.is_number()) shape = other;
      continue;
    }
    const std::size_t rows = shape.rows, columns = other.columns;
    shape = rows * columns == 1 ? Shape{}
            : other.is_vector() ? Shape::vector(rows)
                                : Shape::matrix(rows, columns);
  }
  return shape;
}

}  // namespace

Shape shape_of(const Expr& e, const std::map<std::string, Shape>& shapes) {
  const auto part = [&](std::size_t i) { return shape_of(e.part(i), shapes); };
  switch (e.kind()) {
    case Expr::Kind::symbol: {
      const auto found = shapes.find(e.text());
      return found == shapes.end() ? Shape{} : found->second;
    }
    case Expr::Kind::product: return product_shape(e, shapes);
    case Expr::Kind::sum:
    case Expr::Kind::elementwise:
    case Expr::Kind::elementwise_power:
    case Expr::Kind::call: {
      Shape shape = part(0);
      for (std::size_t i = 1; i < e.parts().size(); ++i) shape = broadcast(shape, part(i));
      return shape;
    }
    case Expr::Kind::transposed: {
      const Shape shape = part(0);
      return shape.is_number() ? shape : Shape::matrix(shape.columns, shape.rows);
    }
    case Expr::Kind::function: {
      if (is_number_of_arrays(e.text())) return {};
      const Shape first = part(0);
      if (e.text() == "softmax" && e.parts().size() == 1) return first;
      // What else there is (windows, concatenation) is found by doing it.
      const ArrayScope scope{[&](const std::string& symbol) -> std::optional<ArrayValue> {
                               const auto found = shapes.find(symbol);
                               if (found == shapes.end()) return std::nullopt;
                               return filled(found->second);
                             },
                             {}};
      try {
        return evaluate_arrays(e, scope).shape;
      } catch (const SyntaxError&) {
        return first;  // a function of the file, element by element
      }
    }
    case Expr::Kind::matrix: {
      const Shape first = part(0);
      if (!first.is_number()) return Shape::matrix(e.parts().size(), first.rows);
      return e.columns() == 0 ? Shape::vector(e.parts().size())
                              : Shape::matrix(e.parts().size() / e.columns(), e.columns());
    }
    default: return {};
  }
}

}  // namespace chalkgrad
