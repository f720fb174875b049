#include "tracer/problem/update_rules.hpp"

#include <gtest/gtest.h>

#include "tests/support/problems.hpp"

/// Each method against a loop in NumPy (float64), on E = (w − 1)² + w·b + b²/2 from w = 2, b = −0.5
/// with rate 0.1: after one step and after five.
namespace chalkgrad {
namespace {

using testing::errors_of;
using testing::solve_text;

const std::string two_parameters =
    "weight w = 2\nbias b = -0.5\nE = (w - 1)^2 + w*b + b^2/2\nderive E wrt w, b\n";

struct MethodCase {
  const char* statement;
  double w1, b1, w5, b5;
};

TEST(UpdateRules, EqualALoopInNumPy) {
  for (const auto& [statement, w1, b1, w5, b5] : {
           MethodCase{"update w, b rate 0.1", 1.85, -0.65, 1.594925, -1.01576},
           MethodCase{"ascend w, b rate 0.1", 2.15, -0.35, 3.336575, 0.63526},
           MethodCase{"update w, b rate 0.1 momentum 0.9", 1.85, -0.65, 1.142, -1.717625},
           MethodCase{"update w, b rate 0.1 momentum 0.9 damped", 1.985, -0.515, 1.81648598075,
                      -0.6880504781},
           MethodCase{"update w, b rate 0.1 momentum 0.9 velocity 0.5", 1.805, -0.695, 1.128275,
                      -1.7856875},
           MethodCase{"update w, b rate 0.1 momentum 0.9 damped velocity -0.25", 2.0075, -0.4925,
                      1.897369632125, -0.60342884345},
           MethodCase{"update w, b rate 0.1 nesterov 0.9", 1.85, -0.65, 1.4172955775, -1.517275091},
           MethodCase{"update w, b rate 0.1 adagrad", 1.90000000066667, -0.599999999333333,
                      1.72341621881669, -0.795036326330249},
           MethodCase{"update w, b rate 0.1 rmsprop 0.8", 1.77639320558335, -0.723606794416646,
                      1.54327124785406, -1.12126073521292},
           MethodCase{"update w, b rate 0.1 adam", 1.90000000066667, -0.599999999333333,
                      1.52801395372774, -0.987249746242019},
           MethodCase{"update w, b rate 0.1 adam beta1 0.8 beta2 0.95 epsilon 1e-3",
                      1.90006662225183, -0.599933377748168, 1.53630642922515, -0.982398534312995},
           MethodCase{"update w, b rate 0.1 rate decay 0.5", 1.85, -0.65, 1.69069666666667,
                      -0.850406},
           MethodCase{"update w, b rate 0.1 adam weight decay 0.01", 1.90000000065789,
                      -0.599999999333333, 1.52744360251914, -0.98724545291701},
       }) {
    const Solution solution = solve_text(two_parameters + statement + " repeat 5");
    SCOPED_TRACE(statement);
    EXPECT_NEAR(solution.updates.at(0).after, w1, 1e-13);
    EXPECT_NEAR(solution.updates.at(1).after, b1, 1e-13);
    const TrainingRow& last = solution.training->rows.back();
    EXPECT_EQ(last.step, 5u);
    EXPECT_NEAR(last.parameters.at(0), w5, 1e-13);
    EXPECT_NEAR(last.parameters.at(1), b5, 1e-13);
    EXPECT_NEAR(solution.training->rows.at(1).parameters.at(0), solution.updates.at(0).after,
                1e-15);
  }
}

/// The step by hand and the first of a training are one rule, read twice.
TEST(UpdateRules, AreWrittenOnce) {
  for (const UpdateRule& rule : update_rules()) {
    if (rule.word.empty() || rule.solves || rule.is_correction()) continue;
    std::string options(rule.word);
    if (options == "damped momentum") options = "momentum 0.7 damped";
    if (options == "momentum" || options == "nesterov") options += " 0.7";
    const Solution solution = solve_text(two_parameters + "update w, b rate 0.3 weight decay 0.2 " +
                                         options + " repeat 2");
    SCOPED_TRACE(options);
    const TrainingRow& first = solution.training->rows.at(1);
    std::size_t state = 0;
    for (std::size_t i = 0; i < 2; ++i) {
      EXPECT_DOUBLE_EQ(first.parameters[i], solution.updates[i].after);
      for (const Approximation& one : solution.updates[i].states)
        EXPECT_DOUBLE_EQ(first.states[state++], one.value);
    }
    EXPECT_EQ(state, first.states.size());
  }
}

/// A generator goes down on one quantity, a discriminator up on another, from the same numbers.
TEST(UpdateRules, ServeSeveralStatements) {
  const Solution solution = solve_text(
      "weight g = 0.5, d = 2\nF = g*d\nG = g^2 + d\nderive F wrt d\nderive G wrt g\n"
      "ascend d of F rate 0.1\nupdate g of G rate 0.2 repeat 2\n");
  // By hand: d⁺ = 2 + 0.1·0.5, g⁺ = 0.5 − 0.2·2·0.5; then d = 2.05 + 0.1·0.3, g = 0.3 − 0.2·0.6.
  EXPECT_NEAR(solution.updates.at(0).after, 2.05, 1e-15);
  EXPECT_NEAR(solution.updates.at(1).after, 0.3, 1e-15);
  EXPECT_NEAR(solution.training->rows.at(2).parameters.at(0), 2.08, 1e-15);
  EXPECT_NEAR(solution.training->rows.at(2).parameters.at(1), 0.18, 1e-15);
  EXPECT_EQ(errors_of("weight w = 1\nE = w^2\nF = w^3\nderive E wrt w\nupdate w of E rate 1\n"
                      "update w of F rate 1\n"),
            "test.chalk:6:1: error: 'w' is updated by two statements\n  update w of F rate 1\n"
            "  ^~~~~~ each parameter has one update\n");
}

/// (1, 1) and (2, 2) one after the other, from w0 = 1, w1 = 0 with rate 0.1: by a loop in Python.
TEST(UpdateRules, GoSampleBySample) {
  const std::string samples = "samples x, y\n1, 1\n2, 2\nweight w0 = 1, w1 = 0\nh = w0 + w1*x\n";
  const Solution solution =
      solve_text(samples +
                 "E = mean over samples of half_squared_error(y; h)\nderive E wrt w0, w1\n"
                 "update w0, w1 rate 0.1 sample by sample repeat 2");
  ASSERT_EQ(solution.training->rows.size(), 5u);
  const double expected[][2] = {{1, 0}, {1, 0}, {1.1, 0.2}, {1.07, 0.17}, {1.129, 0.288}};
  for (std::size_t step = 0; step < 5; ++step)
    for (std::size_t i = 0; i < 2; ++i)
      EXPECT_NEAR(solution.training->rows[step].parameters[i], expected[step][i], 1e-14) << step;
  EXPECT_EQ(errors_of(samples + "E = mean over samples of half_squared_error(y; h)\nJ = E + w1^2\n"
                                "derive J wrt w0, w1\nupdate w0, w1 rate 0.1 sample by sample"),
            "test.chalk:9:1: error: 'J' is no sum or mean over samples alone\n"
            "  update w0, w1 rate 0.1 sample by sample\n"
            "  ^~~~~~ sample by sample goes over what stands behind mean over samples of ...\n");
}

/// Three steps of NumPy's linalg.solve on x²y + y³ + x⁴ from (1, 2).
TEST(UpdateRules, SolveForNewtonsStep) {
  const std::string f = "weight x = 1, y = 2\nf = x^2*y + y^3 + x^4\nderive f wrt x, y\n";
  const Solution solution = solve_text(f + "update x, y rate 1 newton repeat 3");
  const double expected[][2] = {
      {1, 2}, {0.62765957, 0.9787234}, {0.39090221, 0.47288608}, {0.24204354, 0.22360479}};
  for (std::size_t step = 0; step < 4; ++step)
    for (std::size_t i = 0; i < 2; ++i)
      EXPECT_NEAR(solution.training->rows.at(step).parameters[i], expected[step][i], 1e-8) << step;
  EXPECT_EQ(
      errors_of("weight a, b = 1, 2\nE = (a + b)^2\nderive E wrt a, b\nupdate a, b rate 1 newton"),
      "test.chalk:4:1: error: 's_1' has no value: (g_1·H_22 − H_12·g_2)/(H_11·H_22 − H_12·H_21), "
      "where "
      "H_11·H_22 − H_12·H_21 is 0\n  update a, b rate 1 newton\n  ^~~~~~ division by zero\n");
  EXPECT_EQ(errors_of("weight w1..w5 = 1, 1, 1, 1, 1\nE = w1*w2*w3*w4*w5\nderive E wrt all\nupdate "
                      "all rate 1 newton"),
            "test.chalk:4:1: error: newton solves for at most 4 parameters, not 5\n"
            "  update all rate 1 newton\n  ^~~~~~ update fewer of them\n");
}

/// As a person writes it, every state on a line of its own.
TEST(UpdateRules, AreWrittenOutByHand) {
  const std::string sheet = testing::sheet_of(two_parameters + "update w rate 0.1 adam");
  EXPECT_EQ(
      testing::section_of(sheet, "Update"),
      "  m_w = β1·0 + (1 − β1)·∂E/∂w = 0.9·0 + (1 − 0.9)·1.5 = 0.15   the first moment was 0 "
      "before "
      "the first step\n"
      "  v_w = β2·0 + (1 − β2)·(∂E/∂w)^2                              the second moment was 0 "
      "before the first step\n"
      "      = 0.999·0 + (1 − 0.999)·1.5^2\n"
      "      = 0.00225\n"
      "  m̂_w = m_w/(1 − β1) = 0.15/(1 − 0.9) = 1.5                    corrected first moment, in "
      "step 1\n"
      "  v̂_w = v_w/(1 − β2) = 0.00225/(1 − 0.999) = 2.25              corrected second moment, in "
      "step 1\n"
      "  w⁺ = w − η·m̂_w/(√(v̂_w) + ε) = 2 − 0.1·1.5/(√(2.25) + 10⁻⁸) = 1.9000                      "
      "             (C1)\n\n"
      "  E⁺ = −0.01500   after this step; before it was 0.125\n");
}

}  // namespace
}  // namespace chalkgrad
