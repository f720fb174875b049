#pragma once

#include <queue>
#include <unordered_map>

#include "engine/graph.hpp"

/// A reverse sweep from one node that goes back only as far as it is asked, and only over nodes
/// that the first depends on: for derivatives of many quantities, each with respect to a few that
/// are near. What it gives is what backward (engine/backward.hpp) gives, to the last bit, since
/// adjoints are added up in the same order.
namespace chalkgrad {

class PartialSweep {
 public:
  /// From `y`. The graph must outlive it, and have no fused nodes.
  PartialSweep(const Graph& graph, NodeId y);

  /// ∂y/∂x; 0 if y does not depend on x. In all, each node that y depends on is passed at most
  /// once, and none before the first x that was asked for.
  [[nodiscard]] double operator[](NodeId x);

 private:
  void pass(NodeId node);

  const Graph* graph_;
  std::unordered_map<NodeId, double> adjoints_{};
  std::priority_queue<NodeId> waiting_{};  // those that hand on their adjoints next, the last first
};

}  // namespace chalkgrad
