#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "tracer/derivation/rounding_error.hpp"
#include "tracer/expression/expression.hpp"

/// Case distinctions where the numbers are known: of (1 if net > 0, else 0)·x the case that holds,
/// x, because net > 0. What is left is true at these numbers, and around them, not everywhere.
namespace chalkgrad {

/// left > right, < or =: what decided.
struct DecidedCondition {
  Expr left = 0.0, right = 0.0;
  char relation = '>';
};

struct DecidedCases {
  Expr expr = 0.0;  ///< simplified, without cases
  /// Those that mattered: of a product that is 0 the one by which it is.
  std::vector<DecidedCondition> conditions{};
  bool has_tie = false;  ///< one of them is an equality: a convention decides, at a kink
};

/// What an expression is worth; nothing if that is not known. What differs by nothing but rounding
/// is equal, as it is to the engine's record.
using ValueOf = std::function<std::optional<Approximation>(const Expr& e)>;

/// Nothing if there is no case distinction in the expression, or what it depends on is not known.
/// Linear in its size.
[[nodiscard]] std::optional<DecidedCases> decide_cases(const Expr& e, const ValueOf& value_of);

/// With relu, abs, max and the like as case distinctions.
[[nodiscard]] Expr with_branches(const Expr& e);

}  // namespace chalkgrad
