#pragma once

#include <optional>
#include <vector>

#include "tracer/picture/diagram.hpp"

/// Layout: where everything in a picture stands.
///
/// Columns from left to right, straight edges between them, and a place on each edge for what is
/// written there. The columns are as wide apart, and the nodes as far, as it takes that no node and
/// no label covers another. Lengths are in pixels at the usual size, y grows downwards. The same
/// diagram has the same layout on every machine. Formats draw a layout, they decide nothing in it.
namespace chalkgrad {

struct Point {
  double x = 0, y = 0;
};

/// A rectangle by its centre.
struct Box {
  double x = 0, y = 0, width = 0, height = 0;

  [[nodiscard]] double left() const { return x - width / 2; }
  [[nodiscard]] double right() const { return x + width / 2; }
  [[nodiscard]] double top() const { return y - height / 2; }
  [[nodiscard]] double bottom() const { return y + height / 2; }
  /// Whether the two come closer than `margin`.
  [[nodiscard]] bool meets(const Box& other, double margin = 0) const;
};

struct Layout {
  double width = 0, height = 0;
  std::vector<Box> nodes{};
  /// Of a circuit: how wide the sign at the left of each node is; the rest is its wire.
  std::vector<double> signs{};
  /// Of each edge, from the border of one node to that of the other; at least two points.
  std::vector<std::vector<Point>> edges{};
  /// Of each edge that has something written on it.
  std::vector<std::optional<Box>> labels{};
};

/// Columns and rows are as near as if nothing were written on edges; labels stand on their edges,
/// and on each other where edges are many. For a picture that shows few of them at a time.
[[nodiscard]] Layout lay_out_closely(const Diagram& diagram);

/// Lays out a diagram. Meant for some hundred nodes and edges.
[[nodiscard]] Layout lay_out(const Diagram& diagram);

}  // namespace chalkgrad
