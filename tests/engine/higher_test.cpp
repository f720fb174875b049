#include "engine/higher.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "engine/backward.hpp"

namespace chalkgrad {
namespace {

/// The n-th derivative of f at x.
template <class F>
double derivative(F f, double at, int n) {
  Graph graph;
  const std::array x = {graph.variable("x", at)};
  Value y = f(x[0]);
  for (int i = 0; i < n; ++i) y = differentiate(y, x)[0];
  return y.value();
}

// Expected values in closed form.
TEST(Higher, DerivativesOfDerivatives) {
  const double x = 0.7, s = 1 / (1 + std::exp(-x)), t = std::tanh(x);
  EXPECT_NEAR(derivative([](Value v) { return sin(v); }, x, 4), std::sin(x), 1e-15);
  EXPECT_NEAR(derivative([](Value v) { return exp(2 * v); }, x, 3), 8 * std::exp(2 * x), 1e-13);
  EXPECT_NEAR(derivative([](Value v) { return pow(v, 5); }, x, 3), 60 * x * x, 1e-13);
  EXPECT_NEAR(derivative([](Value v) { return pow(v, 2); }, 0, 2), 2, 1e-15);
  EXPECT_NEAR(derivative([](Value v) { return 1 / v; }, x, 2), 2 / (x * x * x), 1e-13);
  EXPECT_NEAR(derivative([](Value v) { return sigmoid(v); }, x, 2), s * (1 - s) * (1 - 2 * s),
              1e-15);
  EXPECT_NEAR(derivative([](Value v) { return tanh(v); }, x, 2), -2 * t * (1 - t * t), 1e-14);
  EXPECT_NEAR(derivative([](Value v) { return softplus(v); }, x, 2), s * (1 - s), 1e-15);
  EXPECT_NEAR(derivative([](Value v) { return log(v); }, x, 3), 2 / (x * x * x), 1e-13);
  EXPECT_EQ(derivative([](Value v) { return relu(v) + abs(v) + step(v); }, x, 2), 0);
  EXPECT_EQ(derivative([](Value v) { return max(v, 2 * v) * v; }, x, 2), 4);
  EXPECT_EQ(derivative([](Value v) { return 3 * v; }, x, 2), 0);
}

// f = (1 − a)² + 100·(b − a²)², Rosenbrock's function; ∂²f/∂a² = 2 − 400·(b − 3a²),
// ∂²f/∂a∂b = −400a, ∂²f/∂b² = 200.
TEST(Higher, HessianOfRosenbrock) {
  Graph graph;
  const std::array x = {graph.variable("a", -1.2), graph.variable("b", 1)};
  const Value f = square(1 - x[0]) + 100 * square(x[1] - square(x[0]));
  const auto rows = hessian(f, x);
  EXPECT_NEAR(rows[0][0], 1330, 1e-10);
  EXPECT_NEAR(rows[0][1], 480, 1e-11);
  EXPECT_NEAR(rows[1][0], 480, 1e-11);
  EXPECT_NEAR(rows[1][1], 200, 1e-11);
}

TEST(Higher, FusedNodesAndForksAreDifferentiatedToo) {
  Graph graph;
  const std::array x = {graph.variable("a", 2), graph.variable("b", 3)};
  Value y = x[0] * x[0];
  y += x[0] * x[1];
  y += x[1] * x[1];
  const Value z = y * y;  // (a² + ab + b²)²
  const auto first = differentiate(z, x);
  EXPECT_EQ(first[0].value(), 2 * 19 * 7);
  EXPECT_EQ(first[1].value(), 2 * 19 * 8);
  const auto rows = hessian(z, x);
  EXPECT_EQ(rows[0][0], 2 * 49 + 4 * 19);
  EXPECT_EQ(rows[0][1], 2 * 56 + 2 * 19);
  EXPECT_EQ(rows[1][0], rows[0][1]);
}

TEST(Higher, RecordsLittleAndNeedsNoStack) {
  Graph graph;
  const std::array x = {graph.variable("x", 0.5)};
  Value y = x[0];
  for (int i = 0; i < 100'000; ++i) y = sin(y);
  const NodeId before = graph.size();
  const Value slope = differentiate(y, x)[0];
  EXPECT_LE(graph.size() - before, 2u * before);
  EXPECT_DOUBLE_EQ(slope.value(), backward(y)[x[0]]);
}

TEST(Higher, SecondDerivativesVanishWhereAnActivationIsSaturated) {
  for (const double x : {-800.0, 800.0}) {
    EXPECT_EQ(derivative([](Value v) { return softplus(v); }, x, 2), 0) << x;
    EXPECT_EQ(derivative([](Value v) { return tanh(v); }, x, 2), 0) << x;
    EXPECT_EQ(derivative([](Value v) { return sigmoid(v); }, x, 2), 0) << x;
  }
}

TEST(Higher, GoesNoFurtherThanAsked) {
  Graph graph;
  const Value root = sqrt(graph.constant(0));  // the derivative of √ does not exist there
  const std::array x = {root};
  EXPECT_EQ(differentiate(square(root) + 3 * root, x)[0].value(), 3);
  // and where it is asked for, it is an error, not a number
  const std::array zero = {graph.variable("zero", 0)};
  EXPECT_THROW((void)hessian(pow(zero[0], 0.5), zero), DomainError);
}

TEST(Higher, RefusesValuesOfAnotherGraph) {
  Graph graph, other;
  const Value y = graph.variable("x", 1);
  const std::array z = {other.variable("z", 1)};
  EXPECT_THROW((void)differentiate(y, z), GraphError);
  const std::array later = {graph.variable("later", 1)};
  EXPECT_EQ(differentiate(y, later)[0].value(), 0);
}

}  // namespace
}  // namespace chalkgrad
