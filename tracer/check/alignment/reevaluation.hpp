#pragma once

#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "tracer/expression/expression.hpp"

/// An expression that has been evaluated, to be evaluated again with some of its leaves changed:
/// only what stands above these is worked out anew. In a sum the other terms count as they did,
/// however many they are; so what it comes to may differ from a full evaluation by rounding.
namespace chalkgrad {

class Reevaluation {
 public:
  using ValueOfLeaf = std::function<double(const Expr& leaf)>;
  /// `value_of` gives the values of leaves that are no numbers.
  Reevaluation(const Expr& e, const ValueOfLeaf& value_of);

  /// What it comes to if these leaves, counted from left to right, have that value.
  [[nodiscard]] double with(std::span<const std::size_t> leaves, double value) const;

 private:
  struct Node {
    Expr expr = 0.0;  ///< over its parts, written #0, #1, …
    double value = 0;
    std::size_t parent = 0, place = 0;  ///< which part of its parent it is
    std::vector<std::size_t> parts{};
  };
  using Changes = std::vector<std::pair<std::size_t, double>>;  // places, and their values

  std::size_t add(const Expr& e, const ValueOfLeaf& value_of);
  [[nodiscard]] double worked_out(const Node& node, const Changes& changes) const;

  std::vector<Node> nodes_;  // parts before the whole
  std::vector<std::size_t> leaves_;
};

}  // namespace chalkgrad
