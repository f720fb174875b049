#pragma once

#include <random>
#include <string>
#include <vector>

#include "tracer/expression/expression.hpp"

namespace chalkgrad::testing {

/// Tests that use chance print the seed, so that a failure can be repeated.
using Random = std::mt19937_64;

inline double uniform(Random& random, double low, double high) {
  return std::uniform_real_distribution<double>(low, high)(random);
}

inline int below(Random& random, int count) {
  return std::uniform_int_distribution<int>(0, count - 1)(random);
}

/// Any expression that can be written: every kind of node, over the given symbols, at most `depth`
/// deep.
Expr random_expression(Random& random, const std::vector<std::string>& symbols, int depth);

}  // namespace chalkgrad::testing
