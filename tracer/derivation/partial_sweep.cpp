#include "tracer/derivation/partial_sweep.hpp"

namespace chalkgrad {

PartialSweep::PartialSweep(const Graph& graph, NodeId y) : graph_(&graph) {
  adjoints_.emplace(y, 1.0);
  waiting_.push(y);
}

double PartialSweep::operator[](NodeId x) {
  // What is recorded after x may lead to it.
  while (!waiting_.empty() && waiting_.top() > x) {
    const NodeId node = waiting_.top();
    waiting_.pop();
    pass(node);
  }
  const auto found = adjoints_.find(x);
  return found == adjoints_.end() ? 0 : found->second;
}

void PartialSweep::pass(NodeId id) {
  const double adjoint = adjoints_.at(id);
  if (adjoint == 0) return;  // it hands on nothing, not even where a derivative is infinite
  const Node& node = graph_->node(id);
  for (int i = 0; i < 2; ++i) {
    const NodeId operand = node.operand(i);
    if (operand == 0) continue;
    const auto [known, added] = adjoints_.try_emplace(operand, 0.0);
    known->second += adjoint * node.derivative[i];
    if (added) waiting_.push(operand);
  }
}

}  // namespace chalkgrad
