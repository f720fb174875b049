#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "engine/graph.hpp"
#include "tracer/expression/expression.hpp"

/// How far binary arithmetic may have moved a number from what was meant.
///
/// A given decimal is off by half a unit in the last binary place; an operation hands on the errors
/// of its operands, times its local derivatives, and adds what it loses itself (running error
/// analysis, to first order: Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., 3.3).
/// What is computed in whole numbers has no error: 10¹⁶ + 2 − 10¹⁶ is 2. A sheet
/// needs this to tell 0.1 + 0.2 − 0.3, which is 0 and comes out as 5.6·10⁻¹⁷, from a gradient that
/// really is that small.
namespace chalkgrad {

/// A number and a bound on its rounding error.
struct Approximation {
  double value = 0;
  double error = 0;
};

/// The bounds for the nodes of a graph; not a number where the value is unknown.
class RoundingErrors {
 public:
  explicit RoundingErrors(const Graph& graph) : graph_(&graph) {}

  /// The bound for a node, whether it was recorded before this object was made or after. Amortised
  /// constant time for each node.
  [[nodiscard]] double of(NodeId id);

 private:
  [[nodiscard]] std::optional<double> error_of_complement(const Node& node) const;

  const Graph* graph_;
  std::vector<double> errors_ = {0};
};

/// Whether a sum of terms of that size together is nothing but rounding: no larger than the bound
/// on its error, and 44 binary places smaller than its terms. The bound alone would not do: it is
/// pessimistic, and grows with every step.
[[nodiscard]] bool is_noise(double sum, double error, double size_of_terms);

/// A number as it is written: a whole one is exact, another is off by the rounding of its decimals.
[[nodiscard]] Approximation literal(double value);

/// The value of an expression, with the error that follows from those of its symbols. Literals are
/// off by the rounding of their decimals; a sum that is noise is 0.
[[nodiscard]] Approximation evaluate_with_error(
    const Expr& e, const std::function<Approximation(const Expr& leaf)>& value_of);

/// a·b and a ± b, with their errors.
[[nodiscard]] Approximation times(Approximation a, Approximation b);
[[nodiscard]] Approximation plus(Approximation a, Approximation b);

}  // namespace chalkgrad
