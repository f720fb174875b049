#pragma once

#include <span>
#include <vector>

#include "engine/value.hpp"

/// Higher derivatives: a reverse sweep that is itself recorded.
///
/// Its adjoints are Values, computed by the same rules from the recorded operands, so a derivative
/// can be differentiated again, as often as one likes. Factors 0 and 1 are not recorded. A kink
/// counts as what its convention says, and the branch taken as constant: the second derivative of
/// |x| is 0.
namespace chalkgrad {

/// ∂y/∂x for each x, as values of the same graph. Records a small multiple of the operations
/// between the x and y; no recursion. Throws GraphError for values of different graphs, DomainError
/// where a derivative leaves a domain.
[[nodiscard]] std::vector<Value> differentiate(Value y, std::span<const Value> x);

/// ∂²y/∂x∂x, row by row: one recorded sweep, and one plain sweep for each x.
[[nodiscard]] std::vector<std::vector<double>> hessian(Value y, std::span<const Value> x);

}  // namespace chalkgrad
