#include "tracer/derivation/complement.hpp"

#include <cmath>

namespace chalkgrad {

namespace {

constexpr double near_one = 0.9;

/// The e^… of 1/(1 + e^…); 0 if y is not that.
NodeId exponential_of_logistic(const Graph& graph, const Node& y) {
  const Node& sum = graph.node(y.operand(1));
  if (graph.node(y.operand(0)).value != 1 || sum.op() != Op::add) return 0;
  for (const int i : {0, 1}) {
    const NodeId other = sum.operand(i);
    if (graph.op(other) == Op::exp && graph.node(sum.operand(1 - i)).value == 1) return other;
  }
  return 0;
}

}  // namespace

std::optional<double> complement(const Graph& graph, NodeId y) {
  const Node& node = graph.node(y);
  if (!(node.value >= near_one)) return std::nullopt;
  const double x = graph.node(node.operand(0)).value;
  switch (node.op()) {
    case Op::sigmoid: return 1 / (1 + std::exp(x));
    case Op::tanh: return 2 / (1 + std::exp(2 * x));
    case Op::divide: {
      const NodeId exponential = exponential_of_logistic(graph, node);
      if (exponential == 0) return std::nullopt;
      const double e = graph.node(exponential).value;
      return e / (1 + e);
    }
    default: return std::nullopt;
  }
}

std::optional<Expr> complement(const Expr& y) {
  if (y.is(Expr::Kind::call) && y.op() == Op::sigmoid) return Expr::call(Op::sigmoid, {-y.part(0)});
  if (y.is(Expr::Kind::call) && y.op() == Op::tanh)
    return Expr(2.0) / (Expr(1.0) + Expr::call(Op::exp, {Expr(2.0) * y.part(0)}));
  // 1/(1 + e^…)
  const bool quotient = y.is(Expr::Kind::product) && y.parts().size() == 2 &&
                        y.part(0).is_number(1) && y.parts()[1].inverted &&
                        y.part(1).is(Expr::Kind::sum) && y.part(1).parts().size() == 2;
  if (!quotient) return std::nullopt;
  for (const std::size_t i : {std::size_t{0}, std::size_t{1}}) {
    const Expr& e = y.part(1).part(i);
    if (e.is(Expr::Kind::call) && e.op() == Op::exp && y.part(1).part(1 - i).is_number(1))
      return e / (Expr(1.0) + e);
  }
  return std::nullopt;
}

}  // namespace chalkgrad
