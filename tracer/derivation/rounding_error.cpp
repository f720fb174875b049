#include "tracer/derivation/rounding_error.hpp"

#include <cmath>

#include "engine/ops.hpp"

namespace chalkgrad {

namespace {

/// Half a unit in the last place, relative; a library function may be off by a whole one.
constexpr double half_ulp = 0x1p-53;
constexpr double own_rounding = 2 * half_ulp;

/// A whole number is exact in binary; another decimal need not be.
double literal_error(double value) {
  return value == std::floor(value) ? 0 : half_ulp * std::abs(value);
}

using ValueOf = std::function<Approximation(const Expr& leaf)>;

/// O at an approximate operand: its error times |O'|, and the rounding of the result.
template <class O>
Approximation apply(const Approximation& x) {
  const double y = O::value(x.value);
  return {y, std::abs(O::derivative(x.value, y)) * x.error + own_rounding * std::abs(y)};
}

template <class O>
Approximation apply(const Approximation& a, const Approximation& b) {
  const double y = O::value(a.value, b.value);
  const auto handed_on = [](double derivative, double error) {
    return error == 0 ? 0 : std::abs(derivative) * error;
  };
  return {y, handed_on(O::derivative_a(a.value, b.value, y), a.error) +
                 handed_on(O::derivative_b(a.value, b.value, y), b.error) +
                 own_rounding * std::abs(y)};
}

Approximation evaluate_call(const Expr& e, const ValueOf& value_of) {
  Approximation result;
  with_operation(e.op(), [&]<class O>(O) {
    if constexpr (is_unary<O>) {
      result = apply<O>(evaluate_with_error(e.part(0), value_of));
    } else {
      result = apply<O>(evaluate_with_error(e.part(0), value_of),
                        evaluate_with_error(e.part(1), value_of));
    }
  });
  return result;
}

template <>
Approximation apply<ops::Add>(const Approximation& a, const Approximation& b) {
  const double y = a.value + b.value;
  const double error = a.error + b.error + own_rounding * std::abs(y);
  if (is_noise(y, error, std::abs(a.value) + std::abs(b.value))) return {0, 0};
  return {y, error};
}

template <>
Approximation apply<ops::Subtract>(const Approximation& a, const Approximation& b) {
  return apply<ops::Add>(a, {-b.value, b.error});
}

/// A sum or product, from left to right.
template <class Forward, class Inverse>
Approximation evaluate_list(const Expr& e, const ValueOf& value_of) {
  Approximation result = evaluate_with_error(e.part(0), value_of);
  if (e.parts()[0].inverted) result.value = -result.value;
  for (std::size_t i = 1; i < e.parts().size(); ++i) {
    const Approximation next = evaluate_with_error(e.part(i), value_of);
    result = e.parts()[i].inverted ? apply<Inverse>(result, next) : apply<Forward>(result, next);
  }
  return result;
}

}  // namespace

bool is_noise(double sum, double error, double size_of_terms) {
  return std::abs(sum) <= error && std::abs(sum) <= 0x1p-44 * size_of_terms;
}

double RoundingErrors::of(NodeId id) {
  while (errors_.size() <= id) {
    const auto next = static_cast<NodeId>(errors_.size());
    const Node& node = graph_->node(next);
    const bool operation = is_operation(graph_->op(next));
    double error = operation ? own_rounding * std::abs(node.value) : literal_error(node.value);
    for (int i = 0; i < 2; ++i) {
      // An exact operand hands nothing on, even where the derivative is infinite or undefined.
      const double handed_on = errors_[node.operand[i]];
      if (handed_on != 0) error += std::abs(node.derivative[i]) * handed_on;
    }
    errors_.push_back(error);
  }
  return errors_[id];
}

Approximation evaluate_with_error(const Expr& e, const ValueOf& value_of) {
  switch (e.kind()) {
    case Expr::Kind::number: return {e.value(), literal_error(e.value())};
    case Expr::Kind::symbol:
    case Expr::Kind::derivative: return value_of(e);
    case Expr::Kind::sum: return evaluate_list<ops::Add, ops::Subtract>(e, value_of);
    case Expr::Kind::product: return evaluate_list<ops::Multiply, ops::Divide>(e, value_of);
    case Expr::Kind::power:
      return apply<ops::Power>(evaluate_with_error(e.part(0), value_of),
                               evaluate_with_error(e.part(1), value_of));
    case Expr::Kind::call: return evaluate_call(e, value_of);
    case Expr::Kind::cases: break;
  }
  const double x = apply<ops::Subtract>(evaluate_with_error(e.part(0), value_of),
                                        evaluate_with_error(e.part(1), value_of))
                       .value;
  return evaluate_with_error(e.part(x > 0 ? 2 : x < 0 ? 4 : 3), value_of);
}

Approximation times(Approximation a, Approximation b) { return apply<ops::Multiply>(a, b); }
Approximation plus(Approximation a, Approximation b) { return apply<ops::Add>(a, b); }

}  // namespace chalkgrad
