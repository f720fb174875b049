#include "engine/replay.hpp"

#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <string>
#include <vector>

#include "engine/backward.hpp"

namespace chalkgrad {
namespace {

TEST(Replay, RunsAgainForOtherLeaves) {
  Graph graph;
  const Value w = graph.variable("w", 2), x = graph.constant("x", 3), unused = graph.variable(1);
  const Value y = sigmoid(w * x + 1);
  Replay replay(y);
  EXPECT_EQ(replay.run(), y.value());
  EXPECT_EQ(replay[w], backward(y)[w]);
  EXPECT_EQ(replay[unused], 0);
  replay.set(w, -1);
  replay.set(unused, 5);
  Graph again;
  const Value v = again.variable("w", -1), z = sigmoid(v * again.constant("x", 3) + 1);
  EXPECT_EQ(replay.run(), z.value());
  EXPECT_EQ(replay[w], backward(z)[v]);
  EXPECT_EQ(replay.value(), z.value());
}

TEST(Replay, BranchesAfresh) {
  Graph graph;
  const Value x = graph.variable("x", 2);
  const Value y = relu(x) + max(x, 1.0) + abs(x) + step(x);
  Replay replay(y);
  EXPECT_EQ(replay.run(), 7);
  EXPECT_EQ(replay[x], 3);
  replay.set(x, -2);
  EXPECT_EQ(replay.run(), 3);
  EXPECT_EQ(replay[x], -1);
  replay.set(x, 0);
  EXPECT_EQ(replay.run(), 2);
  EXPECT_EQ(replay[x], 0);  // by convention
}

TEST(Replay, RunsOfProductsStopWhereASumIsUsedTwice) {
  Graph graph;
  const Value a = graph.variable("a", 2), b = graph.variable("b", 3);
  Value sum = graph.constant(1);
  sum += a * b;
  sum += a * a;
  const Value middle = sum;
  sum += b * b;
  const Value y = sum * middle + (b + b * a);
  Replay replay(y);
  EXPECT_EQ(replay.run(), y.value());
  const Gradients gradients = backward(y);
  EXPECT_EQ(replay[a], gradients[a]);
  EXPECT_EQ(replay[b], gradients[b]);
}

/// A product beside a sum that y does not depend on belongs to nobody but its other user.
TEST(Replay, IgnoresSumsThatAreNotNeeded) {
  Graph graph;
  const Value a = graph.variable("a", 2), b = graph.variable("b", 3), product = a * b;
  const Value elsewhere = a + product, y = product * 2.0;
  Replay replay(y);
  EXPECT_EQ(replay.run(), 12);
  EXPECT_EQ(replay[a], 6);
  EXPECT_EQ(elsewhere.value(), 8);
}

TEST(Replay, AddsUpSamples) {
  Graph graph;
  const Value w = graph.variable("w", 0.5);
  const std::array inputs = {graph.constant("x", 0), graph.constant("t", 0)};
  const Value error = 0.5 * square(inputs[1] - tanh(w * inputs[0]));
  Replay replay(error);
  for (const std::size_t count : {0u, 1u, 7u, 8u, 9u, 100u}) {
    std::vector<double> rows;
    double total = 0, slope = 0;
    for (std::size_t i = 0; i < count; ++i) {
      rows.push_back(0.01 * static_cast<double>(i));
      rows.push_back(1 - 0.02 * static_cast<double>(i));
      replay.set(inputs[0], rows[2 * i]);
      replay.set(inputs[1], rows[2 * i + 1]);
      total += replay.run();
      slope += replay[w];
    }
    replay.set(inputs[0], 4);
    const double before = replay.value();
    EXPECT_NEAR(replay.run(inputs, rows), total, 1e-14 * total) << count;
    EXPECT_NEAR(replay[w], slope, 1e-13 * std::abs(slope)) << count;
    EXPECT_EQ(replay.value(), before) << "the leaves are as they were";
  }
}

TEST(Replay, IsIndependentOfItsGraph) {
  auto graph = std::make_unique<Graph>();
  const Value x = graph->variable("x", 3);
  Replay replay(x * x * x);
  graph.reset();
  replay.set(x, 2);
  EXPECT_EQ(replay.run(), 8);
  EXPECT_EQ(replay[x], 12);
}

TEST(Replay, DeadLanesHandNothingOn) {
  Graph graph;
  const std::array x = {graph.variable("x", 1)};
  const Value w = graph.variable("w", 1);
  const Value y = relu(x[0] - 2) * sqrt(w) + w;
  Replay replay(y);
  replay.set(w, 0);  // the derivative of √w is infinite there
  const std::vector<double> rows = {1, 1, 1};
  EXPECT_EQ(replay.run(x, rows), 0);
  EXPECT_EQ(replay[w], 3);
}

TEST(Replay, RefusesMisuse) {
  Graph graph, other;
  const Value x = graph.variable("x", 2), s = x * x, y = log(s);
  Replay replay(y);
  EXPECT_THROW(replay.set(s, 1), GraphError);
  EXPECT_THROW((void)replay[s], GraphError);
  EXPECT_THROW(replay.set(other.variable("o", 1), 1), GraphError);
  EXPECT_THROW((void)Replay(Value()), GraphError);
  const std::array inputs = {x, x};
  const std::array<double, 3> ragged = {1, 2, 3};
  EXPECT_THROW((void)replay.run(inputs, ragged), GraphError);
  EXPECT_THROW((void)replay.run({}, ragged), GraphError);
  replay.set(x, 0);
  EXPECT_THROW((void)replay.run(), DomainError);
  replay.set(x, 1);
  EXPECT_EQ(replay.run(), 0) << "an error leaves nothing behind";
  EXPECT_EQ(replay[x], 2);
}

TEST(Replay, ABatchThatIsBrokenOffLeavesNothingBehind) {
  Graph graph;
  const Value x = graph.variable("x", 0.5), z = graph.variable("z", 1.5);
  const Value y = sin(x + z) + log(z);
  Replay replay(y);
  const std::array inputs = {z};
  const std::vector<double> rows = {1, 2, 3, 4, 5, 6, 7, 8, -1};
  EXPECT_THROW((void)replay.run(inputs, rows), DomainError);
  EXPECT_EQ(replay.run(), y.value());
  EXPECT_EQ(replay[x], backward(y)[x]);
  EXPECT_EQ(replay[z], backward(y)[z]);
}

TEST(Replay, OfALeaf) {
  Graph graph;
  const Value x = graph.variable("x", 2);
  Replay replay(x);
  EXPECT_EQ(replay.run(), 2);
  EXPECT_EQ(replay[x], 1);
}

}  // namespace
}  // namespace chalkgrad
