#pragma once

#include <optional>

#include "engine/graph.hpp"
#include "tracer/expression/expression.hpp"

/// 1 − y for a y that saturates: σ(40) is 1 to all digits of a double, but 1 − σ(40) is σ(−40), and
/// ln(1 − σ(40)) is −40. So the difference is worked out from what y is of.
///
/// σ(x), tanh(x) and 1/(1 + e^…) are known; where y is not near 1 a difference loses nothing, and
/// there is no complement.
namespace chalkgrad {

/// 1 − y of a recorded y; nothing where a plain difference will do.
[[nodiscard]] std::optional<double> complement(const Graph& graph, NodeId y);

/// The difference as a formula: σ(−x) for 1 − p, where p is σ(x); nothing if y is none of these.
[[nodiscard]] std::optional<Expr> complement(const Expr& definition_of_y);

}  // namespace chalkgrad
