#pragma once

#include <optional>

#include "tracer/derivation/quantities.hpp"

/// The derivative of a function through its own value, where that is shorter: y·(1 − y) for
/// y = 1/(1 + exp(−z)), 1/2·(1 + y)·(1 − y) for y = 2/(1 + exp(−z)) − 1, as books write it, and
/// n·(x − m)/s² for a density. It is found by recognition, whatever the function is called and
/// however its formula is written; what is no polynomial of second degree in y with two of −1, 0
/// and 1 as roots, and no product with an exponential, is left alone.
namespace chalkgrad {

/// The derivative of `definition` by the name `by` as k·(y − a)·(b − y)·∂u/∂x, where y is the name
/// `own` and u what the first exponential, sigmoid or tanh is taken of; or as y·(ln y)′, factor by
/// factor. Nothing if the derivative is neither (the two are compared in worlds of random numbers,
/// to nine digits), or if that is not shorter than `derivative`, in which the name `own` may stand
/// too. Linear in the length of the definition; one of more than 80 nodes is left alone.
[[nodiscard]] std::optional<Expr> through_own_value(const Expr& definition, const Expr& own,
                                                    const Expr& by, const Expr& derivative);

/// The same of a quantity y. Nothing where it would lose the digits of the derivative's `value`
/// (NaN: not known), as 1 − y does where y is all but 1.
[[nodiscard]] std::optional<Expr> through_own_value(const Quantities& quantities, QuantityIndex y,
                                                    QuantityIndex x, const Expr& derivative,
                                                    double value);

}  // namespace chalkgrad
