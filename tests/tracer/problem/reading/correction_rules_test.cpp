#include "tracer/problem/reading/correction_rules.hpp"

#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/expression/printer.hpp"

/// The rules of perceptrons against loops in Python (float64) that know nothing but the rule.
namespace chalkgrad {
namespace {

using testing::errors_of;
using testing::solve_text;

const std::string one_unit =
    "samples x1, x2, t\n1, 1, 1\n1, -1, -1\n-1, 1, -1\n-1, -1, -1\n"
    "weight w1, w2 = 0.1, 0.2\nbias b = 0.1\n";

TEST(CorrectionRules, DeltaRuleOfALinearUnitEqualsALoop) {
  const Solution solution =
      solve_text(one_unit + "y = w1*x1 + w2*x2 + b\nupdate all rule delta rate 0.1 repeat 2");
  // The step by hand and the first of the training are one rule, read twice.
  const TrainingRow& first = solution.training->rows.at(1);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_DOUBLE_EQ(first.parameters.at(i), solution.updates.at(i).after);
    EXPECT_DOUBLE_EQ(first.states.at(i), solution.updates.at(i).states.at(0).value);
  }
  const TrainingRow& last = solution.training->rows.back();
  EXPECT_EQ(last.step, 8u);
  EXPECT_NEAR(last.parameters.at(0), 0.3275077940, 1e-12);
  EXPECT_NEAR(last.parameters.at(1), 0.332984874, 1e-12);
  EXPECT_NEAR(last.parameters.at(2), -0.2749649940, 1e-12);
}

TEST(CorrectionRules, DeltaRuleThroughASigmoidEqualsALoop) {
  const Solution solution = solve_text(
      "samples x1, x2, t\n1, 0.5, 1\n-0.5, 1, 0\nweight w1, w2 = 0.3, -0.2\nbias b = 0.1\n"
      "y = sigmoid(w1*x1 + w2*x2 + b)\nupdate all rule delta rate 0.5 repeat 3");
  EXPECT_EQ(print(*solution.descent->parameters.at(0).correction),
            "(t⁽¹⁾ − y⁽¹⁾)·y⁽¹⁾·(1 − y⁽¹⁾)·x1⁽¹⁾");
  const auto& rows = solution.training->rows;
  EXPECT_NEAR(rows.at(2).parameters.at(0), 0.37990786619375483, 1e-15);
  EXPECT_NEAR(rows.back().parameters.at(0), 0.5286832043077923, 1e-15);
  EXPECT_NEAR(rows.back().parameters.at(1), -0.28449702300577406, 1e-15);
  EXPECT_NEAR(rows.back().parameters.at(2), 0.0900768541161881, 1e-15);
}

TEST(CorrectionRules, TwoPerceptronsLearnOrAndAndUntilNothingChanges) {
  const Solution solution = solve_text(
      "samples x[2], t[2]\n0, 0, 0, 0\n0, 1, 1, 0\n1, 0, 1, 0\n1, 1, 1, 1\n"
      "weight W = [[0.2, -0.3], [0.1, 0.4]]\nbias b = [0.05, -0.1]\n"
      "net = W*x + b\ny = step(net)\nupdate W, b rule perceptron rate 0.25 until no change");
  EXPECT_EQ(solution.training->stop, Training::Stop::unchanged);
  EXPECT_EQ(solution.training->steps, 26u);
  const std::vector<double> expected = {0.2, 0.2, 0.6, 0.4, -0.2, -0.85};
  for (std::size_t i = 0; i < expected.size(); ++i)
    EXPECT_NEAR(solution.training->rows.back().parameters.at(i), expected[i], 1e-12);
  EXPECT_EQ(solution.training->columns,
            (std::vector<std::string>{"x1", "x2", "net1", "net2", "y1", "y2", "t1", "t2"}));
}

TEST(CorrectionRules, FindOutputAndTarget) {
  struct Case {
    const char* text;
    const char* correction;
  };
  for (const auto& [text, correction] : {
           // A column that nothing computes with, or that only a comparison does.
           Case{"samples x, d\n1, 1\n2, 0\nweight w = 1\ny = step(w*x)\n"
                "update w rule perceptron rate 1",
                "(d⁽¹⁾ − y⁽¹⁾)·x⁽¹⁾"},
           Case{"samples x, d\n1, 1\n2, 0\nweight w = 1\ny = step(w*x)\ne = d - y\n"
                "update w rule perceptron rate 1",
                "(d⁽¹⁾ − y⁽¹⁾)·x⁽¹⁾"},
           Case{
               "input x = 2\ntarget t = 1\nweight w = 1\nbias b = 0\nnet = w*x - b\ny = sign(net)\n"
               "update b rule perceptron rate 1",
               "−(t − y)"},
           Case{"input x = 2\ntarget t = 1\nweight w = 1\ny = 1 if w*x > 0.5, -1 otherwise\n"
                "update w rule perceptron rate 1",
                "(t − y)·x"},
           // Net goes from where y is small to where it is large.
           Case{"input x = 2\ntarget t = 1\nweight w = 1\nnet = w*x\ny = -1 if net < 0, 1 "
                "otherwise\n"
                "update w rule perceptron rate 1",
                "(t − y)·x"},
           Case{"input x = 2\ntarget t = 1\nweight w = 1\ny = 0 if w*x > 0, 1 otherwise\n"
                "update w rule perceptron rate 1",
                "−(t − y)·x"},
           // E compares them over all samples.
           Case{"samples x, t\n1, 0\n2, 1\nweight w = 0.3\nnet = w*x\ny = step(net)\n"
                "E = sum over samples of 1/2*(t - y)^2\nupdate w rule perceptron rate 1",
                "(t⁽¹⁾ − y⁽¹⁾)·x⁽¹⁾"},
           Case{"samples x[2], t[2]\n1, 0, 0, 1\n2, 1, 1, 0\nweight W = [[0.3, 0.1], [0.2, 0.4]]\n"
                "y = step(W*x)\nupdate W rule perceptron rate 1 output y target t",
                "(t1⁽¹⁾ − y1⁽¹⁾)·x1⁽¹⁾"},
           Case{"input x, d = 2, 1\nweight w = 1\nnet = w*x\ny = sign(net)\n"
                "update w rule delta output net target d rate 1",
                "(d − net)·x"},
       }) {
    const Solution solution = solve_text(text);
    EXPECT_EQ(print(*solution.descent->parameters.at(0).correction), correction) << text;
  }
}

TEST(CorrectionRules, RefuseWhatTheyDoNotMean) {
  const std::string unit = "input x = 1\ntarget t = 0\nweight w = 1\ny = step(w*x)\n";
  EXPECT_EQ(errors_of("input x = 1\nweight w = 1\ny = step(w*x)\nupdate w rule perceptron rate 1"),
            "test.chalk:4:1: error: the perceptron rule needs a target\n"
            "  update w rule perceptron rate 1\n"
            "  ^~~~~~ declare it, as in target t = 1, or say which: output y target t\n");
  EXPECT_EQ(errors_of(unit + "update w rule delta rate 1"),
            "test.chalk:5:1: error: no output of the delta rule has a slope by 'w'\n"
            "  update w rule delta rate 1\n"
            "  ^~~~~~ a threshold has none: write rule perceptron, or say rule delta output net\n");
  EXPECT_EQ(errors_of(unit + "ascend w rule perceptron rate 1"),
            "test.chalk:5:1: error: the perceptron rule neither ascends nor lets weights decay\n"
            "  ascend w rule perceptron rate 1\n"
            "  ^~~~~~\n");
  EXPECT_EQ(errors_of(unit + "update w rule hebb rate 1"),
            "test.chalk:5:15: error: expected a rule, but found 'hebb'\n"
            "  update w rule hebb rate 1\n"
            "                ^~~~ as in rule perceptron\n");
  EXPECT_EQ(errors_of(unit + "update w output y rate 1"),
            "test.chalk:5:10: error: an output and a target belong to another method\n"
            "  update w output y rate 1\n"
            "           ^~~~~~ as in rule perceptron output y target t\n");
}

TEST(CorrectionRules, RefuseWhatIsNoOutputAndCircles) {
  const std::string unit = "input x = 1\ntarget t = 0\nweight w = 1\ny = step(w*x)\n";
  EXPECT_EQ(errors_of(unit + "update w rule perceptron rate 1 output x target t"),
            "test.chalk:5:1: error: 'x' is no output: an output is computed\n"
            "  update w rule perceptron rate 1 output x target t\n"
            "  ^~~~~~ as in output y target t\n");
  EXPECT_EQ(errors_of(unit + "update w rule perceptron rate 1 output y target w"),
            "test.chalk:5:1: error: 'w' is no target: a target does not depend on the parameters\n"
            "  update w rule perceptron rate 1 output y target w\n"
            "  ^~~~~~ as in output y target t\n");
  EXPECT_EQ(errors_of("input x = 1\ntarget t = 1\nweight w = 1\nnet = w*x + h\nh = net*0.5\n"
                      "y = net\nupdate w rule delta rate 1"),
            "test.chalk:4:1: error: 'net' needs itself: net needs h needs net\n"
            "  net = w*x + h\n"
            "  ^~~ a definition cannot go in a circle\n");
  // As a formula it would have two to the power of thirty terms.
  std::string deep = "input x = 1\ntarget t = 1\nweight w = 0.5\nh0 = w*x\ng0 = w*x\n";
  for (int i = 1; i <= 30; ++i) {
    const std::string now = std::to_string(i), before = std::to_string(i - 1);
    deep += "h" + now + " = 0.5*h" + before + " + 0.3*g" + before + "\n";
    deep += "g" + now + " = 0.2*h" + before + " - 0.1*g" + before + "\n";
  }
  EXPECT_NE(errors_of(deep + "y = h30 + g30\nupdate w rule delta rate 0.1")
                .find("the correction of 'w' is too long to be written"),
            std::string::npos);
}

TEST(CorrectionRules, HaveOneTableForAllStatements) {
  const Solution solution = solve_text(
      "samples x1, t1, t2\n1, 0, 1\n2, 1, 0\nweight w, v = 0.3, -0.2\n"
      "y1 = step(w*x1)\ny2 = step(v*x1)\n"
      "update w rule perceptron output y1 target t1 rate 1 repeat 2\n"
      "update v rule perceptron output y2 target t2 rate 0.5 repeat 2\n");
  EXPECT_EQ(solution.training->columns, (std::vector<std::string>{"x1", "y1", "y2", "t1", "t2"}));
}

TEST(CorrectionRules, WhatNoLineSeparatesIsGivenUp) {
  const Solution solution = solve_text(
      "samples x, t\n1, 0\n1, 1\nweight w = 1\ny = step(w*x)\n"
      "update w rule perceptron rate 1 until no change");
  EXPECT_EQ(solution.training->stop, Training::Stop::steps);
  EXPECT_EQ(solution.training->steps, 2000u);
}

}  // namespace
}  // namespace chalkgrad
