#include "tracer/check/judging/step_by_step.hpp"

#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/check/check.hpp"

namespace chalkgrad {
namespace {

using testing::example_text;
using testing::solve_text;

/// line: subject verdict, of what is not right.
std::string not_right(const Solution& solution, const std::string& text) {
  Checker checker(solution, {});
  const FileReport report = checker.check("answers.txt", text);
  LineIndex lines(report.text);
  std::string result;
  for (const Finding& finding : report.findings)
    if (finding.verdict != Verdict::ok && finding.verdict != Verdict::ok_digits)
      result += std::to_string(lines.position(finding.span.begin).line) + ": " + finding.subject +
                " " + std::string(verdict_name(finding.verdict)) + "\n";
  return result;
}

/// The weights are those of the step whose turn the sample is; by hand.
const std::string passes =
    "Sample 1\nnet = 0.5*0 + 0.5*0 + 0 = 0\ny = 1\nΔb = 1*(0 - 1) = -1\nb = -1\nw1 = 0.5\n"
    "Sample 2\nnet = 0.5*0 + 0.5*1 - 1 = -0.5\ny = step(-0.5) = 0\nΔb = 0\nb = -1\n"
    "Sample 4\nnet = w1*x1 + w2*x2 + b = 0.5*1 + 0.5*1 - 1 = 0\ny = 1\nΔw1 = 1*(1 - 1)*1 = 0\n";

TEST(StepByStep, FollowsAPerceptronThroughItsSamples) {
  EXPECT_EQ(not_right(solve_text(example_text("perceptron")), passes), "");
}

TEST(StepByStep, FindsASlipInALaterSample) {
  const Solution solution = solve_text(example_text("perceptron"));
  const auto with = [](std::string text, std::string_view old, std::string_view now) {
    text.replace(text.find(old), old.size(), now);
    return text;
  };
  // 1 is what the weights of the file would give, 0.5 what they give without the new bias.
  EXPECT_EQ(not_right(solution, with(passes, "y = step(-0.5) = 0", "y = 1")), "9: y⁽²⁾ wrong\n");
  EXPECT_EQ(not_right(solution, with(passes, "0.5*0 + 0.5*1 - 1 = -0.5", "0.5")),
            "8: net⁽²⁾ wrong\n");
  EXPECT_EQ(not_right(solution, with(passes, "Δw1 = 1*(1 - 1)*1 = 0", "Δw1 = 1")),
            "15: Δw1 wrong\n");
}

/// Who goes on with new parameters has corrected them, with Δ or without.
TEST(StepByStep, HoldsLaterSamplesAgainstTheirOwnWeights) {
  const Solution solution = solve_text(example_text("perceptron"));
  EXPECT_EQ(not_right(solution, "Sample 1\nnet = 0\ny = 1\nb = -1\nSample 2\nnet = 0.5\n"),
            "6: net⁽²⁾ wrong\n");
  EXPECT_EQ(not_right(solution, "Sample 2\nnet = -0.5\nb = 0\n"), "3: b wrong\n");
}

/// Two passes of the delta rule without headings; the figures are those of a loop in Python.
TEST(StepByStep, CountsTheSamplesOfASecondPass) {
  const Solution solution = solve_text(example_text("delta_rule"));
  const std::string answer =
      "y = 0.4\nΔw1 = 0.06\nw1 = 0.16\ny = 0.06\nΔw1 = -0.106\nw1 = 0.054\n"
      "y = 0.366\nΔw1 = 0.1366\nw1 = 0.1906\ny = -0.5026\nΔw1 = 0.04974\nw1 = 0.24034\n"
      "y = 0.38714\nΔw1 = 0.061286\nw1 = 0.301626\ny = -0.10985\n";
  EXPECT_EQ(not_right(solution, answer), "");
  std::string wrong = answer;
  wrong.replace(wrong.find("0.38714"), 7, "0.3317");  // with the bias of the step before
  EXPECT_NE(not_right(solution, wrong), "");
}

}  // namespace
}  // namespace chalkgrad
