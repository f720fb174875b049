#pragma once

#include <vector>

#include "engine/value.hpp"

/// The reverse sweep: all derivatives of one value in one pass over the record.
///
/// The adjoint of a node is ∂y/∂node. Starting from ∂y/∂y = 1 and going back through the record,
/// each node hands adjoint · local derivative to its operands: the chain rule, summed over all
/// paths. (Griewank, Walther: Evaluating Derivatives, 2nd ed., section 3.2.)
namespace chalkgrad {

/// The derivatives of one value with respect to every node recorded before it. A result of its own:
/// sweeping twice gives the same numbers, and nothing accumulates in the graph.
class Gradients {
 public:
  /// ∂y/∂x; 0 if y does not depend on x. Throws GraphError for a value of another graph.
  [[nodiscard]] double operator[](Value x) const;
  /// As above, by node id.
  [[nodiscard]] double operator[](NodeId id) const {
    return id < adjoints_.size() ? adjoints_[id] : 0.0;
  }

 private:
  friend Gradients backward(Value y);
  const Graph* graph_ = nullptr;
  std::vector<double> adjoints_;
};

/// Sweeps back from y: time and memory proportional to the number of nodes up to y, no recursion.
[[nodiscard]] Gradients backward(Value y);

}  // namespace chalkgrad
