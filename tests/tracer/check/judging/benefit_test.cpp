#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/check/check.hpp"

/// What may be written otherwise and comes to the same, and what is one mistake rather than
/// several. Figures by hand.
namespace chalkgrad {
namespace {

constexpr const char* logistic_neuron =
    "input x1, x2 = 1.5, -0.8\nweight w1, w2 = 0.4, 0.9\nbias b = 0.2\ntarget y = 1\n"
    "z = w1*x1 + w2*x2 + b\np = sigmoid(z)\nL = binary_cross_entropy(y; p)\nderive L wrt all\n"
    "update all rate 0.1\n";

constexpr const char* fitted_line =
    "samples x, t\n 0.5, 1\n 1, 2\n 2, 2.5\nweight w = 1\nbias b = 0.5\ny = w*x + b\n"
    "L = mean over samples of (y - t)^2\nderive L wrt all\n";

/// The verdicts that are not plainly right, with what is said.
std::string judged_of(const char* problem, const std::string& text) {
  const Solution solution = testing::solve_text(problem);
  Checker checker(solution, {});
  std::string others;
  std::size_t right = 0;
  for (const Finding& one : checker.check("answer.txt", text).findings) {
    if (!is_wrong(one)) {
      ++right;
    } else {
      others += "; " + std::string(verdict_name(one.verdict)) + " " + one.subject;
    }
  }
  return std::to_string(right) + others;
}

struct WrittenOtherwise {
  const char *problem, *text, *expected;
};

TEST(BenefitOfTheDoubt, IsGivenToWhatComesToTheSame) {
  for (const auto& [problem, text, expected] : {
           // A sign drawn out, with a name before it and without.
           WrittenOtherwise{logistic_neuron, "z = 0.4*1.5 - 0.9*0.8 + 0.2 = 0.08", "2"},
           WrittenOtherwise{logistic_neuron, "0.4*1.5 - 0.9*0.8 + 0.2 = 0.08", "2"},
           WrittenOtherwise{logistic_neuron, "z = 0.4*1.5 + 0.9*0.8 + 0.2 = 1.52",
                            "0; wrong z; follows z"},
           // 2/3 for 1/3 and a 2 within: y − t is 0, −0.5 and 0.
           WrittenOtherwise{fitted_line, "dL/dw = 2/3*(0*0.5 + (-0.5)*1 + 0*2) = -0.3333", "2"},
           // One factor of the whole, and what follows from it.
           WrittenOtherwise{fitted_line, "dL/dw = 1/3*(0*0.5 + (-0.5)*1 + 0*2) = -0.1667",
                            "0; wrong ∂L/∂w; follows ∂L/∂w"},
       })
    EXPECT_EQ(judged_of(problem, text), expected) << text;
}

/// A name of her own with numbers put in is another thing where the weights are others.
TEST(BenefitOfTheDoubt, IsGivenToWhatRestsOnNumbersOfHerOwn) {
  EXPECT_EQ(judged_of(logistic_neuron,
                      "q = 0.4*x1 + 0.9*x2 + 0.2\nr = 1/(1 + exp(-q))\ndL/dw1 = (r - y)*x1"),
            "3");
  EXPECT_EQ(judged_of(logistic_neuron,
                      "q = 0.4*x1 + 0.8*x2 + 0.2\nr = 1/(1 + exp(-q))\ndL/dw1 = (r - y)*x1"),
            "0; wrong ∂L/∂w1");
}

/// Each of several names has its own value, wherever they stand.
TEST(SeveralNames, HaveAValueEach) {
  EXPECT_EQ(judged_of(logistic_neuron, "We have w1, w2 = 0.4, 0.9 and b = 0.2."), "3");
  EXPECT_EQ(judged_of(logistic_neuron, "x1, x2 = 1.5, -0.8; w1, w2 = 0.4, 0.9"), "4");
  EXPECT_EQ(judged_of(logistic_neuron, "w1, w2 = 0.4, 0.8"), "1; wrong w2");
}

/// What is not known is not left out of a difference.
TEST(BenefitOfTheDoubt, DropsNoFirstTerm) {
  EXPECT_EQ(judged_of(logistic_neuron, "foo - 0.1*0.48 = 0.152"), "0; unreadable ");
  EXPECT_EQ(judged_of(logistic_neuron, "V^T z = 0.08"), "0; unreadable ");
}

}  // namespace
}  // namespace chalkgrad
