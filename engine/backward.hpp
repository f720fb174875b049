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
  /// ∂y/∂x; 0 if y does not depend on x. Throws GraphError for a value of another graph, or of this
  /// one before it was reset.
  [[nodiscard]] double operator[](Value x) const {
    if (x.tape() != tape_) [[unlikely]]
      refuse_mixture(x.tape(), tape_);
    return (*this)[x.id()];
  }
  /// As above, by node id.
  [[nodiscard]] double operator[](NodeId id) const {
    return id < adjoints_.size() ? adjoints_[id] : 0.0;
  }

 private:
  friend void backward(Value y, Gradients& result);
  TapeId tape_ = 0;
  std::vector<double> adjoints_{};
};

/// Sweeps back from y: time and memory proportional to the number of nodes up to y, no recursion.
/// Throws GraphError if y belongs to no graph.
[[nodiscard]] Gradients backward(Value y);

/// As above, into a result whose memory is used again: for loops that train.
void backward(Value y, Gradients& result);

}  // namespace chalkgrad
