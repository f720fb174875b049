#include "tracer/arrays/row_vectors.hpp"

#include <algorithm>

#include "tracer/arrays/array_functions.hpp"

namespace chalkgrad {

namespace {

class RowVectors {
 public:
  explicit RowVectors(const std::map<std::string, Shape>& shapes) : shapes_(shapes) {}

  void find(const Expr& e) {
    if (e.parts().empty()) return;
    const bool broadcasts = e.is(Expr::Kind::sum) || e.is(Expr::Kind::elementwise);
    const Shape whole = broadcasts ? shape_of(e, shapes_) : Shape{};
    for (const Term& part : e.parts()) {
      if (broadcasts && whole.is_matrix() && shape_of(part.expr, shapes_).is_vector())
        take(part.expr, rows_);
      find(part.expr);
    }
    if (!e.is(Expr::Kind::product)) return;
    for (std::size_t i = 1; i < e.parts().size(); ++i)
      if (shape_of(e.part(i), shapes_).is_vector() && shape_of(e.part(i - 1), shapes_).is_matrix())
        take(e.part(i), columns_);
  }

  std::set<std::string> result() const {
    std::set<std::string> rows;
    std::set_difference(rows_.begin(), rows_.end(), columns_.begin(), columns_.end(),
                        std::inserter(rows, rows.end()));
    return rows;
  }

 private:
  /// The vectors of an expression that is worked out element by element.
  void take(const Expr& e, std::set<std::string>& list) const {
    for_each_leaf(e, [&](const Expr& leaf) {
      if (leaf.is(Expr::Kind::symbol) && shape_of(leaf, shapes_).is_vector())
        list.insert(leaf.text());
    });
  }

  const std::map<std::string, Shape>& shapes_;
  std::set<std::string> rows_, columns_;
};

}  // namespace

std::set<std::string> row_vectors(const std::vector<Expr>& definitions,
                                  const std::map<std::string, Shape>& shapes) {
  RowVectors rows(shapes);
  for (const Expr& one : definitions) rows.find(one);
  return rows.result();
}

}  // namespace chalkgrad
