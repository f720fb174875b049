#pragma once

#include <span>
#include <vector>

#include "engine/value.hpp"

/// Gradient check: recorded derivatives against differences of values.
///
/// No tolerance has to be chosen, and there is no absolute one: a gradient of 1e-9 is not "equal"
/// to 2e-9. Each difference quotient comes with a bound on its own error, and the verdict follows
/// from that. The error has two parts. Truncation: central differences for steps h, h/2, h/4, … are
/// extrapolated to h = 0, and what successive extrapolations differ by is the estimate (Ridders
/// 1982; Press et al., Numerical Recipes, 3rd ed., 5.7). Rounding: y is off by at most
/// u·Σ|∂y/∂v·v| over all recorded v, to first order, which the step divides by h (u is half a unit
/// in the last place). The extrapolation with the smallest sum of both is taken. To that comes what
/// the claimed derivative may have lost itself: some units in its last place, and as much as it
/// changes between x and its neighbours.
namespace chalkgrad {

enum class GradientVerdict {
  agrees,   ///< the same within the error, which is small beside the gradient
  differs,  ///< further apart than the error allows
  kink,     ///< the slopes to the left and to the right differ, or an operation is at its kink and
            ///< the differences say something else: there is nothing to compare
  undecided,  ///< no step gives a difference that is precise enough, or all leave a domain
};

struct GradientComparison {
  double gradient = 0;    ///< as claimed
  double difference = 0;  ///< as extrapolated; at a kink the slope to the right
  double error = 0;       ///< a bound on what separates the difference from the true derivative
  GradientVerdict verdict = GradientVerdict::undecided;
};

/// Compares claimed derivatives of y with respect to the leaves x, one for one. Evaluates y some
/// eighty times for each x, by replay, more often if x is tiny. Throws GraphError if an x is no
/// leaf, or the counts differ.
[[nodiscard]] std::vector<GradientComparison> check_gradient(Value y, std::span<const Value> x,
                                                             std::span<const double> claimed);

/// As above, with the derivatives of a reverse sweep.
[[nodiscard]] std::vector<GradientComparison> check_gradient(Value y, std::span<const Value> x);

}  // namespace chalkgrad
