#include "engine/dual.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace chalkgrad {
namespace {

// y = ln(x1) + x1·x2 − sin(x2) at (2, 5), the example of Baydin et al., "Automatic differentiation
// in machine learning: a survey" (2018), table 2: ∂y/∂x1 = 1/x1 + x2 = 5.5.
TEST(Dual, CarriesOneTangent) {
  const auto f = [](auto x1, auto x2) { return log(x1) + x1 * x2 - sin(x2); };
  const Dual along_first = f(Dual{2, 1}, Dual{5, 0});
  EXPECT_DOUBLE_EQ(along_first.value, 11.652071455223084);
  EXPECT_DOUBLE_EQ(along_first.tangent, 5.5);
  EXPECT_DOUBLE_EQ(f(Dual{2, 0}, Dual{5, 1}).tangent, 2 - std::cos(5.0));
}

TEST(Dual, TakesPlainNumbersBesideIt) {
  const Dual x{3, 1};
  EXPECT_EQ((2 * x + 1).tangent, 2);
  EXPECT_EQ((1 / x).tangent, -1.0 / 9);
  EXPECT_EQ(pow(x, 2).tangent, 6);
  EXPECT_EQ(max(x, 5.0).tangent, 0);
  Dual y = x;
  y *= y;
  EXPECT_EQ(y.tangent, 6);
}

TEST(Dual, WhatDoesNotMoveHandsNothingOn) {
  EXPECT_EQ(sqrt(Dual{0, 0}).tangent, 0);
  EXPECT_EQ(pow(Dual{-2, 1}, 2.0).tangent, -4);  // ∂/∂2 does not exist, and is not asked for
  EXPECT_THROW((void)log(Dual{0, 1}), DomainError);
}

}  // namespace
}  // namespace chalkgrad
