#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/problems.hpp"
#include "tracer/derivation/derivation.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

using testing::solve_text;

constexpr const char* network = R"(
input  i1 = 0.05, i2 = 0.10
weight w1 = 0.15, w2 = 0.20, w3 = 0.25, w4 = 0.30, w5 = 0.40, w6 = 0.45, w7 = 0.50, w8 = 0.55
bias   b1 = 0.35, b2 = 0.60
target t1 = 0.01, t2 = 0.99
net_h1 = w1*i1 + w2*i2 + b1
out_h1 = sigmoid(net_h1)
net_h2 = w3*i1 + w4*i2 + b1
out_h2 = sigmoid(net_h2)
net_o1 = w5*out_h1 + w6*out_h2 + b2
out_o1 = sigmoid(net_o1)
net_o2 = w7*out_h1 + w8*out_h2 + b2
out_o2 = sigmoid(net_o2)
E_o1 = 1/2*(t1 - out_o1)^2
E_o2 = 1/2*(t2 - out_o2)^2
E_total = E_o1 + E_o2
)";

/// "∂y/∂x = statement [rule]" of the one derivative asked for.
std::string step_of(const std::string& text) {
  const Solution solution = solve_text(text);
  const Step& step = solution.derivation.steps[solution.derivation.requested.at(0)];
  const Expr right = step.products.empty() ? step.simplified : solution.derivation.statement(step);
  return print(step.symbol()) + " = " + print(right) + " [" + std::string(rule_name(step.rule)) +
         "]";
}

TEST(Derive, ChoosesTheRuleByTheShapeOfTheGraph) {
  struct Case {
    const char *y, *x, *step;
  };
  for (const auto& [y, x, step] : {
           Case{"E_total", "w5",
                "∂E_total/∂w5 = ∂E_total/∂out_o1 · ∂out_o1/∂net_o1 · ∂net_o1/∂w5 [chain rule]"},
           Case{"E_total", "w1",
                "∂E_total/∂w1 = ∂E_total/∂out_h1 · ∂out_h1/∂net_h1 · ∂net_h1/∂w1 [chain rule]"},
           Case{"E_total", "out_h1", "∂E_total/∂out_h1 = ∂E_o1/∂out_h1 + ∂E_o2/∂out_h1 [sum rule]"},
           Case{"E_total", "out_o1", "∂E_total/∂out_o1 = ∂E_o1/∂out_o1 [one term of the sum]"},
           Case{"E_o1", "out_h1",
                "∂E_o1/∂out_h1 = ∂E_o1/∂out_o1 · ∂out_o1/∂net_o1 · ∂net_o1/∂out_h1 [chain rule]"},
           // The paths through E_o1 and E_o2 meet again in net_h1 and net_h2.
           Case{"E_total", "b1",
                "∂E_total/∂b1 = ∂E_total/∂net_h1 · ∂net_h1/∂b1 + ∂E_total/∂net_h2 · ∂net_h2/∂b1 "
                "[multivariable chain rule]"},
           Case{"E_total", "b2", "∂E_total/∂b2 = ∂E_o1/∂b2 + ∂E_o2/∂b2 [sum rule]"},
           Case{"out_o1", "net_o1", "∂out_o1/∂net_o1 = out_o1·(1 − out_o1) []"},
           Case{"E_total", "E_o1", "∂E_total/∂E_o1 = 1 []"},
           Case{"E_total", "E_total", "∂E_total/∂E_total = 1 []"},
           Case{"E_o1", "w7", "∂E_o1/∂w7 = 0 [independent]"},
           Case{"w1", "E_total", "∂w1/∂E_total = 0 [independent]"},
       })
    EXPECT_EQ(step_of(std::string(network) + "derive " + y + " wrt " + x), step);
}

TEST(Derive, SmallGraphs) {
  struct Case {
    const char *text, *step;
  };
  for (const auto& [text, step] : {
           Case{"input a = 3\ny = a + a\nderive y wrt a", "∂y/∂a = 2 []"},
           Case{"input x = 3\ny = x*x*x\nderive y wrt x", "∂y/∂x = 3·x^2 []"},
           // A diamond.
           Case{"input x = 3\na = 2*x\nb = x^2\ny = a*b\nderive y wrt x",
                "∂y/∂x = ∂y/∂a · ∂a/∂x + ∂y/∂b · ∂b/∂x [multivariable chain rule]"},
           // Used three times, and once directly.
           Case{"input x = 3\na = 2*x\nb = x^2\ny = a*b + x\nderive y wrt x",
                "∂y/∂x = ∂y/∂a · ∂a/∂x + ∂y/∂b · ∂b/∂x + ∂y/∂x|direct [multivariable chain rule]"},
           // A difference of two terms that depend on x.
           Case{"input x = 3\na = 2*x\nb = x^2\ny = a - b\nderive y wrt x",
                "∂y/∂x = ∂a/∂x − ∂b/∂x [sum rule]"},
           // What flows from x to b by way of a is counted with a.
           Case{"input x = 3\na = 2*x\nb = a*x\ny = a*b\nderive y wrt x",
                "∂y/∂x = ∂y/∂a · ∂a/∂x + ∂y/∂b · ∂b/∂x|direct [multivariable chain rule]"},
           Case{"input x = 3\na = x^2\ny = a\nderive y wrt x",
                "∂y/∂x = ∂a/∂x [one term of the sum]"},
           Case{"input x = 3\na = x^2\ny = a - 1\nz = y + x*0\nderive z wrt a",
                "∂z/∂a = ∂y/∂a [one term of the sum]"},
           // The other term depends on a as well, by way of b.
           Case{"input x = 3\na = x^2\nb = 2*a\ny = a + b\nderive y wrt x",
                "∂y/∂x = ∂y/∂a · ∂a/∂x [chain rule]"},
           // A negative term is not folded away: its factor is −1.
           Case{"input x = 3\na = x^2\ny = 1 - a\nderive y wrt x",
                "∂y/∂x = ∂y/∂a · ∂a/∂x [chain rule]"},
       })
    EXPECT_EQ(step_of(text), step) << text;
}

TEST(Derive, EachDerivativeOnceAndEarlierOnesFirst) {
  const Solution solution =
      solve_text(std::string(network) + "derive E_total wrt all\nderive E_total wrt w5, out_h1");
  const auto& steps = solution.derivation.steps;
  std::vector<std::string> seen;
  for (StepIndex i = 0; i < steps.size(); ++i) {
    seen.push_back(print(steps[i].symbol()));
    for (const auto& product : steps[i].products)
      for (const StepIndex factor : product.factors) EXPECT_LT(factor, i) << seen.back();
  }
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(std::adjacent_find(seen.begin(), seen.end()), seen.end());
}

TEST(Derive, ValuesAgreeWithTheReverseSweep) {
  const Solution solution = solve_text(std::string(network) + "derive E_total wrt all");
  for (const StepIndex i : solution.derivation.requested) {
    const Step& step = solution.derivation.steps[i];
    EXPECT_NEAR(step.value, solution.gradients.at(step.of).at(step.wrt), 1e-16) << step.wrt;
  }
}

TEST(Derive, WritesTheFullySubstitutedFormula) {
  const Solution solution = solve_text(std::string(network) + "derive E_total wrt w5, w1");
  const auto& derivation = solution.derivation;
  EXPECT_EQ(print(derivation.steps[derivation.requested[0]].formula),
            "−(t1 − out_o1)·out_o1·(1 − out_o1)·out_h1");
  EXPECT_EQ(print(derivation.steps[derivation.requested[1]].formula),
            "(−(t1 − out_o1)·out_o1·(1 − out_o1)·w5 − (t2 − out_o2)·out_o2·(1 − out_o2)·w7)"
            "·out_h1·(1 − out_h1)·i1");
}

TEST(Derive, GrowsWithTheGraphNotWithThePaths) {
  // A ladder with 2^60 paths.
  std::string text = "input x0 = 0.5, y0 = 0.25\n";
  for (int i = 1; i <= 60; ++i) {
    const std::string n = std::to_string(i), p = std::to_string(i - 1);
    text += "x" + n + " = 0.5*x" + p + " + y" + p + "\ny" + n + " = 0.5*y" + p + " - x" + p + "\n";
  }
  const Solution solution = solve_text(text + "E = x60*y60\nderive E wrt x0");
  EXPECT_LT(solution.derivation.steps.size(), 500u);
  EXPECT_NEAR(solution.derivation.steps[solution.derivation.requested[0]].value /
                  solution.gradients.at("E").at("x0"),
              1, 1e-12);
}

TEST(Derive, NeedsNoStackForLongChains) {
  std::string text = "input x0 = 0.5\n";
  const int length = 5000;
  for (int i = 1; i <= length; ++i)
    text += "x" + std::to_string(i) + " = sin(x" + std::to_string(i - 1) + ")\n";
  const Solution solution = solve_text(text + "derive x" + std::to_string(length) + " wrt x0");
  const Step& step = solution.derivation.steps[solution.derivation.requested[0]];
  EXPECT_EQ(step.products.at(0).factors.size(), static_cast<std::size_t>(length));
}

TEST(Derive, RefusesADerivativeThatDoesNotExist) {
  EXPECT_EQ(testing::errors_of("input x = 0\ny = 2*sqrt(x)\nderive y wrt x"),
            "test.chalk:2:1: error: the derivative of y with respect to x does not exist at this "
            "point\n  y = 2*sqrt(x)\n  ^\n");
  EXPECT_EQ(testing::errors_of("input b = -2, n = 2\ny = b^n\nderive y wrt b"), "");
  EXPECT_EQ(testing::errors_of("input b = -2, n = 2\ny = b^n\nderive y wrt n"),
            "test.chalk:2:1: error: the derivative of y with respect to n does not exist at this "
            "point\n  y = b^n\n  ^\n");
}

}  // namespace
}  // namespace chalkgrad
