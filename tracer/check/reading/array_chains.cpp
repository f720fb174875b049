#include "tracer/check/reading/array_chains.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <unordered_map>

#include "tracer/expression/printer.hpp"

namespace chalkgrad {

namespace {

/// "row 2, column 1", "element 3".
std::string place_of(const Shape& shape, std::size_t i) {
  if (shape.size() == 1) return {};
  if (shape.columns == 1) return fmt::format("element {}", i + 1);
  return fmt::format("row {}, column {}", i / shape.columns + 1, i % shape.columns + 1);
}

/// The sides' numbers by the leaves that they are: elements keep the leaves they were written with.
class NumbersByLeaf {
 public:
  explicit NumbersByLeaf(const WrittenSide& side) {
    std::size_t next = 0;
    for_each_leaf(side.expr, [&](const Expr& leaf) {
      if (leaf.is(Expr::Kind::number) && next < side.numbers.size())
        numbers_[leaf.identity()] = side.numbers[next++];
    });
  }

  /// An element of the side, with its own numbers, and the place that these take if it is a number.
  WrittenSide element(const Expr& e, const WrittenSide& whole) const {
    WrittenSide side{e, whole.span, {}};
    for_each_leaf(e, [&](const Expr& leaf) {
      if (!leaf.is(Expr::Kind::number)) return;
      const auto found = numbers_.find(leaf.identity());
      side.numbers.push_back(found == numbers_.end() ? WrittenNumber{leaf.text(), whole.span}
                                                     : found->second);
    });
    if (e.is(Expr::Kind::number) && whole.expr.is(Expr::Kind::matrix))
      side.span = side.numbers[0].span;
    return side;
  }

 private:
  std::unordered_map<const void*, WrittenNumber> numbers_{};
};

/// Names for the elements of an array of the writer's own.
ArrayValue named_elements(const std::string& name, const Shape& shape) {
  ArrayValue own{shape, {}};
  for (std::size_t i = 0; i < shape.size(); ++i)
    own.elements.push_back(Expr::symbol(fmt::format("{}_{}", name, i + 1)));
  return own;
}

bool is_transposed(const Shape& a, const Shape& b) {
  return a.rows == b.columns && a.columns == b.rows && a.size() > 1 && a.rows != a.columns;
}

}  // namespace

/// A δ of a net input without a name is the writer's own where a line works it out.
ArrayChains::ArrayChains(const KnownArrays& known, const std::vector<Chain>& statements, bool dots)
    : known_(known), dots_(dots) {
  for (const Chain& statement : statements) {
    const Expr& left = statement.sides[0].expr;
    const ArrayValue* delta =
        left.is(Expr::Kind::symbol) ? known.delta_of_net_input(left.text()) : nullptr;
    if (delta != nullptr) own_[left.text()] = named_elements(left.text(), delta->shape);
  }
}

std::optional<ArrayValue> ArrayChains::array_of_leaf(const Expr& leaf) const {
  if (leaf.is(Expr::Kind::symbol)) {
    if (const auto own = own_.find(leaf.text()); own != own_.end()) return own->second;
    if (const ArrayValue* delta = known_.delta_of_net_input(leaf.text())) return *delta;
  }
  return known_.of(leaf);
}

bool ArrayChains::is_about_arrays(const Chain& statement) const {
  return std::any_of(statement.sides.begin(), statement.sides.end(), [&](const WrittenSide& side) {
    bool arrays = is_of_arrays(side.expr);
    for_each_leaf(side.expr, [&](const Expr& leaf) {
      const bool name = leaf.is(Expr::Kind::symbol) || leaf.is(Expr::Kind::derivative);
      arrays = arrays || (name && array_of_leaf(leaf));
    });
    return arrays;
  });
}

/// [1, 2] as [[1], [2]]: LaTeX writes a column alike, whether it is a vector or a matrix. Where the
/// problem has matrices of one column with so many rows, and no such vector, or `all` of them.
Expr ArrayChains::with_columns(const Expr& e, bool all) const {
  if (e.parts().empty()) return e;
  std::vector<Term> parts;
  for (const Term& part : e.parts()) parts.push_back({with_columns(part.expr, all), part.inverted});
  const bool vector = e.is(Expr::Kind::matrix) && e.columns() == 0;
  if (!vector || !(all || known_.are_columns(parts.size()))) return with_parts(e, std::move(parts));
  std::vector<Expr> elements;
  for (Term& part : parts) elements.push_back(std::move(part.expr));
  return Expr::matrix(std::move(elements), 1);
}

ArrayValue ArrayChains::evaluate(const WrittenSide& side) const {
  try {
    return evaluate(with_columns(side.expr, false), side.span);
  } catch (const SyntaxError&) {
    const Expr columns = with_columns(side.expr, true);
    if (columns == side.expr) throw;
    try {
      return evaluate(columns, side.span);
    } catch (const SyntaxError&) {
    }
    throw;
  }
}

ArrayValue ArrayChains::evaluate(const Expr& written, Span span) const {
  // Derivatives by arrays are put in as what they are before anything is worked out.
  const Expr e = substitute(written, [this](const Expr& leaf) {
    if (!leaf.is(Expr::Kind::derivative)) return leaf;
    auto value = array_of_leaf(leaf);
    return value ? array_of(value->shape, std::move(value->elements)) : leaf;
  });
  const ArrayScope scope{
      [this](const std::string& symbol) { return array_of_leaf(Expr::symbol(symbol)); },
      [this](const std::string& name) { return known_.function(name); }, true, dots_};
  return evaluate_arrays(e, scope, {}, span);
}

void ArrayChains::introduce(const Chain& statement, const Shape& shape) {
  const Expr& left = statement.sides[0].expr;
  if (!left.is(Expr::Kind::symbol) || array_of_leaf(left) || shape.is_number()) return;
  own_[left.text()] = named_elements(left.text(), shape);
}

std::optional<ArrayValue> ArrayChains::value_of(const WrittenSide& side) const {
  try {
    return evaluate(side);
  } catch (const SyntaxError&) {
    return std::nullopt;
  }
}

std::vector<Chain> ArrayChains::written_out(const Chain& statement,
                                            std::vector<Unreadable>& unreadable) {
  if (!is_about_arrays(statement)) return {statement};
  // A statement introduces the name before it, and nothing else.
  const Expr& left = statement.sides[0].expr;
  const bool is_own = left.is(Expr::Kind::symbol) && own_.contains(left.text());
  std::optional<SyntaxError> first;
  for (const bool other : {false, true}) {
    dots_ = dots_ != other;
    std::optional<std::vector<Chain>> elements;
    try {
      elements = elements_of(statement);
    } catch (const SyntaxError& error) {
      if (!is_own && left.is(Expr::Kind::symbol)) own_.erase(left.text());
      if (!first) first = error;
    }
    dots_ = dots_ != other;
    if (elements) return std::move(*elements);
  }
  unreadable.push_back({first->span, first->what(), first->hint});
  return {};
}

/// Throws SyntaxError where shapes do not fit.
std::vector<Chain> ArrayChains::elements_of(Chain statement) {
  const Expr& left = statement.sides[0].expr;
  if (left.is(Expr::Kind::symbol) && known_.delta_of_net_input(left.text()) != nullptr)
    statement.defines = true;
  std::vector<ArrayValue> values;
  std::vector<std::size_t> turned;
  Shape shape;
  // What the writer names is of the shape of what she defines it by.
  for (std::size_t i = statement.sides.size(); i-- > 1 && statement.defines;)
    introduce(statement, evaluate(statement.sides[i]).shape);
  for (const WrittenSide& side : statement.sides) {
    values.push_back(evaluate(side));
    const Shape& own = values.back().shape;
    if (shape.is_number() || shape.size() == 1) shape = own.is_number() ? shape : own;
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Shape& own = values[i].shape;
    if (own.size() == shape.size() && !is_transposed(own, shape)) continue;
    const bool line = own.size() == shape.size() && (own.rows == 1 || own.columns == 1) &&
                      !(own.is_matrix() && shape.is_matrix());
    if (line) continue;  // a vector in a line
    if (i > 0 && is_transposed(own, shape)) {
      values[i] = transposed(values[i]);
      turned.push_back(i);
      continue;
    }
    throw SyntaxError(statement.sides[i].span,
                      fmt::format("this is {}, but {} is {}", describe(own),
                                  print(statement.sides[0].expr), describe(shape)));
  }
  std::vector<NumbersByLeaf> numbers;
  for (const WrittenSide& side : statement.sides) numbers.emplace_back(side);
  std::vector<Chain> elements;
  for (std::size_t k = 0; k < shape.size(); ++k) {
    Chain& chain = elements.emplace_back();
    chain.assigns = statement.assigns;
    chain.defines = statement.defines;
    chain.qualifier = statement.qualifier;
    chain.element = place_of(shape, k);
    chain.grid = {shape.rows, shape.columns, k, print(left), turned};
    for (std::size_t i = 0; i < values.size(); ++i)
      chain.sides.push_back(numbers[i].element(values[i].elements[k], statement.sides[i]));
  }
  return elements;
}

}  // namespace chalkgrad
