#include "tracer/derivation/own_value.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "tests/support/problems.hpp"
#include "tracer/derivation/differentiate.hpp"
#include "tracer/expression/parser.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/expression/simplify.hpp"

namespace chalkgrad {
namespace {

/// What d/dx of the definition is through its own value y; empty if it is not.
std::string through_y(const char* definition) {
  const Expr formula = parse_expression(definition), x = Expr::symbol("x");
  const Expr slope =
      simplify(differentiate(formula, [&](const Expr& name) { return name == x ? 1.0 : 0.0; }));
  const auto found = through_own_value(formula, Expr::symbol("y"), x, slope);
  return found ? print(*found) : "";
}

/// The derivatives are textbooks': of the logistic function, the bipolar sigmoid, tanh by its
/// exponentials, and of what is made of them by a change of scale.
TEST(OwnValue, IsRecognisedHoweverTheFunctionIsWritten) {
  struct Case {
    const char *definition, *derivative;
  };
  for (const auto& [definition, derivative] :
       {Case{"1/(1 + exp(-x))", "y·(1 − y)"}, Case{"exp(x)/(exp(x) + 1)", "y·(1 − y)"},
        Case{"(1 + exp(-x))^(-1)", "y·(1 − y)"}, Case{"1 - 1/(1 + exp(x))", "y·(1 − y)"},
        Case{"1/(1 + exp(-(w*x + b)))", "y·(1 − y)·w"}, Case{"1/(1 + exp(-3*x))", "3·y·(1 − y)"},
        Case{"1/(1 + exp(-x/T))", "y·(1 − y)/T"},
        Case{"2/(1 + exp(-x)) - 1", "1/2·(1 + y)·(1 − y)"},
        Case{"(1 - exp(-x))/(1 + exp(-x))", "1/2·(1 + y)·(1 − y)"},
        Case{"(exp(x) - exp(-x))/(exp(x) + exp(-x))", "1 − y^2"},
        Case{"1/(1 + exp(x))", "−y·(1 − y)"}})
    EXPECT_EQ(through_y(definition), derivative) << definition;
}

/// A density by its mean, its width and what it is of; a likelihood; a decay.
TEST(OwnValue, IsAFactorOfADensity) {
  struct Case {
    const char *definition, *derivative;
  };
  for (const auto& [definition, derivative] :
       {Case{"1/(sqrt(2*pi)*s)*exp(-(t - x)^2/(2*s^2))", "y·(t − x)/s^2"},
        Case{"1/(sqrt(2*pi)*x)*exp(-(t - m)^2/(2*x^2))", "y·(−1/x + (t − m)^2/x^3)"},
        Case{"x^3*exp(-x)/6", "y·(3/x − 1)"}, Case{"2*exp(-k*x)", "−y·k"}, Case{"x*exp(-x)", ""},
        Case{"(x + 1)/x", ""}})
    EXPECT_EQ(through_y(definition), derivative) << definition;
}

TEST(OwnValue, LeavesAloneWhatIsNoSuchFunction) {
  for (const char* definition :
       {"x^2", "exp(-x)", "sigmoid(x)", "x/(1 + exp(-x))", "log(1 + exp(x))", "exp(-x^2)",
        "1/(1 + exp(-x)) + x", "sigmoid(x)^2", "1/(1 + exp(-w))", "A/(1 + exp(-x))",
        "2*sigmoid(x) - 1", "5 + 3*tanh(x)", "3/(1 + exp(-x))", "exp(x)/(exp(x) + exp(-2*x) + 1)"})
    EXPECT_EQ(through_y(definition), "") << definition;
}

/// 1 − y keeps no digits where y is all but 1: σ′(30) = 9.36·10⁻¹⁴ by exp(−30)/(1 + exp(−30))².
TEST(OwnValue, KeepsTheDigitsOfSaturatedUnits) {
  const Solution near = testing::solve_text("input x = 2\ny = 1/(1 + exp(-x))\nderive y wrt x"),
                 far = testing::solve_text("input x = 30\ny = 1/(1 + exp(-x))\nderive y wrt x");
  EXPECT_EQ(print(near.derivation.steps[near.derivation.requested[0]].simplified), "y·(1 − y)");
  const Step& step = far.derivation.steps[far.derivation.requested[0]];
  EXPECT_EQ(print(step.simplified), "exp(−x)/(1 + exp(−x))^2");
  EXPECT_NEAR(step.value, std::exp(-30.0), 1e-24);
}

}  // namespace
}  // namespace chalkgrad
