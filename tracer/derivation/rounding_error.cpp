#include "tracer/derivation/rounding_error.hpp"

#include <cmath>

#include "engine/ops.hpp"
#include "tracer/derivation/complement.hpp"

namespace chalkgrad {

namespace {

/// Half a unit in the last place, relative; a library function may be off by a whole one.
constexpr double half_ulp = 0x1p-53;

/// A decimal with at most 20 binary places (3, 0.5, 0.375), or whole with few digits before its
/// zeros (10^16), is exact in binary; of another one (0.1) the double is a neighbour.
double error_of_literal(double value) {
  const double scaled = std::ldexp(value, 20);
  const bool exact = scaled == std::floor(scaled) && std::abs(value) <= 1e22;
  return exact ? 0 : half_ulp * std::abs(value);
}

/// What a + b loses (Knuth, The Art of Computer Programming, vol. 2, 4.2.2, theorem B).
double lost_in_sum(double a, double b) {
  const double sum = a + b, of_b = sum - a;
  return std::abs((a - (sum - of_b)) + (b - of_b));
}

/// How far y = op(a, b) is from the result of these very operands: what a sum, product, quotient or
/// root loses is computable (Higham, 4.3; one fused multiplication), elsewhere it is a unit in the
/// last place. So a computation in whole numbers has no error at all.
double own_rounding(Op op, double a, double b, double y) {
  if (description_of(op).is_exact) return 0;
  double lost = 2 * half_ulp * std::abs(y);
  switch (op) {
    case Op::add: lost = lost_in_sum(a, b); break;
    case Op::subtract: lost = lost_in_sum(a, -b); break;
    case Op::multiply: lost = std::abs(std::fma(a, b, -y)); break;
    case Op::square: lost = std::abs(std::fma(a, a, -y)); break;
    case Op::divide: lost = std::abs(std::fma(-y, b, a) / b); break;
    case Op::sqrt: lost = y == 0 ? 0 : std::abs(std::fma(-y, y, a) / (2 * y)); break;
    default: break;
  }
  return lost;
}

using ApproximationOf = std::function<Approximation(const Expr& leaf)>;

/// An exact operand hands no error on, even where the derivative is infinite or undefined.
double passed_on(double derivative, double error) {
  return error == 0 ? 0 : std::abs(derivative) * error;
}

/// O at an approximate operand: its error times |O'|, and the rounding of the result.
template <class O>
Approximation apply(const Approximation& x) {
  double y = O::value(x.value);
  if constexpr (O::code == Op::sin || O::code == Op::cos || O::code == Op::tan) {
    const double passed = passed_on(O::derivative(x.value, y), x.error);
    if (std::abs(y) <= passed) y = 0;  // cos(π/2)
  }
  return {y, passed_on(O::derivative(x.value, y), x.error) + own_rounding(O::code, x.value, 0, y)};
}

template <class O>
Approximation apply(const Approximation& a, const Approximation& b) {
  const double y = O::value(a.value, b.value);
  return {y, passed_on(O::derivative_a(a.value, b.value, y), a.error) +
                 passed_on(O::derivative_b(a.value, b.value, y), b.error) +
                 own_rounding(O::code, a.value, b.value, y)};
}

Approximation opposite(const Approximation& x) { return {-x.value, x.error}; }

Approximation call_with_error(const Expr& e, const ApproximationOf& value_of) {
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

Approximation sum_with_error(const Expr& e, const ApproximationOf& value_of) {
  Approximation total;
  for (const Term& term : e.parts()) {
    const Approximation next = evaluate_with_error(term.expr, value_of);
    total = plus(total, term.inverted ? opposite(next) : next);
  }
  return total;
}

Approximation product_with_error(const Expr& e, const ApproximationOf& value_of) {
  Approximation result = evaluate_with_error(e.part(0), value_of);
  for (std::size_t i = 1; i < e.parts().size(); ++i) {
    const Approximation next = evaluate_with_error(e.part(i), value_of);
    result = e.parts()[i].inverted ? apply<ops::Divide>(result, next) : times(result, next);
  }
  return result;
}

}  // namespace

Approximation literal(double value) { return {value, error_of_literal(value)}; }

bool is_noise(double sum, double error, double size_of_terms) {
  return std::abs(sum) <= error && std::abs(sum) <= 0x1p-44 * size_of_terms;
}

/// Of 1 − y for a y that saturates, which was worked out from the operand of y: relative to it.
std::optional<double> RoundingErrors::error_of_complement(const Node& node) const {
  if (node.op() != Op::subtract) return std::nullopt;
  for (const int i : {0, 1}) {
    const NodeId y = node.operand(i);
    if (graph_->node(node.operand(1 - i)).value != 1 || !complement(*graph_, y)) continue;
    const double of_operand = errors_[graph_->node(y).operand(graph_->op(y) == Op::divide ? 1 : 0)];
    return std::abs(node.value) * (8 * half_ulp + 2 * of_operand);
  }
  return std::nullopt;
}

double RoundingErrors::of(NodeId id) {
  while (errors_.size() <= id) {
    const auto next = static_cast<NodeId>(errors_.size());
    const Node& node = graph_->node(next);
    const Op op = graph_->op(next);
    double error = is_operation(op) ? own_rounding(op, graph_->node(node.operand(0)).value,
                                                   graph_->node(node.operand(1)).value, node.value)
                                    : error_of_literal(node.value);
    if (const auto saturated = error_of_complement(node)) {
      errors_.push_back(*saturated);
      continue;
    }
    for (int i = 0; i < 2; ++i) error += passed_on(node.derivative[i], errors_[node.operand(i)]);
    errors_.push_back(error);
  }
  return errors_[id];
}

Approximation evaluate_with_error(const Expr& e, const ApproximationOf& value_of) {
  switch (e.kind()) {
    case Expr::Kind::number: return literal(e.value());
    case Expr::Kind::symbol:
    case Expr::Kind::derivative: return value_of(e);
    case Expr::Kind::sum: return sum_with_error(e, value_of);
    case Expr::Kind::product: return product_with_error(e, value_of);
    case Expr::Kind::power:
      return apply<ops::Power>(evaluate_with_error(e.part(0), value_of),
                               evaluate_with_error(e.part(1), value_of));
    case Expr::Kind::call: return call_with_error(e, value_of);
    case Expr::Kind::cases: break;
    default: return {std::nan(""), 0};  // an array is no number
  }
  const double x = plus(evaluate_with_error(e.part(0), value_of),
                        opposite(evaluate_with_error(e.part(1), value_of)))
                       .value;
  return evaluate_with_error(e.part(x > 0 ? 2 : x < 0 ? 4 : 3), value_of);
}

Approximation times(Approximation a, Approximation b) { return apply<ops::Multiply>(a, b); }

Approximation plus(Approximation a, Approximation b) {
  const Approximation sum = apply<ops::Add>(a, b);
  const bool noise = is_noise(sum.value, sum.error, std::abs(a.value) + std::abs(b.value));
  return noise ? Approximation{0, sum.error} : sum;
}

}  // namespace chalkgrad
