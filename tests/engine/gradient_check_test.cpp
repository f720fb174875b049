#include "engine/gradient_check.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "engine/backward.hpp"

namespace chalkgrad {
namespace {

/// The verdict on f at x, where the derivative is claimed to be `factor` times what it is.
template <class F>
GradientVerdict verdict(F f, double at, double factor = 1) {
  Graph graph;
  const std::array x = {graph.variable("x", at)};
  const Value y = f(x[0]);
  const std::array claimed = {factor * backward(y)[x[0]]};
  return check_gradient(y, x, claimed)[0].verdict;
}

TEST(GradientCheck, RightOnesAgreeAndWrongOnesDiffer) {
  const auto tiny = [](Value x) { return 1e-9 * sin(x); };
  const auto beside_one = [](Value x) { return 1 + 1e-9 * sin(x); };
  const auto steep = [](Value x) { return exp(40 * x); };
  const auto composed = [](Value x) { return sigmoid(3 * x) * tanh(x) + log(1 + square(x)); };
  const auto chained = [](Value x) {
    for (int i = 0; i < 30; ++i) x = sin(x) + 0.1 * cos(x);
    return x;
  };
  for (const double at : {0.3, 1.0, -2.0}) {
    for (const auto& agrees : {verdict(tiny, at), verdict(beside_one, at), verdict(steep, at),
                               verdict(composed, at), verdict(chained, at)})
      EXPECT_EQ(agrees, GradientVerdict::agrees) << at;
    // A gradient of 1e-9 is not 1.01e-9.
    for (const double factor : {0.0, 0.99, 1.01, -1.0, 2.0}) {
      for (const auto& differs :
           {verdict(tiny, at, factor), verdict(beside_one, at, factor), verdict(steep, at, factor),
            verdict(composed, at, factor), verdict(chained, at, factor)})
        EXPECT_EQ(differs, GradientVerdict::differs) << at << " times " << factor;
    }
  }
}

TEST(GradientCheck, KinksAreNoErrors) {
  for (const double factor : {0.0, 1.0, 2.0}) {
    EXPECT_EQ(verdict([](Value x) { return relu(x); }, 0, factor), GradientVerdict::kink);
    EXPECT_EQ(verdict([](Value x) { return 3 + abs(x) * 1e-9; }, 0, factor), GradientVerdict::kink);
    EXPECT_EQ(verdict([](Value x) { return max(x, 2 * x) + square(x); }, 0, factor),
              GradientVerdict::kink);
    EXPECT_EQ(verdict([](Value x) { return step(x); }, 0, factor), GradientVerdict::kink);
  }
  // Close to a kink is not at it.
  for (const double at : {1e-3, 1e-6, -1e-3}) {
    const auto f = [](Value x) { return relu(x) + 0.5 * x; };
    EXPECT_EQ(verdict(f, at), GradientVerdict::agrees) << at;
    EXPECT_EQ(verdict(f, at, 1.01), GradientVerdict::differs) << at;
  }
}

/// Where y itself loses nothing the differences are more precise than the derivative is.
TEST(GradientCheck, AllowsForTheRoundingOfTheDerivative) {
  const auto line = [](Value x) { return 0.1 * x; };
  const auto parabola = [](Value x) { return 0.1 * x + 0.7 * square(x); };
  const auto cube = [](Value x) { return x * x * x; };
  const auto cancelling = [](Value x) { return square(x * x - 2.0); };
  for (const double at : {0.0, 1e-3, 0.0061518197562842047, 0.010927861653358795, 0.25}) {
    EXPECT_EQ(verdict(line, at), GradientVerdict::agrees) << at;
    EXPECT_EQ(verdict(parabola, at), GradientVerdict::agrees) << at;
    EXPECT_NE(verdict(cube, at), GradientVerdict::differs) << at;
  }
  for (double at = 1.4142135; at < 1.4142137; at += 1e-9)
    EXPECT_NE(verdict(cancelling, at), GradientVerdict::differs) << at;
  EXPECT_NE(verdict(cancelling, std::sqrt(2.0)), GradientVerdict::differs);
}

/// 0 is claimed, and 1 is true: where the difference sees nothing, that proves nothing.
TEST(GradientCheck, WhatCannotBeSeenIsNotZero) {
  for (const double c : {1e17, 1e20}) {
    EXPECT_NE(verdict([c](Value x) { return c + x; }, 1, 0), GradientVerdict::agrees);
    EXPECT_NE(verdict([c](Value x) { return x + c - c; }, 1, 0), GradientVerdict::agrees);
  }
}

TEST(GradientCheck, JumpsAndSmallKinksAreNoErrors) {
  EXPECT_EQ(verdict([](Value x) { return x + sign(x); }, 0), GradientVerdict::kink);
  EXPECT_NE(verdict([](Value x) { return exp(x) + 1e-6 * relu(x - 1); }, 1),
            GradientVerdict::differs);
  EXPECT_NE(verdict([](Value x) { return pow(relu(x), 1.5); }, 0), GradientVerdict::differs);
  for (const double at : {1e-13, 3e-13})
    EXPECT_EQ(verdict([](Value x) { return tanh(x / 3e-13); }, at), GradientVerdict::agrees) << at;
}

TEST(GradientCheck, AnUndefinedDerivativeElsewhereDoesNotMatter) {
  Graph graph;
  const std::array x = {graph.variable("x", -2)};
  const Value y = pow(x[0], graph.constant("n", 2));
  EXPECT_EQ(check_gradient(y, x)[0].verdict, GradientVerdict::agrees);
}

TEST(GradientCheck, ZeroIsZero) {
  EXPECT_EQ(verdict([](Value x) { return relu(x - 3) + 1; }, 1), GradientVerdict::agrees);
  EXPECT_EQ(verdict([](Value x) { return square(x); }, 0), GradientVerdict::agrees);
  Graph graph;
  const std::array x = {graph.variable("x", 1)};
  const std::array claimed = {0.0};
  EXPECT_EQ(check_gradient(1e-9 * x[0], x, claimed)[0].verdict, GradientVerdict::differs);
}

TEST(GradientCheck, SaysWhenItCannotTell) {
  // √x at 0: no difference to the left.
  EXPECT_EQ(verdict([](Value x) { return sqrt(x) * x; }, 0), GradientVerdict::undecided);
  // What is lost beside 1e8 cannot be seen.
  EXPECT_EQ(verdict([](Value x) { return 1e8 + 1e-9 * x; }, 1), GradientVerdict::undecided);
}

TEST(GradientCheck, TakesItsOwnSweepAndLeavesNothingBehind) {
  Graph graph;
  const std::array x = {graph.variable("a", 0.4), graph.variable("b", 2)};
  const Value y = pow(x[1], x[0]) / (1 + exp(-x[0]));
  const NodeId size = graph.size();
  for (const GradientComparison& one : check_gradient(y, x)) {
    EXPECT_EQ(one.verdict, GradientVerdict::agrees);
    EXPECT_NEAR(one.difference, one.gradient, 1e-9);
    EXPECT_LT(one.error, 1e-8);
  }
  EXPECT_EQ(graph.size(), size);
  EXPECT_THROW((void)check_gradient(y, x, std::array{1.0}), GraphError);
}

}  // namespace
}  // namespace chalkgrad
