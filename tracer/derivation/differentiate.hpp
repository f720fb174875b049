#pragma once

#include <functional>

#include "tracer/expression/expression.hpp"

/// The derivative of a written formula by one of its names, as the rules of the operations give it.
///
/// It is for formulas that are no quantity of a problem, as in ∂(½(t − o)²)/∂o; derivatives of
/// quantities come from what the graph recorded (local.hpp). What the derivative of a name is, is
/// told from outside; a derivative that stands in the formula is held fixed. Nothing is simplified
/// but zeros and ones.
namespace chalkgrad {

/// The derivative of a symbol: 1 for the name by which the formula is differentiated, 0 for what is
/// held fixed, ∂o/∂w for a quantity that depends on it.
using SlopeOfName = std::function<Expr(const Expr& symbol)>;

/// As long as the formula times its nesting.
[[nodiscard]] Expr differentiate(const Expr& formula, const SlopeOfName& slope);

}  // namespace chalkgrad
