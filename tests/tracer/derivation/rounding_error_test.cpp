#include "tracer/derivation/rounding_error.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "engine/value.hpp"
#include "tests/support/problems.hpp"
#include "tracer/expression/parser.hpp"

namespace chalkgrad {
namespace {

double error_of(const Value& value) { return RoundingErrors(value.graph()).of(value.id()); }

TEST(RoundingError, BoundsWhatCancellationLeaves) {
  Graph graph;
  const Value a = graph.variable("a", 0.1), b = graph.variable("b", 0.2),
              c = graph.variable("c", 0.3);
  const Value rest = a + b - c;
  EXPECT_NE(rest.value(), 0);
  EXPECT_GE(error_of(rest), std::abs(rest.value()));
  EXPECT_LT(error_of(rest), 1e-15);
  const Value square = rest * rest;
  EXPECT_GE(error_of(square), square.value());
  // A number that really is that small is not mistaken for noise.
  const Value small = 1e-17 * a;
  EXPECT_LT(error_of(small), 1e-15 * small.value());
}

TEST(RoundingError, WhatIsExactHasNoError) {
  Graph graph;
  const Value x = graph.variable("x", 3), big = graph.variable("big", 1e16);
  const Value all[] = {x,           x * x,         x * 0.375 - 1, (x * 4) / 8,
                       sqrt(x * 3), big + 2 - big, max(x, -x),    relu(x)};
  for (const Value& exact : all) EXPECT_EQ(error_of(exact), 0) << exact.value();
  // Of the third 1e16 + 1 loses all; of the tenth the double is a neighbour.
  EXPECT_EQ(error_of(big + 1), 1);
  EXPECT_GT(error_of(x / 9), 0);
  EXPECT_GT(error_of(x * 0.1), 0);
}

TEST(RoundingError, SmallDifferencesOfLargeExactNumbersStay) {
  const std::string sheet =
      testing::sheet_of("input a = 1e16, b = 2\ny = a + b - a\nz = y^2\nderive z wrt b\n");
  EXPECT_NE(sheet.find("= 2 "), std::string::npos) << sheet;
  EXPECT_NE(sheet.find("∂z/∂b = 4·1 = 4"), std::string::npos) << sheet;
}

/// The bound holds against long double, and is not much too wide.
TEST(RoundingError, HoldsForRandomPolynomials) {
  const unsigned seed = 99;
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  std::mt19937_64 random(seed);
  std::uniform_int_distribution<int> digit(-999, 999);
  for (int i = 0; i < 500; ++i) {
    Graph graph;
    Value total = graph.constant(0);
    long double exact = 0;
    for (int k = 0; k < 8; ++k) {
      const int p = digit(random), q = digit(random);
      total = total + graph.constant(p / 100.0) * graph.constant(q / 1000.0);
      exact += static_cast<long double>(p) * q / 100000.0L;
    }
    const double off =
        static_cast<double>(std::abs(static_cast<long double>(total.value()) - exact));
    EXPECT_LE(off, error_of(total) * 1.0001 + 1e-19);
    EXPECT_LT(error_of(total), 1e-13);
  }
}

TEST(RoundingError, OfAnExpressionIsThatOfItsParts) {
  const auto value_of = [](const Expr&) { return Approximation{0.1, 1e-17}; };
  const Approximation rest = evaluate_with_error(parse_expression("x*3 - 0.3"), value_of);
  EXPECT_GE(rest.error, std::abs(rest.value));
  EXPECT_LT(rest.error, 1e-15);
  const Approximation power = evaluate_with_error(parse_expression("(-2)^3"), value_of);
  EXPECT_EQ(power.value, -8);
  EXPECT_LT(power.error, 1e-14);
  EXPECT_NEAR(evaluate_with_error(parse_expression("sin(x)"), value_of).error, 1.2e-17, 3e-17);
}

TEST(RoundingError, SheetsShowZeroWhereZeroIsMeant) {
  const std::string sheet = testing::sheet_of(
      "input a = 0.1, b = 0.2, c = 0.3\ny = a + b - c\nz = y^2\nderive z wrt a\n");
  EXPECT_NE(sheet.find("y = a + b − c = 0.1 + 0.2 − 0.3 = 0 "), std::string::npos) << sheet;
  EXPECT_NE(sheet.find("∂z/∂a = 0·1 = 0 "), std::string::npos) << sheet;
  const Solution solution =
      testing::solve_text("input a = 0.1, b = 0.2, c = 0.3\ny = a + b - c\nexpect y = 0");
  EXPECT_TRUE(solution.all_expectations_hold());
}

}  // namespace
}  // namespace chalkgrad
