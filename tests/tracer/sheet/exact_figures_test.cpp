#include "tracer/sheet/exact_figures.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/problems.hpp"
#include "tracer/check/check.hpp"
#include "tracer/formats/latex.hpp"
#include "tracer/formats/text.hpp"

namespace chalkgrad {
namespace {

using testing::solve_text;

std::string exact_sheet(const Solution& solution, Style style = Style::textbook) {
  return render_text(make_sheet(solution, {.style = style, .exact = true}), {});
}

/// By hand: y = √(1/2 + 2) = √10/2, ∂E/∂y = y − 1.
TEST(ExactFigures, AreFractionsAndRootsWithTheDecimalBeside) {
  std::string sheet = exact_sheet(solve_text(
      "input x1, x2 = 1, 2\nweight w1, w2 = 1/3, -1/2\nbias b = 1/6\ntarget t = 1\n"
      "h = relu(-(w1*x1 + w2*x2 + b))\ny = sqrt(h + 2)\nE = 1/2*(t - y)^2\nderive E wrt w1\n"
      "update w1 rate 0.5\n"));
  // Where remarks stand depends on the lines around them.
  sheet.erase(
      std::unique(sheet.begin(), sheet.end(), [](char a, char b) { return a == ' ' && b == ' '; }),
      sheet.end());
  for (const char* line :
       {"weights w1 = 1/3, w2 = −1/2", "= 1/2 (0.5)", "y = √(h + 2) = √(1/2 + 2) = √(10)/2",
        "= 7/4 − √(10)/2 (0.1689)", "= √(10)/2 − 1", "= √(10)/10 − 1/2 (−0.1838), from B2, B3, B4",
        "= 7/12 − √(10)/20 (0.4252)"})
    EXPECT_NE(sheet.find(line), std::string::npos) << line << "\n" << sheet;
}

/// What was typed as a decimal, or has no form by hand, stays a decimal.
TEST(ExactFigures, LeaveDecimals) {
  const std::string text = "weight w = 0.45\na = 3*w\nb = tanh(1/3)\nE = a*b\nderive E wrt w\n";
  EXPECT_EQ(exact_sheet(solve_text(text)),
            render_text(make_sheet(solve_text(text), {.style = Style::textbook}), {}));
}

TEST(ExactFigures, AreAcceptedByCheck) {
  for (const std::string& example : testing::worked_examples()) {
    const Solution solution = solve_text(testing::example_text(example));
    for (const Style style : {Style::textbook, Style::delta, Style::paths}) {
      const Sheet sheet = make_sheet(solution, {.style = style, .exact = true});
      for (const std::string& written : {render_text(sheet, {}), render_latex(sheet, {})}) {
        Checker checker(solution, {});
        for (const Finding& finding : checker.check("sheet", written).findings)
          EXPECT_TRUE(finding.verdict == Verdict::ok || finding.verdict == Verdict::ok_digits ||
                      finding.verdict == Verdict::ok_carried)
              << example << ": " << finding.subject << " " << finding.message << "\n"
              << written;
      }
    }
  }
}

}  // namespace
}  // namespace chalkgrad
