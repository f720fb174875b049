#include "tracer/derivation/paths.hpp"

#include <gtest/gtest.h>

#include "tests/support/problems.hpp"

namespace chalkgrad {
namespace {

class PathsTest : public ::testing::Test {
 protected:
  // x forks to a and b, which meet in c; d goes on alone; y also uses a directly. z leads nowhere.
  Solution solution_ = testing::solve_text(R"(
input x = 1, z = 2
a = 2*x
b = 3*x
c = a*b
d = c^2
y = d + a*d
)");
  const Quantities& quantities_ = *solution_.quantities;

  QuantityIndex at(const char* name) const { return *quantities_.find(name); }
  Paths paths(const char* y, const char* x) const { return Paths(quantities_, at(y), at(x)); }
  std::string names(const std::vector<QuantityIndex>& list) const {
    std::string text;
    for (const QuantityIndex i : list) text += quantities_[i].name;
    return text;
  }
};

TEST_F(PathsTest, FindsWhatLiesBetween) {
  EXPECT_EQ(names(paths("y", "x").quantities()), "xabcdy");
  EXPECT_EQ(names(paths("c", "x").quantities()), "xabc");
  EXPECT_EQ(names(paths("d", "c").quantities()), "cd");
  EXPECT_FALSE(paths("y", "z").exist());
  EXPECT_FALSE(paths("x", "y").exist());
}

TEST_F(PathsTest, FindsTheBottlenecks) {
  EXPECT_EQ(names(paths("d", "x").bottlenecks()), "xcd");
  EXPECT_EQ(names(paths("y", "x").bottlenecks()), "xy");  // a jumps over c and d
  EXPECT_EQ(names(paths("y", "b").bottlenecks()), "bcdy");
}

TEST_F(PathsTest, FindsTheUsersOfX) {
  EXPECT_EQ(names(paths("y", "x").users_of_x()), "ab");
  EXPECT_EQ(names(paths("y", "a").users_of_x()), "cy");
}

TEST_F(PathsTest, TellsWhetherPathsMeet) {
  EXPECT_TRUE(paths("c", "x").are_disjoint({at("a"), at("b")}));
  EXPECT_FALSE(paths("y", "x").are_disjoint({at("d"), at("a")}));  // d is reached through a
}

}  // namespace
}  // namespace chalkgrad
