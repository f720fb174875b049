#include "tracer/derivation/local.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/problems.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/expression/simplify.hpp"

namespace chalkgrad {
namespace {

using testing::solve_text;

LocalDerivative local(const Solution& solution, const char* y, const char* x) {
  const Quantities& quantities = *solution.quantities;
  return local_derivative(quantities, *quantities.find(y), *quantities.find(x));
}

TEST(LocalDerivative, GivesTheRawLineOfTheRules) {
  const Solution solution = solve_text(R"(
input t1 = 0.01, o = 0.75, x = 2, y = 3
E = 1/2*(t1 - o)^2
p = x*x*x
s = x + x
q = x/y
g = exp(-x)*sin(x)
v = y^x
u = y
c = 3
r = x*y*c*o/t1/E
)");
  struct Case {
    const char *of, *wrt, *raw, *simplified;
    double value;
  };
  // Values by hand; g with mpmath.
  for (const auto& [of, wrt, raw, simplified, value] : {
           Case{"E", "o", "1/2·2·(t1 − o)^(2 − 1)·(−1)", "−(t1 − o)", 0.74},
           Case{"E", "t1", "1/2·2·(t1 − o)^(2 − 1)", "t1 − o", -0.74},
           Case{"p", "x", "x·x + x·x + x·x", "3·x^2", 12},
           Case{"s", "x", "1 + 1", "2", 2},
           Case{"q", "x", "1/y", "1/y", 1.0 / 3},
           Case{"q", "y", "−x/y/y", "−x/y^2", -2.0 / 9},
           Case{"g", "x", "exp(−x)·(−1)·sin(x) + exp(−x)·cos(x)",
                "−exp(−x)·sin(x) + exp(−x)·cos(x)", -0.1793793747979046},
           Case{"v", "y", "x·y^(x − 1)", "x·y^(x − 1)", 6},
           Case{"v", "x", "v·ln(y)", "v·ln(y)", 9.88751059801299},
           // Factors stay where they stand in the source.
           Case{"r", "y", "x·c·o/t1/E", "x·c·o/(t1·E)", 4.5 / 0.002738},
           Case{"u", "y", "1", "1", 1},
           Case{"p", "y", "0", "0", 0},
       }) {
    const LocalDerivative found = local(solution, of, wrt);
    EXPECT_EQ(print(found.raw), raw);
    EXPECT_EQ(print(simplify(found.raw)), simplified);
    EXPECT_NEAR(found.value, value, 1e-13 * (1 + std::abs(value)));
  }
}

TEST(LocalDerivative, NamesTheRules) {
  const Solution solution = solve_text(R"(
input t = 0.01, o = 0.75
E = 1/2*(t - o)^2
s = sigmoid(2*o)
p = o*o/t
)");
  EXPECT_EQ(local(solution, "E", "o").all_rules,
            (std::vector<std::string>{"constant factor rule", "power rule", "difference rule"}));
  EXPECT_EQ(local(solution, "E", "o").rules, std::vector<std::string>{"power rule"});
  EXPECT_EQ(local(solution, "s", "o").rules, std::vector<std::string>{"derivative of σ"});
  EXPECT_EQ(local(solution, "p", "o").rules, std::vector<std::string>{"product rule"});
}

TEST(LocalDerivative, StatesAConventionOnlyWhereItIsUsed) {
  const Solution solution = solve_text(R"(
input z = 0, a = 2
r = relu(z)
m = max(a, 2)
n = relu(a)
k = abs(z) + sign(z)
)");
  EXPECT_EQ(local(solution, "r", "z").conventions,
            std::vector<std::string>{"relu'(0) = 0 by convention"});
  EXPECT_EQ(local(solution, "m", "a").conventions,
            std::vector<std::string>{"a tie in max goes to the first operand by convention"});
  EXPECT_EQ(local(solution, "m", "a").value, 0);
  EXPECT_TRUE(local(solution, "n", "a").conventions.empty());
  EXPECT_EQ(local(solution, "k", "z").conventions.size(), 2u);
}

TEST(LocalDerivative, ATieUpToNoiseIsATie) {
  const Solution solution = solve_text(R"(
input a = 0.1, b = 0.2, c = 0.3
d = a + b - c
r = relu(d)
m = max(a + b, c)
)");
  EXPECT_EQ(local(solution, "r", "d").value, 0);
  EXPECT_EQ(local(solution, "r", "d").conventions,
            std::vector<std::string>{"relu'(0) = 0 by convention"});
  EXPECT_EQ(local(solution, "m", "c").value, 0);
  EXPECT_EQ(local(solution, "m", "c").conventions,
            std::vector<std::string>{"a tie in max goes to the first operand by convention"});
}

TEST(LocalDerivative, PowersOfZero) {
  const Solution solution = solve_text("weight a = 0, b = 2\ny = a^b\nz = a^0\nw = (0 - 2)^2*a");
  EXPECT_EQ(local(solution, "y", "a").value, 0);
  EXPECT_EQ(local(solution, "y", "b").value, 0);
  EXPECT_EQ(local(solution, "z", "a").value, 0);
  EXPECT_EQ(local(solution, "w", "a").value, 4);
}

}  // namespace
}  // namespace chalkgrad
