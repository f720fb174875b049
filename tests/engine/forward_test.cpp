#include "engine/forward.hpp"

#include <gtest/gtest.h>

#include "engine/backward.hpp"

namespace chalkgrad {
namespace {

TEST(Forward, GivesTheDerivativesOfEverything) {
  Graph graph;
  const Value x = graph.variable("x", 3), z = graph.variable("z", 5);
  Value y = x * x;
  y += x * z;
  const Value w = y * 2.0;
  const Tangents tangents = forward(x);
  EXPECT_EQ(tangents[x], 1);
  EXPECT_EQ(tangents[z], 0);
  EXPECT_EQ(tangents[y], 11);
  EXPECT_EQ(tangents[w], 22);
  EXPECT_EQ(tangents[w], backward(w)[x]);
  Graph other;
  EXPECT_THROW((void)tangents[other.variable("o", 1)], GraphError);
  EXPECT_THROW((void)forward(Value()), GraphError);
  EXPECT_EQ(tangents[graph.variable("later", 1)], 0);
}

}  // namespace
}  // namespace chalkgrad
