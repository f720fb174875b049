#include "tracer/derivation/path_sum.hpp"

#include <gtest/gtest.h>

#include "tests/support/problems.hpp"

namespace chalkgrad {
namespace {

std::string paths(const Solution& solution, const std::string& y, const std::string& x) {
  const Quantities& quantities = *solution.quantities;
  std::string list;
  for (const auto& path : all_paths(quantities, *quantities.find(y), *quantities.find(x))) {
    for (const QuantityIndex q : path) list += quantities[q].name + " ";
    list += "; ";
  }
  return list;
}

TEST(PathSum, FindsEveryPath) {
  const Solution solution =
      testing::solve_text("input x = 1, u = 2\na = 2*x\nb = a + x\nc = a*b\ny = c + x");
  EXPECT_EQ(paths(solution, "y", "x"), "x a b c y ; x a c y ; x b c y ; x y ; ");
  EXPECT_EQ(paths(solution, "y", "u"), "");
  EXPECT_EQ(paths(solution, "y", "y"), "y ; ");
}

TEST(PathSum, CountsWithoutEnumerating) {
  std::string text = "weight w = 1\na0 = w\nb0 = 2*w\n";
  for (int i = 1; i <= 100; ++i) {
    const std::string k = std::to_string(i), j = std::to_string(i - 1);
    text += "a" + k + " = a" + j + " + b" + j + "\nb" + k + " = a" + j + " - b" + j + "\n";
  }
  text += "y = a100 + b100\n";
  const Solution solution = testing::solve_text(text);
  const Quantities& quantities = *solution.quantities;
  const auto count = [&](const char* y) {
    return count_paths(quantities, *quantities.find(y), *quantities.find("w"));
  };
  EXPECT_EQ(count("a0"), "1");
  EXPECT_EQ(count("a3"), "8");
  // 2^101, by Python.
  EXPECT_EQ(count("y"), "2535301200456458802993406410752");
}

}  // namespace
}  // namespace chalkgrad
