#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/problems.hpp"
#include "tests/support/random_network.hpp"
#include "tests/support/slow_build.hpp"

/// Definitions by cases.
namespace chalkgrad {
namespace {

using testing::errors_of;
using testing::solve_text;

double piecewise_value(const Solution& solution, const std::string& name) {
  return (*solution.quantities)[*solution.quantities->find(name)].value;
}

struct Piecewise {
  const char* body;           ///< of f(x)
  double (*value)(double x);  ///< independently
  double (*slope)(double x);  ///< away from borders
};

const Piecewise functions[] = {
    {"1/2*x^2 if |x| <= 1, |x| - 1/2 otherwise",
     [](double x) { return std::abs(x) <= 1 ? x * x / 2 : std::abs(x) - 0.5; },
     [](double x) { return std::abs(x) <= 1 ? x
                           : x > 0          ? 1.0
                                            : -1.0; }},
    {"0 if x < 0, x if x < 2, 2 otherwise", [](double x) { return x < 0   ? 0
                                                                  : x < 2 ? x
                                                                          : 2; },
     [](double x) { return x > 0 && x < 2 ? 1.0 : 0.0; }},
    {"x^2 if 0 < x <= 1, 3*x if x > 1, else exp(x)",
     [](double x) { return x > 0 && x <= 1 ? x * x
                           : x > 1         ? 3 * x
                                           : std::exp(x); },
     [](double x) { return x > 0 && x <= 1 ? 2 * x
                           : x > 1         ? 3
                                           : std::exp(x); }},
    {"x if x > 0 else 0.1*x", [](double x) { return x > 0 ? x : 0.1 * x; },
     [](double x) { return x > 0 ? 1 : 0.1; }},
    {"(0.7*x if x >= 0, else -0.3*x)", [](double x) { return x >= 0 ? 0.7 * x : -0.3 * x; },
     [](double x) { return x >= 0 ? 0.7 : -0.3; }},
};

TEST(Piecewise, TheFirstCaseThatHoldsCounts) {
  for (const Piecewise& one : functions)
    for (const double x : {-2.5, -1.0, -0.75, 0.5, 1.0, 1.5, 2.5}) {
      SCOPED_TRACE(::testing::Message() << one.body << " at " << x);
      const Solution solution = solve_text(
          fmt::format("f(x) = {}\ninput z = {}\ny = 2*f(z)\nderive y wrt z", one.body, x));
      EXPECT_DOUBLE_EQ(piecewise_value(solution, "y"), 2 * one.value(x));
      const bool border = x == 1 || x == -1;
      if (!border) {
        EXPECT_DOUBLE_EQ(solution.gradients.at("y").at("z"), 2 * one.slope(x));
      }
    }
}

TEST(Piecewise, TrainingGoesFromCaseToCase) {
  // A hinge that is left behind: after a step the other case holds, and nothing changes any more.
  const Solution solution = solve_text(
      "weight w = 0.5\nL = 1 - w if w < 1, 0 otherwise\nderive L wrt w\n"
      "update w rate 0.4 repeat 5");
  const std::string table = testing::sheet_of(
      "weight w = 0.5\nL = 1 - w if w < 1, 0 otherwise\nderive L wrt w\n"
      "update w rate 0.4 repeat 5");
  EXPECT_NE(table.find("     5     0   1.3\n"), std::string::npos) << table;
  EXPECT_TRUE(solution.training.has_value());
}

TEST(Piecewise, AWholeArrayGoesThroughElementByElement) {
  const Solution solution = solve_text(
      "f(x) = 0 if x < 0, x if x < 2, 2 otherwise\ninput x = [-1, 0.5, 3]\ny = f(x)\nE = sum(y)\n"
      "derive E wrt x");
  EXPECT_DOUBLE_EQ(piecewise_value(solution, "E"), 2.5);
  EXPECT_EQ(solution.gradients.at("E").at("x2"), 1);
  EXPECT_EQ(solution.gradients.at("E").at("x1"), 0);
}

TEST(Piecewise, SaysWhatIsWrong) {
  EXPECT_EQ(errors_of("input x = 1\ny = x if x > 0"),
            "test.chalk:2:15: error: expected another case, but found the end of the line\n"
            "  y = x if x > 0\n                ^ the last case is written b otherwise\n");
  EXPECT_EQ(errors_of("input x = 1\ny = x if x, 2 otherwise"),
            "test.chalk:2:11: error: expected <, <=, > or >=, but found ','\n"
            "  y = x if x, 2 otherwise\n            ^ as in 1/2*r^2 if |r| <= 1, |r| - 1/2 "
            "otherwise\n");
  EXPECT_EQ(errors_of("input x = 1\ny = x if x > q, 2 otherwise"),
            "test.chalk:2:14: error: unknown quantity 'q'\n  y = x if x > q, 2 otherwise\n"
            "               ^\n");
}

/// 0.1 + 0.2 is 0.3, as it is to the record: the case that is shown is the one that was worked out.
TEST(Piecewise, ABorderIsMetInDecimals) {
  const std::string sheet = testing::sheet_of(
      "weight x, y = 0.3, 0.1\nf(a, b) = a if a > b, 2*b otherwise\nz = y + 0.2\nm = max(x, z)\n"
      "n = f(z, x)\nderive m wrt x\nderive n wrt y\n");
  EXPECT_NE(sheet.find("n = (z if z > x, else 2·x) = 2·0.3 = 0.6"), std::string::npos) << sheet;
  EXPECT_EQ(sheet.find("= 0 = 1"), std::string::npos) << sheet;
}

TEST(Piecewise, IsPrintedInTheOrderOfTheFile) {
  const std::string sheet = testing::sheet_of(
      "input r = 0.4\nhuber(r) = 1/2*r^2 if |r| <= 1, |r| - 1/2 otherwise\nL = huber(r)\n"
      "derive L wrt r\n");
  EXPECT_NE(sheet.find("L = (1/2·r^2 if |r| ≤ 1, else |r| − 1/2) = 1/2·0.4^2 = 0.08"),
            std::string::npos)
      << sheet;
}

}  // namespace
}  // namespace chalkgrad
