#include "engine/backward.hpp"

namespace chalkgrad {

namespace {

/// Sweeps over nodes that stand one behind the other, from `last` back to `first`, whose adjoint is
/// at `own` and whose operands' adjoints are at `adjoints`.
///
/// The inner loop is the run of fused nodes of one neuron, before + a·b: the adjoint of the running
/// sum goes from one to the one before it in a register, as every one of them hands it on
/// unchanged, and is stored beside for whoever asks. A node with adjoint 0 hands on nothing, not
/// even where its derivative is infinite: a dead ReLU costs one comparison.
void sweep(const Node* const first, const Node* last, double* own, double* const adjoints) {
  for (const Node* node = last; node >= first; --node, --own) {
    double adjoint = *own;
    if (adjoint == 0) continue;
    while (true) {
      const std::uint64_t links = node->links;
      adjoints[links & Node::largest_id] += adjoint * node->derivative[0];
      adjoints[links >> 32 & Node::largest_id] += adjoint * node->derivative[1];
      if (!Node::is_fused(links)) break;
      adjoint += *--own;
      *own = adjoint;
      if (node-- == first) return;  // the sum goes on in the chunk before
      if (adjoint == 0) break;
    }
  }
}

}  // namespace

void backward(Value y, Gradients& result) {
  const Graph& graph = y.graph();
  result.tape_ = y.tape();
  std::vector<double>& adjoints = result.adjoints_;
  adjoints.assign(y.id() + std::size_t{1}, 0.0);
  adjoints[y.id()] = 1.0;
  // Node 0 stands for "no operand" and has no derivatives of its own, so its adjoint may collect
  // anything on the way.
  for (NodeId last = y.id();; --last) {
    const NodeId first = last & ~(Graph::chunk_size - 1);
    sweep(&graph.node(first), &graph.node(last), &adjoints[last], adjoints.data());
    last = first;
    if (first == 0) break;
  }
  adjoints[0] = 0;
}

Gradients backward(Value y) {
  Gradients result;
  backward(y, result);
  return result;
}

}  // namespace chalkgrad
