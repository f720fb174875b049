#pragma once

#include "tracer/arrays/array_value.hpp"

/// det(A), inverse(A) and solve(A, b) of matrices up to 4 × 4, written out: what a person does for
/// a step of Newton's method. Larger ones have formulas that nobody reads. All throw ShapeError
/// where the shapes do not fit.
namespace chalkgrad {

/// By the first row (Laplace), without what is multiplied by 0.
[[nodiscard]] Expr determinant(const ArrayValue& matrix);
/// The transposed matrix of the cofactors over the determinant.
[[nodiscard]] ArrayValue inverse(const ArrayValue& matrix);
/// x of A·x = b, by Cramer's rule.
[[nodiscard]] ArrayValue solution_of(const ArrayValue& matrix, const ArrayValue& right);

}  // namespace chalkgrad
