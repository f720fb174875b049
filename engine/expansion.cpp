#include "engine/expansion.hpp"

#include "engine/value.hpp"

namespace chalkgrad {

Expansion expand(const Graph& original) {
  Expansion result{std::make_unique<Graph>(),
                   std::vector<NodeId>(original.size() + std::size_t{1})};
  Graph& graph = *result.graph;
  for (NodeId id = 1; id <= original.size(); ++id) {
    const Node& node = original.node(id);
    NodeId a = result.places[node.operand(0)], b = result.places[node.operand(1)];
    Op op = node.op();
    double derivative_a = node.derivative[0], derivative_b = node.derivative[1];
    if (node.is_fused()) {
      b = graph.record(Op::multiply, derivative_a * derivative_b, a, derivative_a, b, derivative_b);
      a = result.places[id - 1];
      op = Op::add;
      derivative_a = derivative_b = 1;
    }
    result.places[id] = graph.record(op, node.value, a, derivative_a, b, derivative_b);
    if (const auto name = original.name(id); !name.empty()) graph.set_name(result.places[id], name);
  }
  return result;
}

}  // namespace chalkgrad
