#pragma once

#include <vector>

#include "engine/value.hpp"

/// The forward sweep: the derivatives of everything recorded with respect to one value.
///
/// The tangent of a node is ∂node/∂x. Starting from ∂x/∂x = 1 and going through the record in its
/// order, each node adds up local derivative · tangent of its operands: the same chain rule as the
/// reverse sweep (engine/backward.hpp), read in the other direction.
namespace chalkgrad {

class Tangents {
 public:
  /// ∂y/∂x; 0 if y does not depend on x. Throws GraphError for a value of another graph, or of this
  /// one before it was reset.
  [[nodiscard]] double operator[](Value y) const {
    if (y.tape() != tape_) [[unlikely]]
      refuse_mixture(y.tape(), tape_);
    return y.id() < tangents_.size() ? tangents_[y.id()] : 0.0;
  }

 private:
  friend Tangents forward(Value x);
  TapeId tape_ = 0;
  std::vector<double> tangents_{};
};

/// Sweeps forward from x over all that was recorded: time and memory proportional to the graph.
/// Throws GraphError if x belongs to no graph.
[[nodiscard]] Tangents forward(Value x);

}  // namespace chalkgrad
