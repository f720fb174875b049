#pragma once

#include <cstddef>

#include "tracer/expression/expression.hpp"

/// A hash of expressions, for tables of them: equal for equal expressions, and also for products of
/// the same factors in another order.
namespace chalkgrad {

struct ExpressionHash {
  [[nodiscard]] std::size_t operator()(const Expr& e) const;
};

}  // namespace chalkgrad
