#pragma once

#include "tracer/picture/layout.hpp"

/// Where on its edge each label stands: clear of nodes, of other labels, and where that can be had
/// of other edges. Positions of nodes and edges are given and do not change.
namespace chalkgrad {

/// Whether a straight line from a to b passes through the box.
[[nodiscard]] bool passes(Point a, Point b, const Box& box);

enum class LabelOrder {
  in_line,  ///< the labels of edges that leave the same column stand at the same part of them
  any,      ///< each where there is room
};

/// Moves the labels, whose sizes are given, onto their edges. False if some label still covers a
/// node or another label: the layout is too tight.
[[nodiscard]] bool place_labels(Layout& layout, const std::vector<std::size_t>& column_of_edge,
                                LabelOrder order);

/// How often a label lies on an edge that is not its own.
[[nodiscard]] std::size_t covered_edges(const Layout& layout);

}  // namespace chalkgrad
