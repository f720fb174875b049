#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/node.hpp"
#include "engine/tape.hpp"

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
/// independent, and each thread may have its own.
namespace chalkgrad {

class Value;

class Graph {
 public:
  /// A graph for at most that many nodes: a bound against computations that run away. It costs
  /// nothing, memory is taken as nodes are recorded.
  explicit Graph(NodeId most_nodes = Node::largest_id);
  Graph(const Graph&) = delete;  // values point to their graph
  Graph& operator=(const Graph&) = delete;
  ~Graph() = default;

  /// A named leaf to differentiate with respect to. Throws GraphError if the name is taken or
  /// empty, or the value is not a number.
  Value variable(std::string_view name, double value);
  /// A leaf to differentiate with respect to, without a name. Throws GraphError if the value is not
  /// a number.
  Value variable(double value);
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
  [[nodiscard]] NodeId size() const { return tapes[tape()].next_id() - 1; }
  [[nodiscard]] const Node& node(NodeId id) const {
    return chunks_[id >> chunk_bits][id & (chunk_size - 1)];
  }
  [[nodiscard]] Op op(NodeId id) const { return node(id).op(); }
  /// Empty for a node without a name.
  [[nodiscard]] std::string_view name(NodeId id) const;
  /// 0 for a name that no node has.
  [[nodiscard]] NodeId find(std::string_view name) const;

  /// Appends a node; amortised constant time. Throws GraphError when the graph is full.
  NodeId record(Op op, double value, NodeId a, double derivative_a, NodeId b = 0,
                double derivative_b = 0);

  /// Names a node; throws GraphError if the name is empty or taken, or the node has another name.
  void set_name(NodeId id, std::string_view name);

  /// Forgets all nodes and names, and keeps the memory for the next ones. Values from before cannot
  /// be used any more (GraphError).
  void reset();

  [[nodiscard]] TapeId tape() const { return tape_.id(); }
  /// Opens another chunk for a tape that is full (engine/tape.hpp).
  void extend();

  /// Nodes stand in chunks of that many; node `id` is in chunk id >> chunk_bits.
  static constexpr int chunk_bits = 14;
  static constexpr NodeId chunk_size = NodeId{1} << chunk_bits;

 private:
  void start();
  void open_chunk(NodeId first);
  Value leaf(Op op, std::string_view name, double value);

  std::vector<std::unique_ptr<Node[]>> chunks_{};
  NodeId most_nodes_;
  OpenTape tape_;
  std::unordered_map<NodeId, std::string> names_{};
  std::unordered_map<std::string, NodeId> ids_{};
};

}  // namespace chalkgrad
