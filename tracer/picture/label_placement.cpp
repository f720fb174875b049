#include "tracer/picture/label_placement.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace chalkgrad {

namespace {

/// How far along its edge a label may stand; those in front are tried first.
constexpr std::array places_on_edge = {0.5, 0.3,  0.7,  0.35, 0.65, 0.4,  0.6,  0.25, 0.75, 0.2,
                                       0.8, 0.45, 0.55, 0.15, 0.85, 0.33, 0.67, 0.28, 0.72};
constexpr double clearance = 3;

struct Segment {
  Point a, b;
};

/// The longest stretch of an edge.
Segment longest_stretch(const std::vector<Point>& edge) {
  Segment best{edge[0], edge[1]};
  double most = -1;
  for (std::size_t i = 0; i + 1 < edge.size(); ++i) {
    const double length = std::hypot(edge[i + 1].x - edge[i].x, edge[i + 1].y - edge[i].y);
    if (length <= most) continue;
    most = length;
    best = {edge[i], edge[i + 1]};
  }
  return best;
}

/// How many other edges the label of this one lies on.
std::size_t edges_below(const Layout& layout, std::size_t labelled) {
  std::size_t covered = 0;
  for (std::size_t e = 0; e < layout.edges.size(); ++e) {
    const auto& edge = layout.edges[e];
    for (std::size_t i = 0; e != labelled && i + 1 < edge.size(); ++i)
      if (passes(edge[i], edge[i + 1], *layout.labels[labelled])) ++covered;
  }
  return covered;
}

/// The labels of one column's edges, placed together.
class Placement {
 public:
  Placement(Layout& layout, std::vector<std::size_t> edges)
      : layout_(layout), edges_(std::move(edges)) {
    for (const std::size_t e : edges_) segments_.push_back(longest_stretch(layout_.edges[e]));
  }

  bool run(LabelOrder order) { return in_a_line() || (order == LabelOrder::any && one_by_one()); }

 private:
  void put(std::size_t k, double place) {
    const auto& [a, b] = segments_[k];
    Box& label = *layout_.labels[edges_[k]];
    label.x = a.x + place * (b.x - a.x);
    label.y = a.y + place * (b.y - a.y);
  }

  const Box& label(std::size_t k) const { return *layout_.labels[edges_[k]]; }

  bool covers_a_node(std::size_t k) const {
    return std::any_of(layout_.nodes.begin(), layout_.nodes.end(),
                       [&](const Box& node) { return label(k).meets(node, clearance); });
  }

  std::size_t covered_labels(std::size_t k, std::size_t count) const {
    std::size_t covered = 0;
    for (std::size_t other = 0; other < count; ++other)
      if (other != k && label(k).meets(label(other), clearance)) ++covered;
    return covered;
  }

  std::size_t covered_edges(std::size_t k) const { return edges_below(layout_, edges_[k]); }

  bool is_clear(std::size_t count) const {
    for (std::size_t k = 0; k < count; ++k)
      if (covers_a_node(k) || covered_labels(k, k) > 0) return false;
    return true;
  }

  bool in_a_line() {
    double best = -1;
    std::size_t fewest = ~std::size_t{0};
    for (const double place : places_on_edge) {
      for (std::size_t k = 0; k < edges_.size(); ++k) put(k, place);
      if (!is_clear(edges_.size())) continue;
      std::size_t covered = 0;
      for (std::size_t k = 0; k < edges_.size(); ++k) covered += covered_edges(k);
      if (covered >= fewest) continue;
      fewest = covered;
      best = place;
    }
    if (best < 0) return false;
    for (std::size_t k = 0; k < edges_.size(); ++k) put(k, best);
    return true;
  }

  void choose(std::size_t k, std::size_t count) {
    double best = places_on_edge[0], least = HUGE_VAL;
    for (std::size_t i = 0; i < places_on_edge.size(); ++i) {
      put(k, places_on_edge[i]);
      const double cost = (covers_a_node(k) ? 1e6 : 0) +
                          1e3 * static_cast<double>(covered_labels(k, count)) +
                          static_cast<double>(covered_edges(k)) + 1e-3 * static_cast<double>(i);
      if (cost >= least) continue;
      least = cost;
      best = places_on_edge[i];
    }
    put(k, best);
  }

  bool one_by_one() {
    for (std::size_t k = 0; k < edges_.size(); ++k) choose(k, k);
    constexpr int rounds = 4;
    for (int round = 0; round < rounds; ++round)
      for (std::size_t k = 0; k < edges_.size(); ++k) choose(k, edges_.size());
    return is_clear(edges_.size());
  }

  Layout& layout_;
  std::vector<std::size_t> edges_;
  std::vector<Segment> segments_;
};

}  // namespace

bool passes(Point a, Point b, const Box& box) {
  // The part of the line within the box, by the parameter at which it enters and leaves each strip
  // (Liang and Barsky, 1984).
  double enter = 0, leave = 1;
  const auto clip = [&](double start, double delta, double low, double high) {
    if (delta == 0) return start >= low && start <= high;
    double t0 = (low - start) / delta, t1 = (high - start) / delta;
    if (t0 > t1) std::swap(t0, t1);
    enter = std::max(enter, t0);
    leave = std::min(leave, t1);
    return enter <= leave;
  };
  return clip(a.x, b.x - a.x, box.left(), box.right()) &&
         clip(a.y, b.y - a.y, box.top(), box.bottom());
}

std::size_t covered_edges(const Layout& layout) {
  std::size_t covered = 0;
  for (std::size_t e = 0; e < layout.edges.size(); ++e)
    if (layout.labels[e]) covered += edges_below(layout, e);
  return covered;
}

bool place_labels(Layout& layout, const std::vector<std::size_t>& column_of_edge,
                  LabelOrder order) {
  std::map<std::size_t, std::vector<std::size_t>> groups;
  for (std::size_t e = 0; e < layout.edges.size(); ++e)
    if (layout.labels[e]) groups[column_of_edge[e]].push_back(e);
  bool placed = true;
  for (auto& [column, edges] : groups) placed = Placement(layout, edges).run(order) && placed;
  // Labels of different columns may meet where an edge passes over several.
  for (std::size_t a = 0; a < layout.labels.size() && placed; ++a)
    for (std::size_t b = 0; b < a && placed; ++b)
      placed =
          !layout.labels[a] || !layout.labels[b] || !layout.labels[a]->meets(*layout.labels[b], 1);
  return placed;
}

}  // namespace chalkgrad
