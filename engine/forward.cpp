#include "engine/forward.hpp"

#include "engine/dual.hpp"

namespace chalkgrad {

Tangents forward(Value x) {
  const Graph& graph = x.graph();
  Tangents result;
  result.tape_ = x.tape();
  std::vector<double>& tangent = result.tangents_;
  tangent.assign(graph.size() + std::size_t{1}, 0.0);
  tangent[x.id()] = 1;
  for (NodeId id = x.id() + 1; id <= graph.size(); ++id) {
    const Node& node = graph.node(id);
    tangent[id] = handed_on(node.derivative[0], tangent[node.operand(0)]) +
                  handed_on(node.derivative[1], tangent[node.operand(1)]);
    if (node.is_fused()) tangent[id] += tangent[id - 1];
  }
  return result;
}

}  // namespace chalkgrad
