#pragma once

#include <memory>
#include <vector>

#include "engine/graph.hpp"

/// Expansion: the same record with one node for every elementary operation.
///
/// Fused nodes (engine/node.hpp) are what a sweep likes; whoever reads a graph as mathematics wants
/// the multiplication and the addition each by itself. The expansion is a graph of its own, with
/// the names of the original, and says where each node went. It is not connected with the original:
/// what is recorded there later is not seen here.
namespace chalkgrad {

struct Expansion {
  std::unique_ptr<Graph> graph;
  std::vector<NodeId> places;  ///< by the id of the original: the id of the same value here
};

/// Time and memory proportional to the size of the graph.
[[nodiscard]] Expansion expand(const Graph& original);

}  // namespace chalkgrad
