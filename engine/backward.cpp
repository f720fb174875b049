#include "engine/backward.hpp"

namespace chalkgrad {

double Gradients::operator[](Value x) const {
  if (&x.graph() != graph_) throw GraphError("the value belongs to another graph");
  return (*this)[x.id()];
}

Gradients backward(Value y) {
  Gradients result;
  result.graph_ = &y.graph();
  std::vector<double>& adjoint = result.adjoints_;
  adjoint.assign(y.id() + std::size_t{1}, 0.0);
  adjoint[y.id()] = 1.0;
  for (NodeId id = y.id(); id > 0; --id) {
    if (adjoint[id] == 0) continue;
    const Node& node = y.graph().node(id);
    // Node 0 stands for "no operand" and has no derivatives of its own, so it may collect anything.
    adjoint[node.operand[0]] += adjoint[id] * node.derivative[0];
    adjoint[node.operand[1]] += adjoint[id] * node.derivative[1];
  }
  adjoint[0] = 0;
  return result;
}

}  // namespace chalkgrad
