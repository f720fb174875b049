#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/check/check.hpp"
#include "tracer/expression/printer.hpp"

/// function g(z), which has no formula; and stop(x), which has no derivative.
namespace chalkgrad {
namespace {

using testing::errors_of;
using testing::sheet_of;

const std::string neuron =
    "function g(z)\ninput x\nweight w\nbias b\ntarget t\nnet = w*x + b\na = g(net)\n"
    "E = 1/2*(t - a)^2\n";

std::string verdicts_on(const std::string& problem, const std::string& answer) {
  const Solution solution = testing::solve_text(problem);
  Checker checker(solution);
  std::string text;
  for (const Finding& one : checker.check("a.txt", answer).findings)
    text += std::string(verdict_name(one.verdict)) + " ";
  return text;
}

TEST(Unspecified, ItsDerivativeIsAPrime) {
  const std::string sheet = sheet_of(neuron + "derive E wrt w\n");
  EXPECT_NE(sheet.find("∂a/∂net = g′(net)"), std::string::npos) << sheet;
  EXPECT_NE(sheet.find("∂E/∂w = −(t − a)·g′(net)·x"), std::string::npos) << sheet;
}

TEST(Unspecified, HasSecondDerivatives) {
  const std::string sheet =
      sheet_of("function g(z)\nweight w\ny = g(w)^2\ns = d2y/dw2\nderive y wrt w\n");
  EXPECT_NE(sheet.find("2·g′(w)^2 + 2·g(w)·g′′(w)"), std::string::npos) << sheet;
}

TEST(Unspecified, IsALayersActivationAndGoesElementByElement) {
  EXPECT_NE(sheet_of("function g(z)\ninput x1, x2\nweight w1..w4\nbias b\n"
                     "layer h1, h2 from x1, x2 weights w1..w4 bias b activation g\n"
                     "E = out_h1*out_h2\nderive E wrt w1\n")
                .find("∂out_h1/∂net_h1 = g′(net_h1)"),
            std::string::npos);
  EXPECT_NE(sheet_of("function g(z)\ninput x[2]\nweight W[2, 2]\ntarget t[2]\nz = W*x\na = g(z)\n"
                     "E = half_squared_error(t; a)\nderive E wrt W\n")
                .find("δ_z = ∂E/∂z = (a − t) ⊙ g′(z)"),
            std::string::npos);
}

TEST(Unspecified, AnswersAreJudgedAsForAnyFunction) {
  const std::string problem = neuron + "derive E wrt w, b\n";
  EXPECT_EQ(verdicts_on(problem, "da/dnet = g'(net)\n"), "ok ");
  EXPECT_EQ(verdicts_on(problem, "dE/dw = (a - t)*g'(w*x + b)*x\n"), "ok ");
  EXPECT_EQ(verdicts_on(problem, "dE/db = -(t - g(net)) g'(net)\n"), "ok ");
  EXPECT_EQ(verdicts_on(problem, "dE/dw = (a - t)*g(net)*x\n"), "wrong ");
  EXPECT_EQ(verdicts_on(problem, "dE/dw = (a - t)*g'(net)\n"), "wrong ");
  EXPECT_EQ(verdicts_on(problem, "dE/db = (a - t)*g''(net)\n"), "wrong ");
}

// Kreyszig, Advanced engineering mathematics, 9.6: w = f(u, v) with u and v of x and y.
TEST(Unspecified, OfSeveralArgumentsHasPartialDerivatives) {
  const std::string problem =
      "function f(u, v)\ninput x, y\nu = x^2*y\nv = x + 3*y\nw = f(u, v)\nderive w wrt x, y\n";
  const std::string sheet = sheet_of(problem);
  EXPECT_NE(sheet.find("∂w/∂u = ∂f/∂u"), std::string::npos) << sheet;
  EXPECT_NE(sheet.find("∂w/∂y = ∂f/∂u·x^2 + 3·∂f/∂v"), std::string::npos) << sheet;
  EXPECT_EQ(verdicts_on(problem, "dw/dx = df/du*2*x*y + df/dv\n"), "ok ");
  EXPECT_EQ(verdicts_on(problem, "dw/dx = ∂f/∂u*∂u/∂x + ∂f/∂v*∂v/∂x\n"), "ok ");
  EXPECT_EQ(verdicts_on(problem, "w = f(x^2*y, x + 3*y)\n"), "ok ");
  EXPECT_EQ(verdicts_on(problem, "dw/dx = df/dv*2*x*y + df/du\n"), "wrong ");
  EXPECT_EQ(verdicts_on(problem, "w = f(v, u)\n"), "wrong ");
}

TEST(Unspecified, SaysWhatIsWrong) {
  EXPECT_EQ(errors_of("function sin(z)\nx = 1"),
            "test.chalk:1:10: error: 'sin' is a function already\n  function sin(z)\n"
            "           ^~~ choose another name\n");
  EXPECT_EQ(errors_of("function f(u, v)\ninput x\ny = f(x^2, x)"),
            "test.chalk:3:5: error: the arguments of f are names\n  y = f(x^2, x)\n"
            "      ^~~~~~~~~ so that ∂f/∂u can be written: define u = … first\n");
  EXPECT_EQ(errors_of("function f(u, v)\ninput x\ny = f(x)"),
            "test.chalk:3:5: error: f takes 2 arguments, not 1\n  y = f(x)\n      ^~~~\n");
  EXPECT_EQ(
      errors_of("function f(u, v)\ninput x, z\ny = f(x, z)\ns = dy/dx"),
      "test.chalk:4:5: error: dy/dx has no formula of quantities\n  s = dy/dx\n      ^~~~~ it "
      "goes through a function of several arguments that has none\n");
  EXPECT_EQ(errors_of("function k(z)\nfunction k(z)\nx = 1"),
            "test.chalk:2:10: error: the function 'k' is defined twice\n  function k(z)\n"
            "           ^ first in line 1\n");
  EXPECT_EQ(errors_of("function k(z)\nx = k(1, 2)"),
            "test.chalk:2:5: error: k takes 1 argument, not 2\n  x = k(1, 2)\n      ^~~~~~~\n");
  EXPECT_EQ(
      errors_of("function k(z) = z^2\nx = 1"),
      "test.chalk:1:15: error: expected the end of the line, but found '='\n"
      "  function k(z) = z^2\n                ^ a function with a formula is written k(z) = …\n");
}

TEST(Stop, NothingIsDerivedThroughIt) {
  const std::string text =
      "weight w = 0.5\ny = 3*w\nL = (stop(y) - w)^2 + stop(w)*w\nderive L wrt w\n";
  // d/dw of (1.5 − w)² + 0.5·w at 0.5, where 1.5 and 0.5 stand for themselves.
  EXPECT_DOUBLE_EQ(testing::solve_text(text).gradients.at("L").at("w"), -2 * (1.5 - 0.5) + 0.5);
  const std::string sheet = sheet_of(text);
  EXPECT_NE(sheet.find("What stands in stop(…) is treated as a constant"), std::string::npos);
  EXPECT_NE(sheet.find("stop(y)"), std::string::npos) << sheet;
}

}  // namespace
}  // namespace chalkgrad
