#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "tracer/derivation/quantities.hpp"

/// Which quantities lie between two others, and through which of them every path goes.
namespace chalkgrad {

/// Quantities numbered 0, 1, 2, … in the order in which they are entered. A hash table of its own,
/// because what lies between two quantities is a handful among any number of them, and asked for
/// often.
class Numbering {
 public:
  /// Whether it is new.
  bool enter(QuantityIndex i);
  [[nodiscard]] std::optional<std::size_t> find(QuantityIndex i) const;
  [[nodiscard]] const std::vector<QuantityIndex>& entries() const { return entries_; }

 private:
  [[nodiscard]] std::size_t slot_of(QuantityIndex i) const;
  void grow();

  std::vector<QuantityIndex> entries_;
  std::vector<std::uint32_t> slots_ = std::vector<std::uint32_t>(16);  // a number + 1; 0 for none
};

/// All paths from x up to y, as a part of the graph of quantities.
class Paths {
 public:
  /// Searches up from x and down from y in turns, until one of them has found all there is: linear
  /// in the smaller of the two parts of the graph.
  Paths(const Quantities& quantities, QuantityIndex y, QuantityIndex x);

  /// Whether there is a path at all.
  [[nodiscard]] bool exist() const { return !quantities().empty(); }
  /// The quantities on some path, x and y included, in topological order; empty if there is no
  /// path.
  [[nodiscard]] const std::vector<QuantityIndex>& quantities() const { return between_.entries(); }
  [[nodiscard]] bool contains(QuantityIndex i) const { return between_.find(i).has_value(); }
  /// Of the quantity in that place of quantities(): its users on a path, by their places, in order.
  [[nodiscard]] std::span<const std::size_t> users(std::size_t place) const {
    return {users_.data() + first_user_[place], first_user_[place + 1] - first_user_[place]};
  }
  /// The quantities that every path goes through, from x to y, both included.
  [[nodiscard]] std::vector<QuantityIndex> bottlenecks() const;
  /// The quantities on a path whose definition uses x; and those that the definition of y uses.
  [[nodiscard]] std::vector<QuantityIndex> users_of_x() const;
  [[nodiscard]] std::vector<QuantityIndex> operands_of_y() const;
  /// Whether a path comes to the quantity, a user of x, by way of another.
  [[nodiscard]] bool come_by_others_to(QuantityIndex user_of_x) const;
  /// Whether the paths that come to y through the operands `last` (each on a path) have nothing in
  /// common but x and y.
  [[nodiscard]] bool are_disjoint(const std::vector<QuantityIndex>& last) const;

 private:
  Numbering between_;                          // by place
  std::vector<std::size_t> users_;             // of all of them, one after the other
  std::vector<std::size_t> first_user_ = {0};  // where those of each begin, and the last end
  std::vector<std::size_t> operand_count_;     // of each, on a path
};

}  // namespace chalkgrad
