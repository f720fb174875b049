#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tracer/derivation/quantities.hpp"
#include "tracer/derivation/rounding_error.hpp"

/// The evaluation trace of the autodiff literature: every elementary operation on a line of its
/// own, v1 = ln(x1), with its value, its adjoint v̄1 (the reverse sweep, from the last line to the
/// first) or its tangent v̇1 (the forward sweep).
///
/// Griewank and Walther, Evaluating Derivatives, 2nd ed., chapter 2; Baydin et al., Automatic
/// Differentiation in Machine Learning: a Survey, tables 2 and 3. Inputs keep their own names.
namespace chalkgrad {

struct TraceLine {
  std::string name{};      ///< v1, v2, …; of an input its own name
  std::string quantity{};  ///< the quantity that this is, if it has a name of its own
  bool input = false;      ///< a given quantity that is differentiated with respect to
  Expr expr = 0.0;         ///< over names of other lines, given quantities and literals
  double value = 0, error = 0;
  /// With respect to names of lines and derivatives of lines; 0 where nothing flows.
  Expr derivative_name = 0.0;  ///< v̄1 or v̇1
  Expr derivative = 0.0;
  Approximation derivative_value{};
};

struct EvaluationTrace {
  std::vector<TraceLine> lines{};  ///< inputs first
};

/// The trace with adjoints: ∂y/∂v of each line that depends on one of `xs`. Its lines are numbered
/// on from those of traces before it.
[[nodiscard]] EvaluationTrace reverse_trace(const Quantities& quantities, QuantityIndex y,
                                            std::span<const QuantityIndex> xs,
                                            std::size_t lines_before = 0);
/// The trace with tangents: ∂v/∂x of each line.
[[nodiscard]] EvaluationTrace forward_trace(const Quantities& quantities, QuantityIndex y,
                                            QuantityIndex x);

}  // namespace chalkgrad
