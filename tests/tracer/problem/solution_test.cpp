#include "tracer/problem/solution.hpp"

#include <gtest/gtest.h>

#include "tests/support/problems.hpp"

namespace chalkgrad {
namespace {

using testing::errors_of;
using testing::solve_text;

constexpr const char* two_layers = R"(
input x = 2
weight w = 3, v = 1
target t = 5
y = w*x + v
E = (y - t)^2
)";

TEST(Solution, UpdatesAndEvaluatesAgain) {
  const Solution solution = solve_text(std::string(two_layers) +
                                       "derive E wrt w\nupdate all rate 0.1\n"
                                       "expect w+ = 2.2\nexpect v+ = 0.6\nexpect y+ = 5.0\n"
                                       "expect E+ = 0\nexpect dE/dv = 4");
  // By hand: y = 7, E = 4, dE/dw = 2·2·2 = 8, dE/dv = 4, w+ = 2.2, v+ = 0.6, y+ = 5, E+ = 0.
  EXPECT_EQ(solution.gradients.at("E").at("w"), 8);
  EXPECT_EQ(solution.gradients.at("E").at("v"), 4);
  EXPECT_EQ(solution.derived.size(), 1u);
  EXPECT_EQ(solution.needed_for_update.size(), 1u);
  EXPECT_NEAR(solution.updates.at(0).after, 2.2, 1e-15);
  EXPECT_EQ(verdict_name(solution.expectations.at(0).verdict), "ok");
  EXPECT_EQ(verdict_name(solution.expectations.at(2).verdict), "ok");
}

TEST(Solution, JudgesExpectations) {
  const Solution solution = solve_text(std::string(two_layers) + "expect y = 7.01\nexpect y = 7");
  EXPECT_FALSE(solution.all_expectations_hold());
  EXPECT_EQ(verdict_name(solution.expectations.at(0).verdict), "wrong");
  EXPECT_EQ(verdict_name(solution.expectations.at(1).verdict), "ok");
}

TEST(Solution, WrtReplacesTheFilesOwn) {
  const std::string text = std::string(two_layers) + "derive E wrt w";
  EXPECT_EQ(solve_text(text, {"v"}).gradients.at("E").count("w"), 0u);
  EXPECT_EQ(solve_text(text, {"all"}).gradients.at("E").size(), 2u);
  EXPECT_EQ(solve_text(text, {"y"}).gradients.at("E").at("y"), 4);
  // Without a derive statement it is about the one quantity that no other uses.
  EXPECT_EQ(solve_text(two_layers, {"w"}).gradients.at("E").at("w"), 8);
  const auto message = [](const std::string& file, const std::string& wrt) -> std::string {
    try {
      (void)solve_text(file, {wrt});
    } catch (const UsageError& error) {
      return error.what();
    }
    return "no error";
  };
  EXPECT_EQ(message(text, "u"), "--wrt: unknown quantity 'u'");
  EXPECT_EQ(message("input out_h2 = 2\ny = out_h2", "out_h3"),
            "--wrt: unknown quantity 'out_h3'; did you mean 'out_h2'?");
  EXPECT_EQ(message("input x = 1\na = x\nb = 2*x", "x"),
            "--wrt: the file has no derive statement that says of which quantity");
}

TEST(Solution, SaysWhyAnUpdateCannotBe) {
  EXPECT_EQ(errors_of("weight w = 1\nE = w^2\nupdate w rate 0.1"),
            "test.chalk:3:1: error: the update needs a derivative, and the file derives none\n"
            "  update w rate 0.1\n  ^~~~~~ add a statement such as derive E wrt all\n");
  EXPECT_EQ(errors_of("weight w = 1\nE = w^2\nF = w\nderive E wrt w\nderive F wrt w\n"
                      "update w rate 0.1"),
            "test.chalk:6:1: error: the update could use the derivatives of several quantities\n"
            "  update w rate 0.1\n"
            "  ^~~~~~ say of which, as in update w of F rate 0.5\n");
  EXPECT_EQ(errors_of("weight w = 1\nF = w\nE = F^2\nz = 2\nderive F wrt w\nderive E wrt w\n"
                      "derive z wrt w\nupdate w rate 0.1\nexpect w+ = 0.8"),
            "");
  EXPECT_EQ(errors_of("weight w = 1\nE = w^2\nderive E wrt w\nupdate E rate 0.1"),
            "test.chalk:4:1: error: 'E' is defined by others and cannot be updated\n"
            "  update E rate 0.1\n  ^~~~~~ an update changes given quantities\n");
  EXPECT_EQ(errors_of("weight w = 1\nE = w^2\nderive E wrt w\nupdate w rate 0.1\nupdate w rate 1"),
            "test.chalk:5:1: error: 'w' is updated by two statements\n  update w rate 1\n"
            "  ^~~~~~ each parameter has one update\n");
}

TEST(Solution, ExpectationsNeedAValue) {
  EXPECT_EQ(errors_of("input x\ny = 2*x\nexpect y = 4"),
            "test.chalk:3:8: error: y has no value to compare with\n  expect y = 4\n"
            "         ^ it depends on a quantity without a number\n");
  EXPECT_EQ(errors_of("input x = 1\ny = 2*x\nexpect y+ = 4"),
            "test.chalk:3:8: error: y+ has no value: there is no update\n"
            "  expect y+ = 4\n         ^\n");
}

TEST(Solution, AStepOutOfADomainConcernsOnlyWhatDependsOnIt) {
  // w becomes 3, where ln(1 − w) has no value; E does not ask.
  const Solution solution = solve_text(
      "weight w = 0.5\nE = (w - 3)^2\nentropy = log(1 - w)\nderive E wrt w\nupdate w rate 0.5\n"
      "expect E+ = 0");
  EXPECT_TRUE(solution.all_expectations_hold());
  EXPECT_EQ(errors_of("weight w = 2\nE = log(w)\nderive E wrt w\nupdate w rate 10\nexpect E+ = 4"),
            "test.chalk:5:8: error: E+ has no value to compare with\n  expect E+ = 4\n"
            "         ^ after the step it depends on what has no number or no value\n");
}

TEST(Solution, TheRateMayBeAQuantity) {
  const Solution solution = solve_text(
      "weight w = 2\nconstant eta = 0.25\nE = w^2\nderive E wrt w\nupdate w rate eta\nexpect w+ = "
      "1");
  EXPECT_TRUE(solution.all_expectations_hold());
  EXPECT_EQ(solution.rate_symbol().text(), "eta");
}

/// Σ(x − mean) is 0; its binary noise is neither shown nor compared, nor taken by an update.
TEST(Solution, WhatVanishesIsZero) {
  for (const std::string numbers : {"3, -1, 12", "0.1, 0.2, 0.4", "1e-3, 7.3, -0.77"}) {
    const Solution solution = solve_text("weight x1, x2, x3 = " + numbers +
                                         "\nmu = mean(x1, x2, x3)\n"
                                         "var = mean((x1 - mu)^2, (x2 - mu)^2, (x3 - mu)^2)\n"
                                         "derive var wrt mu, x1\nexpect dvar/dmu = 0");
    EXPECT_EQ(solution.gradients.at("var").at("mu"), 0) << numbers;
    EXPECT_TRUE(solution.all_expectations_hold()) << numbers;
  }
  // What is small but no noise stays: 1e-9·x.
  EXPECT_EQ(solve_text("weight w = 2\nE = 1e-9*w\nderive E wrt w").gradients.at("E").at("w"), 1e-9);
}

/// A maximum of any number of terms, and the same convention as relu's beside a number. PyTorch
/// gives [1, 0, 0] for max pooling of equal terms, and 0 for clamp(z, min=0) at 0 beside a
/// constant.
TEST(Solution, ATieGoesToTheFirst) {
  const Solution solution = solve_text(
      "input a, b, c, d = 1, 1, 1, 1\ny = max(a, b, c, d)\nz = min(d, c, b, a)\n"
      "derive y wrt a, b, c, d\nderive z wrt a, d");
  EXPECT_EQ(solution.gradients.at("y"),
            (std::map<std::string, double>{{"a", 1}, {"b", 0}, {"c", 0}, {"d", 0}}));
  EXPECT_EQ(solution.gradients.at("z"), (std::map<std::string, double>{{"a", 0}, {"d", 1}}));
  for (const char* hinge : {"max(0, 1 - z)", "max(1 - z, 0)", "relu(1 - z)"})
    EXPECT_EQ(solve_text(std::string("input z = 1\nL = ") + hinge + "\nderive L wrt z")
                  .gradients.at("L")
                  .at("z"),
              0)
        << hinge;
}

}  // namespace
}  // namespace chalkgrad
