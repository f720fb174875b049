#include "tracer/check/alignment/reevaluation.hpp"

#include <gtest/gtest.h>

namespace chalkgrad {
namespace {

double value_of(const Expr& leaf) { return leaf.text() == "a" ? 2 : leaf.text() == "b" ? 3 : 5; }

/// All numbers are whole, so that nothing is rounded.
TEST(Reevaluation, ChangesSomeLeaves) {
  const Expr a = Expr::symbol("a"), b = Expr::symbol("b"), c = Expr::symbol("c");
  struct Case {
    Expr expr;
    std::vector<std::size_t> leaves;
    double value, expected;
  };
  for (const auto& [expr, leaves, value, expected] : std::vector<Case>{
           {a, {0}, 7, 7},
           {a, {}, 7, 2},
           {a + b - c, {2}, 1, 4},
           {a + b - c, {0, 2}, 10, 3},
           {a * b * c, {1}, 4, 40},
           {a * (b - c) - a, {0, 3}, 4, -12},
           {a * (b - c) - a, {2}, 3, -2},
           {pow(a, b) / a, {1}, 5, 16},
           {abs(a - (b + 4.0)), {1, 2}, 6, 10},
           {-(a * b), {0}, 3, -9},
       }) {
    EXPECT_EQ(Reevaluation(expr, value_of).with(leaves, value), expected);
  }
}

}  // namespace
}  // namespace chalkgrad
