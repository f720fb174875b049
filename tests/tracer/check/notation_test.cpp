#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/check/check.hpp"
#include "tracer/check/reading/answer.hpp"

/// Answers as people write them, with the verdict of every statement. The figures were worked out
/// by hand with sixteen digits of Python: σ(1) = 0.7310585786, σ(1.1) = 0.7502601056.
namespace chalkgrad {
namespace {

/// What is said of the text: right ones counted, others as line:verdict; then conventions and the
/// lines that were not read.
std::string judged(Checker& checker, const std::string& text) {
  const FileReport report = checker.check("answer.txt", text);
  LineIndex lines(report.text);
  std::size_t right = 0;
  std::string others;
  for (const Finding& finding : report.findings) {
    if (finding.verdict == Verdict::ok || finding.verdict == Verdict::ok_digits ||
        finding.verdict == Verdict::ok_carried) {
      ++right;
    } else {
      others += ", " + std::to_string(lines.position(finding.span.begin).line) + ":" +
                std::string(verdict_name(finding.verdict)) +
                (finding.slip.empty() ? "" : ":" + finding.slip);
    }
  }
  for (const Span& line : report.passed_over)
    others += ", " + std::to_string(lines.position(line.begin).line) + ":not read";
  for (const std::string& one : report.conventions) others += "; " + one;
  return std::to_string(right) + others;
}

struct WrittenAnswer {
  const char *written, *expected;
};

template <std::size_t count>
void expect_judged(const char* problem, const WrittenAnswer (&table)[count]) {
  const Solution solution = testing::solve_text(problem);
  Checker checker(solution);
  for (const WrittenAnswer& row : table)
    EXPECT_EQ(judged(checker, row.written), row.expected) << row.written;
}

constexpr const char* neuron = R"(input x = 2
weight w5 = 0.5, v = 3
target t = 1
net = w5*x
out = sigmoid(net)
E = 1/2*(t - v*out)^2
derive E wrt all
update all rate 0.1
)";

/// dz⁽ᵏ⁾ = p⁽ᵏ⁾ − y⁽ᵏ⁾ without the 1/2 of the mean, which comes with dw; of one sample alone it is
/// a slip. p = σ(0.75) = 0.6791787, σ(−1) = 0.2689414.
TEST(Notation, ASampleMayHaveItsOwnLoss) {
  constexpr WrittenAnswer table[] = {
      {"dz[1] = p[1] - y[1] = -0.3208\ndz[2] = p[2] - y[2] = 0.2689\n"
       "db = (-0.3208 + 0.2689)/2 = -0.026",
       "6; the derivatives of a sample are those of its own loss; the mean comes after"},
      {"dz[1] = -0.1604\ndz[2] = 0.1345\ndb = -0.1604 + 0.1345 = -0.0259", "4"},
      {"dz[1] = -0.3208\ndz[2] = 0.1345", "1, 1:wrong:missing-factor"},
  };
  expect_judged(
      "samples x1, x2, y\n1.5, -0.5, 1\n-1, 2, 0\nweight w1, w2 = 0.3, -0.4\nbias b = 0.1\n"
      "z = w1*x1 + w2*x2 + b\np = sigmoid(z)\n"
      "L = mean over samples of binary_cross_entropy(y; p)\nderive L wrt w1, w2, b\n",
      table);
}

/// E = w² from w = 1 with rate 0.1: 1, 0.8, 0.64, 0.512. With Adam the second step leads to 0.8004
/// (m = 0.36, v = 0.007236), which a formula cannot be held against without m and v.
TEST(Notation, GoesOnToTheNextStep) {
  constexpr WrittenAnswer table[] = {
      {"dE/dw = 2*1 = 2\nw = 1 - 0.1*2 = 0.8\ndE/dw = 2*0.8 = 1.6\nw = 0.8 - 0.1*1.6 = 0.64\n"
       "dE/dw = 2*0.64 = 1.28\nw = 0.64 - 0.1*1.28 = 0.512",
       "12"},
      {"dE/dw = 2*1 = 2\nw = 1 - 0.1*2 = 0.8\ndE/dw = 2*0.8 = 1.7\nw = 0.8 - 0.1*1.7 = 0.63",
       "5, 3:wrong:digit, 4:follows, 4:follows"},
      {"dE/dw = 2*0.8 = 1.6", "0, 1:wrong:updated-weight, 1:follows"},
      {"w(1) = 0.8; w(2) = 0.64\nIteration 3: g_w = 1.28", "2, 2:unreadable"},
  };
  expect_judged("weight w = 1\nE = w^2\nderive E wrt w\nupdate w rate 0.1 repeat 3\n", table);
  constexpr WrittenAnswer adam[] = {
      {"dE/dw = 2\nw = 1 - 0.1*2/sqrt(4) = 0.9\ndE/dw = 2*0.9 = 1.8\n"
       "w = 0.9 - 0.1*1.8947/sqrt(3.6198) = 0.8004",
       "5, 4:unreadable"},
  };
  expect_judged("weight w = 1\nE = w^2\nderive E wrt w\nupdate w rate 0.1 adam repeat 2\n", adam);
}

/// ∂E/∂w5 = (3·0.7310586 − 1)·3·0.7310586·0.2689414·2 = 1.4075555, w5⁺ = 0.3592444.
TEST(Notation, WordsBesideANameSayWhatIsMeant) {
  constexpr WrittenAnswer table[] = {
      {"w5 (new) = 0.3592", "1"},
      {"w5(new) = 0.3592", "1"},
      {"new w5 = 0.3592", "1"},
      {"nuevo w5 = 0.3592", "1"},
      {"w5 neu = 0.3592", "1"},
      {"w_5^{(baru)} = 0.3592", "1"},
      {"w5 (old) = 0.5", "1"},
      {"w5 (new) = 0.4592", "0, 1:wrong:digit"},
      {"The gradient of w5 = 1.4076", "1"},
      {"grad w5 = 1.4076", "1"},
      {"grad w5 = 0.5", "0, 1:wrong"},
      {"Total Error E = 0.7118", "1"},
      {"L(w5) = 0.7118", "1"},
      {"error going back to out = 3.5795", "0, 1:unreadable"},
      {"So we get out = 0.7311, which is right.", "1"},
      {"So we get out = 0.8311, which is right.", "0, 1:wrong:digit"},
      {"\\nabla_{w_5} E = 1.4076", "1"},
  };
  expect_judged(neuron, table);
}

TEST(Notation, RelationsNeedNoSign) {
  constexpr WrittenAnswer table[] = {
      {"out: 0.7311", "1"},
      {"out: 0.8311", "0, 1:wrong:digit"},
      {"out is 0.7311", "1"},
      {"out = 73.1 %", "1"},
      {"dE/dw5 => 1.4076", "1"},
      {"dE/dw5 ~ 1.41", "1"},
      {"w5 → 0.3592", "1"},
      {"w5: 0.5 → 0.3592", "2"},
      {"w5: 0.4 → 0.3592", "1, 1:wrong"},
      {"| out | 0.7311 |", "1"},
      {"| dE/dw5 | 0.7311 |", "0, 1:wrong"},
      {"| Error | $\\frac{\\partial E}{\\partial w_5}$ | $1.4076$ |", "1"},
      {"| step | $E = \\frac12(t - v\\,out)^2$ | $0.9$ |", "1, 1:wrong"},
      {">>> out\n0.7310585786300049", "1"},
      {"out   net\n0.7311   1", "2"},
      {"out   net\n0.7311   2", "1, 2:wrong:half"},
      {"The result 0.7311 was found.", "0, 1:not read"},
      {"out = 0.7311\nfrom the book: 0.89", "1, 2:not read"},
      {"Step 3. See page 12 and (4).", "0"},
  };
  expect_judged(neuron, table);
}

TEST(Notation, ProgramsAreRead) {
  constexpr WrittenAnswer table[] = {
      {"E = 1/2*(t - v*out)**2", "1"},
      {"out = 1/(1 + np.exp(-net))", "1"},
      {"out = torch.sigmoid(net)", "1"},
      {"w5 -= 0.1 * 1.40755553", "1"},
      {"w5 -= 0.1 * 1.9", "0, 1:wrong:digit"},
      {"dE_dw5 = (v*out - t)*v*out*(1 - out)*x", "1"},
      {"dE_dw5 = (t - v*out)*x", "0, 1:wrong"},
      {"dLoss_dw5 = out*(1 - out)*x", "0, 1:wrong:missing-factor"},
      {"d_w5 = 7*x", "0, 1:wrong"},
      {"dw5 = 1.4076", "1"},
      {"grad_w5 = 1.4076", "1"},
      {"delta_1 = 7*x", "0, 1:wrong"},
      {"dE_dw9 = 7*x", "0, 1:unreadable"},
      {"w5 = w5 - 0.1*grad = 0.3592", "2"},
      {"δ = (v*out - t)*v * sigmoid_derivative(net)", "1"},
      {"g <- (v*out - t)*v*out*(1 - out)*x\n-1.4076 2.8151\nw5_new <- w5 - 0.1*g", "1, 2:not read"},
  };
  expect_judged(neuron, table);
}

/// What is not understood is not judged, and neither is what stands beside it.
TEST(Notation, NothingIsMadeOfAPiece) {
  constexpr WrittenAnswer table[] = {
      {"tanh(a) = tanh(.5) = .4621", "0, 1:unreadable"},
      {"foo^2 = 3^2 = 9", "0, 1:unreadable"},
      {"1/(1+foo) = .25", "0, 1:unreadable"},
      {"out = v*zz + 0.2 = 0.7311", "1, 1:unreadable"},
      {"out = 0.731l", "1; O and l within numbers are read as the digits 0 and 1"},
      {"net = 0.5 . (2) = 1", "1, 1:unreadable"},
      {"net = 0.5 • 2 = 1", "2"},
      {"E = \\sum (t - v)^2", "0, 1:unreadable"},
      {"x[1](0) = 1", "0, 1:unreadable"},
      {"out = 0.7311 (B1)", "1"},
      {"out = 0.7311 (x = 2 in this example)", "2"},
      {"out = 0.7311   ← activation", "1"},
      {"σ(z) = 1/(1 + e^(-z))", "1"},
  };
  expect_judged(neuron, table);
}

TEST(Notation, SidesBeforeANameAreCompared) {
  constexpr WrittenAnswer table[] = {
      {"0.5*2 = net", "1"},
      {"0.5*3 = net", "0, 1:wrong"},
      {"w5*x = net = 1", "2"},
      {"2*(v - t) = ∂E/∂w5", "0, 1:wrong"},
      {"tanh(w5*x) = net", "0, 1:wrong"},
      {"(0.3 - 0.1)^2 = 0.2^2 = 0.04", "2"},
      {"(0.9 - 0.844)^2 = (0.056)^2 = 0.003136", "2"},
      {"(1.1 - 1)^2 = 0.2^2", "0, 1:wrong"},
  };
  expect_judged(neuron, table);
}

constexpr const char* hatted = R"(input x = 2
weight w1 = 0.5
bias b1 = 0.1
target y = 1
z1 = w1*x + b1
y_hat = sigmoid(z1)
L = 1/2*(y_hat - y)^2
derive L wrt all
update all rate 0.1
)";

/// ∂L/∂z1 = (0.7502601 − 1)·0.7502601·0.2497399 = −0.0467937, w1⁺ = 0.5093587, z1⁺ = 1.1233969.
TEST(Notation, AHatIsPartOfTheName) {
  constexpr WrittenAnswer table[] = {
      {"\\hat{y} = \\sigma(z_1) = 0.750", "2"},
      {"ŷ = σ(z1) = 0.750", "2"},
      {"y^ = 0.750", "1"},
      {"y_pred = 0.750", "1"},
      {"\\frac{\\partial L}{\\partial \\hat y} = \\hat y - y = 0.750 - 1 = -0.250", "3"},
      {"dL/dz1 = -(expected - y_hat) * y_hat * (1 - y_hat)", "1"},
      {"dL/dz1 = (y\\_hat - y) \\cdot \\text{sigmoid derivative}(1.1) = -0.0468", "2"},
  };
  expect_judged(hatted, table);
}

TEST(Notation, AConventionHoldsForAFile) {
  constexpr WrittenAnswer table[] = {
      {"\\delta_1 = (y - \\hat y) \\hat y (1 - \\hat y) = 0.0468\n\n"
       "w_1^{new} = 0.5 + 0.1 \\cdot 0.0468 \\cdot 2 = 0.5094\n\n"
       "\\Delta w_1 = \\eta \\delta_1 x = 0.1 \\cdot 0.0468 \\cdot 2 = 0.0094",
       "7; δ is read as −∂E/∂net, which the updates add"},
      {"\\delta_1 = (\\hat y - y) \\hat y (1 - \\hat y) = -0.0468", "2"},
      {"\\delta_1 = (y - \\hat y) \\hat y (1 - \\hat y)", "0, 1:wrong:sign"},
      {"Δw1 = 0.0094", "1"},
      {"\\Delta w_{1} = -0.1 \\cdot (-0.0936) = 0.0094", "2"},
      {"Δw1 = 0.0194", "0, 1:wrong:digit"},
  };
  expect_judged(hatted, table);
}

TEST(Notation, ValuesAfterTheUpdateNeedNoMark) {
  constexpr WrittenAnswer table[] = {
      {"w1 = w1 - 0.1·(-0.0936) = 0.5094\nb1 ← 0.1 - 0.1·(-0.0468) = 0.1047\n"
       "z1 = 0.5094·2 + 0.1047 = 1.1235, ŷ = σ(1.1235) ≈ 0.7546",
       "8"},
      {"w1 = 0.5094, b1 = 0.1047", "2"},
      {"w1 = 0.5194", "0, 1:wrong"},
      {"z1 = 0.5094·2 + 0.1047 = 1.1235", "0, 1:wrong, 1:follows"},
  };
  expect_judged(hatted, table);
}

TEST(Notation, DerivativesOfFormulas) {
  constexpr WrittenAnswer table[] = {
      {"\\frac{\\partial z1}{\\partial w1} = \\frac{\\partial}{\\partial w1}(w1 x) = x", "2"},
      {"∂L/∂y_hat = ∂(½ * (y_hat - y)²)/∂y_hat = y_hat - y", "2"},
      {"∂L/∂y_hat = ∂(½ * (y_hat - y)²)/∂y_hat = y - y_hat", "1, 1:wrong:sign"},
      {"δL/δw1 = δ(L + 0)/δw1", "1"},
  };
  expect_judged(hatted, table);
}

TEST(Notation, LayersAreNoSamples) {
  constexpr WrittenAnswer table[] = {
      {"w_{11}^{(1)} = 0.1", "1"},
      {"net_{h1} = x_1 w^{(1)}_{11} + x_2 w^{(1)}_{21} = (0.35)(0.1) + (0.8)(0.2)", "2"},
      {"w_{11}^{(1)+} = 0.0992", "1"},
      {"$net_{h1} = w1_11x_1 + x_2 w1_21$", "1"},
      {"delta_h1 = (out_h1 - 0.5)*out_h1*(1 - out_h1)", "1"},
  };
  expect_judged(R"(input x1 = 0.35, x2 = 0.8
weight w1_11, w1_21 = 0.1, 0.2
net_h1 = x1*w1_11 + x2*w1_21
out_h1 = sigmoid(net_h1)
E = 1/2*(0.5 - out_h1)^2
derive E wrt all
update all rate 0.2
)",
                table);
}

TEST(Notation, LinesGoOn) {
  constexpr WrittenAnswer table[] = {
      {"z = 0.690·0.5 + 0.917·0.7\n\nz = 0.345 + 0.6419 = 0.9869", "3"},
      {"z =\na*u + b*v\n= 0.9868", "2"},
      {"z =\na*u + b*v\n= 0.9968", "1, 3:wrong:digit"},
      {"z = 0.9868  o = 0.7285", "2"},
      {"u = 0.5 v = 0.7", "2"},
      {"a := 0.1   + 0.5900   = 0.6900", "2"},
      {"o = (a*u + b*v),(1)\n", "0, 1:wrong:net-for-out"},
  };
  expect_judged(R"(input p = 0.8, q = 2.4
weight u = 0.5, v = 0.7
a = sigmoid(p)
b = sigmoid(q)
z = a*u + b*v
o = sigmoid(z)
E = 1/2*(1 - o)^2
derive E wrt u
)",
                table);
}

/// Behind a slip somebody goes on with all digits of the calculator: 0.46116·2 = 0.9223, where
/// 0.4612 is written.
TEST(Notation, UnroundedNumbersBehindASlipFollow) {
  constexpr WrittenAnswer table[] = {
      {"h = 0.4612\nz = 2*0.4612 = 0.9223", "0, 1:wrong:digit, 2:follows, 2:follows"},
  };
  expect_judged(R"(input x = 0.5
weight w = 2
h = tanh(x)
z = w*h
derive z wrt w
)",
                table);
}

TEST(Notation, WhatVanishesBecauseTargetsSumToOneIsNoCoincidence) {
  constexpr WrittenAnswer table[] = {{"dE/db = δ_o1 + δ_o2 = 0", "2"},
                                     {"out_o1 = out_o2 = 0.5", "2"}};
  expect_judged(R"(input x = 0
target t1, t2 = 1, 0
weight w1, w2 = 0.2, -0.2
bias b = -0.4
layer o1, o2 from x weights w1, w2 bias b activation softmax
E = cross_entropy(t1, t2; out_o1, out_o2)
derive E wrt b
)",
                table);
}

TEST(Notation, EulersNumberBesideAQuantityE) {
  constexpr WrittenAnswer table[] = {
      {"o = 1/(1 + e^{-1}) = 0.7311", "2; e is read as Euler's number"},
      {"z = 0.5*e = 1", "2"},
  };
  expect_judged(R"(input e = 2
weight w = 0.5
z = w*e
o = sigmoid(z)
E = 1/2*o^2
derive E wrt w
)",
                table);
}

TEST(Notation, CellsMayHaveFractions) {
  const Solution solution = testing::solve_text(
      "samples x, t\n1/3, 1\n-2/3, 0\nweight w = 0.5\ny = w*x\n"
      "E = mean over samples of (t - y)^2\nderive E wrt w");
  Checker checker(solution, {});
  EXPECT_EQ(judged(checker,
                   "| sample | x | t |\n|---|---|---|\n| 1 | $\\frac{1}{3}$ | $1$ |\n"
                   "| 2 | $-\\frac{2}{3}$ | $0$ |\n"),
            "4");
  EXPECT_EQ(judged(checker, "| sample | x | t |\n|---|---|---|\n| 1 | $\\frac{1}{4}$ | $1$ |\n"),
            "1, 3:wrong");
}

}  // namespace
}  // namespace chalkgrad
