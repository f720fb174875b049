#pragma once

#include "tracer/expression/expression.hpp"

/// Simplification, as far as a person does it without thinking. A function from expressions to
/// expressions; nothing else in the tracer simplifies, and it is no computer algebra.
namespace chalkgrad {

/// What a person would write for the raw line of the derivative rules: 1/2·2·(t − y)^(2 − 1)·(−1)
/// becomes −(t − y).
///
/// Collects literal factors and terms (exactly, as fractions), drops factors 1 and terms 0, gathers
/// equal factors to powers and equal terms to multiples, and takes signs out of products. It does
/// not expand, factor, or sort: what is left stands in the order it was written. The result has the
/// same value wherever the original has one. Idempotent.
[[nodiscard]] Expr simplify(const Expr& e);

}  // namespace chalkgrad
