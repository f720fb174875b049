#include "tracer/check/alignment/hull.hpp"

#include <gtest/gtest.h>

namespace chalkgrad {
namespace {

using Values = std::vector<double>;

TEST(Hull, IsTheValuesBetweenTheEnds) {
  const auto product = [](const Values& v) { return v[0] * v[1]; };
  const Range range = hull(product, {{2, 3}, {5, 4}});
  EXPECT_DOUBLE_EQ(range.low, 8);
  EXPECT_DOUBLE_EQ(range.high, 15);
  const Range falling = hull([](const Values& v) { return 1 / v[0]; }, {{2, 4}});
  EXPECT_DOUBLE_EQ(falling.low, 0.25);
  EXPECT_DOUBLE_EQ(falling.high, 0.5);
}

/// In o·(1 − o) both o's are one source: 0.24 to 0.25, not 0.2 to 0.3.
TEST(Hull, OneSourceMovesAsOne) {
  const Range one = hull([](const Values& v) { return v[0] * (1 - v[0]); }, {{0.4, 0.5}});
  EXPECT_NEAR(one.low, 0.24, 1e-15);
  EXPECT_NEAR(one.high, 0.25, 1e-15);
  const Range two =
      hull([](const Values& v) { return v[0] * (1 - v[1]); }, {{0.4, 0.5}, {0.4, 0.5}});
  EXPECT_NEAR(two.low, 0.2, 1e-15);
  EXPECT_NEAR(two.high, 0.3, 1e-15);
}

TEST(Hull, OfWhatDoesNotMoveIsAPoint) {
  const Range range = hull([](const Values& v) { return v[0] - v[1]; }, {{3, 3}, {1, 1}});
  EXPECT_EQ(range.low, 2);
  EXPECT_EQ(range.high, 2);
  EXPECT_EQ(range.nearest(5), 2);
  EXPECT_EQ((Range{1, 3}.nearest(2)), 2);
}

}  // namespace
}  // namespace chalkgrad
