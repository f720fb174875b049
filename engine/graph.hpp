#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/ops/op.hpp"

/// The record of a computation: one node for each elementary operation, in the order in which they
/// were carried out, which is therefore a topological one (operands have smaller ids).
///
/// A node holds its value, its operands and the local derivatives with respect to them. It holds no
/// adjoint: that is the result of a reverse sweep (engine/backward.hpp), not a state of the graph.
/// Nodes live in chunks that never move, are never freed singly, and need no destructor: building,
/// sweeping and freeing are loops, so a chain of 10^7 operations needs no stack.
///
/// Invariants: node 0 stands for "no operand", has local derivatives 0 and is never a value; for
/// every other node both operand ids are smaller than its own. Names are in a side table and cost
/// nothing where they are not used. A graph is not for several threads at once; separate graphs are
/// independent.
namespace chalkgrad {

class Value;

/// The number of a node. Ids start at 1; 0 means "none".
using NodeId = std::uint32_t;

struct Node {
  double value = 0;
  double derivative[2] = {0, 0};  ///< local, with respect to each operand
  NodeId operand[2] = {0, 0};     ///< in source order; 0 where there is none
};
static_assert(sizeof(Node) == 32);

class Graph {
 public:
  Graph();
  Graph(const Graph&) = delete;  // values point to their graph
  Graph& operator=(const Graph&) = delete;
  ~Graph() = default;

  /// A named leaf to differentiate with respect to. Throws GraphError if the name is taken or
  /// empty, or the value is not a number.
  Value variable(std::string_view name, double value);
  /// A named leaf that is not meant to change. Errors as for variable.
  Value constant(std::string_view name, double value);
  /// A leaf without a name, as in 0.5·x.
  Value constant(double value);
  /// A named leaf without a value: whatever depends on it is not a number either, and its
  /// derivation is in symbols only.
  Value unknown(std::string_view name);

  /// The value of a node that exists.
  [[nodiscard]] Value at(NodeId id);
  /// The value of that name; throws GraphError if there is none.
  [[nodiscard]] Value at(std::string_view name);

  /// How many nodes there are; their ids are 1 to size().
  [[nodiscard]] NodeId size() const { return size_ - 1; }
  [[nodiscard]] const Node& node(NodeId id) const {
    return chunks_[id >> chunk_bits][id & (chunk_size - 1)];
  }
  [[nodiscard]] Op op(NodeId id) const { return ops_[id]; }
  /// Empty for a node without a name.
  [[nodiscard]] std::string_view name(NodeId id) const;
  /// 0 for a name that no node has.
  [[nodiscard]] NodeId find(std::string_view name) const;

  /// Appends a node; amortised constant time. For the operations of engine/value.hpp.
  /// Throws GraphError when there are 2^32 − 1 nodes.
  NodeId record(Op op, double value, NodeId a, double derivative_a, NodeId b = 0,
                double derivative_b = 0) {
    if ((size_ >> chunk_bits) == chunks_.size() || size_ == 0) grow();
    Node& node = chunks_[size_ >> chunk_bits][size_ & (chunk_size - 1)];
    node.value = value;
    node.derivative[0] = derivative_a;
    node.derivative[1] = derivative_b;
    node.operand[0] = a;
    node.operand[1] = b;
    ops_.push_back(op);
    return size_++;
  }

  /// Names a node; throws GraphError if the name is empty or taken, or the node has another name.
  void set_name(NodeId id, std::string_view name);

 private:
  static constexpr NodeId chunk_bits = 14;
  static constexpr NodeId chunk_size = NodeId{1} << chunk_bits;

  void grow();
  NodeId leaf(Op op, std::string_view name, double value);

  std::vector<std::unique_ptr<Node[]>> chunks_;
  std::vector<Op> ops_;
  NodeId size_ = 0;
  std::unordered_map<NodeId, std::string> names_;
  std::unordered_map<std::string, NodeId> ids_;
};

}  // namespace chalkgrad
