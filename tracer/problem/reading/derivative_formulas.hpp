#pragma once

#include <vector>

#include "tracer/derivation/derivation.hpp"

namespace chalkgrad {

/// What was asked for, as definitions can go on with it: in quantities of the file alone, in short
/// where that holds for a reason, automatic names by what they are, and cases by step.
[[nodiscard]] std::vector<Expr> derivative_formulas(const Derivation& derivation,
                                                    const Quantities& quantities);

}  // namespace chalkgrad
