#include "engine/higher.hpp"

#include <cmath>
#include <limits>
#include <optional>

#include "engine/backward.hpp"
#include "engine/ops.hpp"

namespace chalkgrad {

// In this namespace, and not in one without a name, so that the rules find its functions beside it.

/// The scalar of a recorded sweep: a literal that need not be recorded, or a Value.
struct Adjoint {
  // NOLINTNEXTLINE(google-explicit-constructor): the rules write T(1.0) and 2.0*x
  Adjoint(double x = 0) : literal(x) {}
  // NOLINTNEXTLINE(google-explicit-constructor)
  Adjoint(Value x) : value(x), literal(x.value()), is_literal(false) {}

  [[nodiscard]] bool is(double x) const { return is_literal && literal == x; }

  Value value{};
  double literal;  ///< of a Value: what it is
  bool is_literal = true;
};

template <>
inline constexpr bool is_differentiable<Adjoint> = true;

static Adjoint operand(const Adjoint& x) { return x; }

template <class O>
static Adjoint apply(const Adjoint& x) {
  if (x.is_literal) return O::value(x.literal);
  return chalkgrad::apply<O>(x.value);
}

template <class O>
static Adjoint apply(const Adjoint& a, const Adjoint& b) {
  if (a.is_literal && b.is_literal) return O::value(a.literal, b.literal);
  if (a.is_literal) return chalkgrad::apply<O>(a.literal, b.value);
  if (b.is_literal) return chalkgrad::apply<O>(a.value, b.literal);
  return chalkgrad::apply<O>(a.value, b.value);
}

/// What need not be recorded is not: factors 0 and 1, terms 0.
static Adjoint multiply(const Adjoint& a, const Adjoint& b) {
  if (a.is(0) || b.is(0)) return 0.0;
  if (a.is(1)) return b;
  if (b.is(1)) return a;
  return apply<ops::Multiply>(a, b);
}
static Adjoint add(const Adjoint& a, const Adjoint& b) {
  if (a.is(0)) return b;
  if (b.is(0)) return a;
  return apply<ops::Add>(a, b);
}

static Adjoint log(const Adjoint& x) {
  // Only ever multiplied by a power of x that is 0 there.
  if (x.literal == 0) return -std::numeric_limits<double>::infinity();
  return apply<ops::Log>(x);
}
static Adjoint pow(const Adjoint& a, const Adjoint& b) {
  if (b.is(0)) return 1.0;
  if (b.is(1)) return a;
  // ∂(a⁰)/∂a = 0·a⁻¹: the factor 0 wins.
  if (a.literal == 0 && b.literal == -1) return std::numeric_limits<double>::infinity();
  return apply<ops::Power>(a, b);
}
static Adjoint sigmoid_complement(const Adjoint& x, const Adjoint&) {
  return apply<ops::Sigmoid>(apply<ops::Negate>(x));
}
static Adjoint tanh_complement(const Adjoint& x, const Adjoint&) {
  // 1/cosh² x = 4·σ(2x)·σ(−2x), in which nothing overflows
  return 4.0 * (sigmoid(2.0 * x) * sigmoid(-2.0 * x));
}
static Adjoint zero_wins(const Adjoint& a, const Adjoint& b) {
  const bool exists = std::isfinite(b.literal);
  return a.literal == 0 && !exists ? Adjoint(0.0) : multiply(a, b);
}
static Adjoint log1p_exp(const Adjoint& x) { return apply<ops::Softplus>(x); }
static Adjoint logistic(const Adjoint& x) { return apply<ops::Sigmoid>(x); }
static Adjoint one_minus_square(const Adjoint& x) { return (1.0 - x) * (1.0 + x); }
/// There is no operation erfc, so for x far below 0 this cancels: the derivatives of gelu beyond
/// the first lose digits there, all of them below −8.
static Adjoint normal_distribution(const Adjoint& x) {
  return 0.5 * (1.0 + erf(x / std::sqrt(2.0)));
}
static Adjoint by_sign(const Adjoint& x, const Adjoint& positive, const Adjoint& zero,
                       const Adjoint& negative) {
  if (x.literal > 0) return positive;
  if (x.literal < 0) return negative;
  return x.literal == 0 ? zero : x;
}

namespace {

/// The sweep, from y back to the first x.
class RecordedSweep {
 public:
  RecordedSweep(Value y, std::span<const Value> x)
      : graph_(y.graph()), y_(y.id()), leads_(y_ + std::size_t{1}), adjoints_(leads_.size()) {
    for (const Value& one : x) {
      if (one.tape() != y.tape()) refuse_mixture(one.tape(), y.tape());
      if (one.id() <= y_) leads_[one.id()] = true;
    }
    for (NodeId id = 1; id <= y_; ++id) {
      const Node& node = graph_.node(id);
      for (const NodeId operand : node.operands()) leads_[id] = leads_[id] || leads_[operand];
      if (node.is_fused()) leads_[id] = leads_[id] || leads_[id - 1];
    }
  }

  void run() {
    adjoints_[y_] = 1.0;
    for (NodeId id = y_; id > 0; --id) {
      if (!leads_[id] || adjoints_[id].is(0)) continue;
      const Node node = graph_.node(id);
      if (node.is_fused()) {
        hand_on(id - 1, adjoints_[id]);
        hand_on_through<ops::Multiply>(id, node);
      } else {
        with_operation(node.op(), [&]<class O>(O) { hand_on_through<O>(id, node); });
      }
    }
  }

  [[nodiscard]] Value derivative(NodeId x) const {
    const Adjoint& adjoint = x <= y_ ? adjoints_[x] : adjoints_[0];
    return adjoint.is_literal ? graph_.constant(adjoint.literal) : adjoint.value;
  }

 private:
  template <class O>
  void hand_on_through(NodeId id, const Node& node) {
    const Adjoint t = adjoints_[id];
    const Adjoint a = at(node.operand(0)), y = graph_.at(id);
    if constexpr (is_unary<O>) {
      if (leads_[node.operand(0)]) hand_on(node.operand(0), multiply(t, O::derivative(a, y)));
    } else {
      const Adjoint b = at(node.operand(1));
      if (leads_[node.operand(0)]) hand_on(node.operand(0), multiply(t, O::derivative_a(a, b, y)));
      if (leads_[node.operand(1)]) hand_on(node.operand(1), multiply(t, O::derivative_b(a, b, y)));
    }
  }

  void hand_on(NodeId to, const Adjoint& part) {
    if (leads_[to]) adjoints_[to] = add(adjoints_[to], part);
  }

  /// An operand; a literal is one here too.
  [[nodiscard]] Adjoint at(NodeId id) const {
    const bool literal = graph_.op(id) == Op::constant && graph_.name(id).empty() && !leads_[id];
    return literal ? Adjoint(graph_.node(id).value) : Adjoint(graph_.at(id));
  }

  Graph& graph_;
  NodeId y_;
  std::vector<bool> leads_;  // to some x
  std::vector<Adjoint> adjoints_;
};

}  // namespace

std::vector<Value> differentiate(Value y, std::span<const Value> x) {
  RecordedSweep sweep(y, x);
  sweep.run();
  std::vector<Value> derivatives;
  for (const Value& one : x) derivatives.push_back(sweep.derivative(one.id()));
  return derivatives;
}

std::vector<std::vector<double>> hessian(Value y, std::span<const Value> x) {
  std::vector<std::vector<double>> rows;
  Gradients gradients;
  for (const Value& slope : differentiate(y, x)) {
    backward(slope, gradients);
    std::vector<double>& row = rows.emplace_back();
    for (const Value& one : x) row.push_back(gradients[one]);
  }
  return rows;
}

}  // namespace chalkgrad
