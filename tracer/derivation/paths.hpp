#pragma once

#include <vector>

#include "tracer/derivation/quantities.hpp"

/// Which quantities lie between two others, and through which of them every path goes.
namespace chalkgrad {

/// All paths from x up to y, as a part of the graph of quantities.
class Paths {
 public:
  /// Linear in the quantities that depend on x and their uses, and in the distance from x to y.
  Paths(const Quantities& quantities, QuantityIndex y, QuantityIndex x);

  /// Whether there is a path at all.
  [[nodiscard]] bool exist() const { return !between_.empty(); }
  /// The quantities on some path, x and y included, in topological order; empty if there is no
  /// path.
  [[nodiscard]] const std::vector<QuantityIndex>& quantities() const { return between_; }
  [[nodiscard]] bool contains(QuantityIndex i) const {
    return i >= x_ && i - x_ < on_path_.size() && on_path_[i - x_];
  }
  /// The quantities that every path goes through, from x to y, both included.
  [[nodiscard]] std::vector<QuantityIndex> bottlenecks() const;
  /// The quantities on a path whose definition uses x.
  [[nodiscard]] std::vector<QuantityIndex> users_of_x() const;
  /// Whether the paths that come to y through the operands `last` (each on a path) have nothing in
  /// common but x and y.
  [[nodiscard]] bool are_disjoint(const std::vector<QuantityIndex>& last) const;

 private:
  [[nodiscard]] bool leads_to_y(QuantityIndex i) const;

  const Quantities& all_;
  QuantityIndex y_, x_;
  std::vector<bool> on_path_;  // from x on
  std::vector<QuantityIndex> between_;
};

}  // namespace chalkgrad
