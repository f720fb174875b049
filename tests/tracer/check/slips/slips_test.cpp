#include "tracer/check/slips/slips.hpp"

#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/check/check.hpp"

namespace chalkgrad {
namespace {

TEST(DigitSlip, IsNamedWhereOneDigitIsWrong) {
  const struct {
    const char* written;
    double truth;
    const char* expected;
  } table[] = {
      {"0.7541", 0.751365, "looks like 0.7514"},  // swapped
      {"0.1868", 0.186815, ""},                   // right
      {"0.5939", 0.593270, "looks like 0.5933"},  // exchanged
      {"0.743", 0.741365, "looks like 0.741"},    // exchanged
      {"0.1862", 0.186815, "looks like 0.1868"},
      {"0.1682", 0.186815, "looks like 0.18682 with a digit dropped"},
      {"0.8217", 0.082167, "looks like 0.08217 with the point moved"},
      {"0.5", 0.593270, ""},      // one digit proves nothing
      {"-0.2171", 0.217071, ""},  // a sign is no digit
  };
  for (const auto& row : table) {
    const auto slip = digit_slip(row.written, row.truth);
    EXPECT_EQ(slip ? slip->description : "", row.expected) << row.written;
    EXPECT_EQ(slip ? slip->id : "digit", "digit");
  }
}

/// id: description of the first slip in an answer to Mazur's network.
std::string slip_in(const Solution& solution, const std::string& answer) {
  Checker checker(solution);
  for (const Finding& one : checker.check("a", answer).findings)
    if (!one.slip.empty()) return one.slip + one.message.substr(one.message.find("; ") + 1);
  return "none";
}

// The figures are those of the tutorial that the example is from.
TEST(Slip, HasAName) {
  const Solution mazur = testing::solve_text(testing::example_text("mazur"));
  const struct {
    const char *answer, *expected;
  } table[] = {
      {"out_h1 = 0.3775", "net-for-out that is net_h1"},
      {"net_o1 = w5*net_h1 + w6*out_h2 + b2", "net-for-out net_h1 instead of out_h1"},
      {"w5_new = 0.4000", "not-updated that is w5 before the update"},
      {"dout_o1/dnet_o1 = 1 - out_o1^2",
       "other-activation that is the derivative of tanh, not of sigmoid"},
      {"dE/dw5 = dE/dout_o1 * dnet_o1/dw5",
       "missing-factor ∂out_o1/∂net_o1 is missing: multiply by out_o1·(1 − out_o1)"},
  };
  for (const auto& row : table) EXPECT_EQ(slip_in(mazur, row.answer), row.expected) << row.answer;
}

// E = ½(y − t)² + ½λw², y = w·x + b with x = 3, w = 0.5, b = 0.2, t = 1, λ = 0.1:
// y = 1.7, ∂E/∂w = 0.7·3 + 0.05 = 2.15, ∂E/∂b = 0.7.
TEST(Slip, OfPenaltiesBiasesAndMeansHasAName) {
  const Solution solution = testing::solve_text(
      "input x = 3\nweight w = 0.5\nbias b = 0.2\ntarget t = 1\nconstant l = 0.1\n"
      "y = w*x + b\nE = 1/2*(y - t)^2 + l/2*w^2\nderive E wrt w, b\n");
  EXPECT_EQ(slip_in(solution, "dE/db = 2.1"),
            "bias-times-input multiplied by x: a bias has no input");
  EXPECT_EQ(slip_in(solution, "dE/dw = (y - t)*x"),
            "missing-penalty the penalty\'s term l·w is missing");
  const Solution mean = testing::solve_text(
      "input a, b, c = 1, 2, 6\nm = (a + b + c)/3\nq = a + b + c\nderive m wrt a\n");
  EXPECT_EQ(slip_in(mean, "m = a + b + c"),
            "sum-for-mean 1/3 is missing: the sum instead of the mean");
  EXPECT_EQ(slip_in(mean, "q = (a + b + c)/3"),
            "mean-for-sum divided by 3: the mean instead of the sum");
}

TEST(Slip, MayBeTwo) {
  const Solution mazur = testing::solve_text(testing::example_text("mazur"));
  EXPECT_EQ(slip_in(mazur, "dE/dw5 = (t1 - out_o1)*out_o1*out_h1"),
            "sign the sign is wrong; and (1 − out_o1) is missing");
}

}  // namespace
}  // namespace chalkgrad
