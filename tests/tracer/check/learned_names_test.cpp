#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/check/check.hpp"

/// Names of the paper: those that the problem or the command line say, and those that an answer
/// says by what it defines. The figures of Mazur's network are those of his tutorial.
namespace chalkgrad {
namespace {

struct NamedAnswer {
  const char *text, *said, *counts;
};

/// What the report says first, and how many relations are right and not.
std::pair<std::string, std::string> read_as(const std::string& problem, const std::string& text) {
  const Solution solution = testing::solve_text(problem);
  Checker checker(solution, {});
  const FileReport report = checker.check("answer.txt", text);
  std::string said;
  for (const std::string& one : report.conventions) said += one;
  std::size_t right = 0, others = 0;
  for (const Finding& finding : report.findings) {
    const bool is_right = finding.verdict == Verdict::ok || finding.verdict == Verdict::ok_digits ||
                          finding.verdict == Verdict::ok_carried;
    ++(is_right ? right : others);
  }
  return {said, std::to_string(right) + "+" + std::to_string(others)};
}

TEST(LearnedNames, AreThoseOfDefinitionsAndOfForwardLines) {
  for (const auto& [text, said, counts] : {
           // A formula that is worth the same whatever the numbers are.
           NamedAnswer{
               "z1 = w1*i1 + w2*i2 + b1 = 0.3775\na1 = sigmoid(z1)\nda1/dz1 = a1*(1 - a1) = "
               "0.2413",
               "read as: z1 = net_h1, a1 = out_h1", "5+0"},
           // Numbers that are those of one definition.
           NamedAnswer{
               "s = 0.4*0.5933 + 0.45*0.5969 + 0.6 = 1.1059\ny = 1/(1+e^(-1.1059)) = 0.7514\n"
               "dE/dy = y - t1 = 0.7414\ndy/ds = y(1 - y) = 0.1868",
               "read as: s = net_o1, y = out_o1", "8+0"},
           NamedAnswer{
               "z3 = 0.4*0.5933 + 0.45*0.5969 + 0.6 = 1.1059\ndelta3 = 0.1385\nδ_3 = 0.1385",
               "read as: z3 = net_o1", "4+0"},
           // A bias forgotten: it is her own, and nothing is said of what it should be.
           NamedAnswer{"z1 = w1*i1 + w2*i2 = 0.0275\ndE/dz1 = 0.0364", "", "1+1"},
           // Defined in two ways.
           NamedAnswer{"z = w1*i1 + w2*i2 + b1\nz = w3*i1 + w4*i2 + b1", "", "0+0"},
           // A value alone may be that of another quantity.
           NamedAnswer{"q = 0.5933", "", "0+1"},
       }) {
    const auto found = read_as(testing::example_text("mazur"), text);
    EXPECT_EQ(found.first, said) << text;
    EXPECT_EQ(found.second, counts) << text;
  }
}

/// What o_3 and o_5 are is known from the forward pass; only then w_53 can be told. The second δ of
/// a hidden unit has a slip in its sign, and so agrees with the other meaning of δ by chance. By
/// Python: o = 0.60513, ∂E/∂net_o = −0.09435, ∂E/∂net_h1 = −0.01636, ∂E/∂net_h2 = 0.01179.
TEST(LearnedNames, OneIsFoundByAnotherAndTheSignOfDeltaByFormulas) {
  const std::string problem =
      "input x1, x2 = 0.6, 0.1\nweight w1..w4 = 0.2, -0.3, 0.4, 0.1\nweight w5, w6 = 0.7, -0.5\n"
      "bias b1, b2, b3 = 0.1, -0.2, 0.3\ntarget t = 1\n"
      "layer h1, h2 from x1, x2 weights w1..w4 bias b1, b2 activation sigmoid\n"
      "layer o from h1, h2 weights w5, w6 bias b3 activation sigmoid\n"
      "E = half_squared_error(t; out_o)\nderive E wrt all\n";
  const std::string answer =
      "net_3 = 0.2*0.6 - 0.3*0.1 + 0.1 = 0.19\no_3 = 1/(1+e^-0.19) = 0.5474\n"
      "o_4 = 1/(1+e^-0.05) = 0.5125\n"
      "net_5 = 0.7*0.5474 - 0.5*0.5125 + 0.3 = 0.4269,   o_5 = 0.6051\n"
      "delta_5 = o_5 (1 - o_5)(t - o_5) = 0.6051*0.3949*0.3949 = 0.0944\n"
      "delta_3 = o_3 (1 - o_3) w_53 delta_5 = 0.5474*0.4526*0.7*0.0944 = 0.0164\n";
  const std::string names =
      "read as: net_3 = net_h1, o_3 = out_h1, o_4 = out_h2, net_5 = net_o, "
      "o_5 = out_o, w_53 = w5δ is read as −∂E/∂net, which the updates add";
  EXPECT_EQ(read_as(problem, answer), std::pair(names, std::string("15+0")));
  const auto with_slip = read_as(
      problem,
      answer + "delta_4 = o_4 (1 - o_4) w_54 delta_5 = 0.5125*0.4875*0.5*0.0944 = 0.0118\n");
  EXPECT_EQ(with_slip.first.find("δ is read as −∂E/∂net") != std::string::npos, true)
      << with_slip.first;
  EXPECT_EQ(with_slip.second, "16+2");
}

/// Two units with the same numbers: the line could be about either.
TEST(LearnedNames, AreNotGuessed) {
  const std::string twins =
      "input x = 2\nweight w1, w2 = 0.3, 0.3\nbias b1, b2 = 0.1, 0.1\nn1 = w1*x + b1\nn2 = w2*x + "
      "b2\n"
      "E = n1*n2\nderive E wrt w1";
  EXPECT_EQ(read_as(twins, "z = 0.3*2 + 0.1 = 0.7\ndE/dz = 0.7").first, "");
  EXPECT_EQ(read_as(twins, "z = w1*x + b1 = 0.7\ndE/dz = 0.7").first, "read as: z = n1");
}

TEST(LearnedNames, ThoseOfTheProblemAreKnownBefore) {
  const std::string problem =
      testing::example_text("mazur") + "\nalias z1 = net_h1, C = E_total, o = out_o1\n";
  EXPECT_EQ(
      read_as(problem, "z1 = 0.3775\ndC/do = 0.7414\ndelta_z1 = 0.0088\ndC/dz1 = 0.0088").second,
      "4+0");
  EXPECT_EQ(read_as(problem, "dC/do = 0.7514").second, "0+1");
  const std::string samples =
      "samples x, t\n1, 0\n2, 1\nweight w = 0.5\nnet = w*x\nE = mean over samples of "
      "half_squared_error(t; net)\nderive E wrt w\nalias z = net";
  EXPECT_EQ(read_as(samples, "z[2] = 1.0\nz⁽¹⁾ = 0.5").second, "2+0");
}

TEST(LearnedNames, AliasesAreNamesOfTheirOwn) {
  const std::string start = "weight w = 1\ny = 2*w\nderive y wrt w\n";
  EXPECT_EQ(testing::errors_of(start + "alias z = net"),
            "test.chalk:4:7: error: unknown quantity 'net'\n  alias z = net\n        ^\n");
  EXPECT_EQ(
      testing::errors_of(start + "alias w = y"),
      "test.chalk:4:7: error: 'w' is a quantity already\n  alias w = y\n        ^ an alias is a "
      "name that the file does not have\n");
  EXPECT_EQ(
      testing::errors_of(start + "alias z = y, z = w"),
      "test.chalk:4:14: error: 'z' is an alias twice\n  alias z = y, z = w\n               ^ it "
      "is y in line 4\n");
  EXPECT_EQ(
      testing::errors_of(start + "alias z"),
      "test.chalk:4:8: error: expected '=', but found the end of the line\n  alias z\n         "
      "^\n");
  // No word is reserved.
  EXPECT_EQ(testing::errors_of("weight alias = 1\ny = 2*alias\nderive y wrt alias"), "");
  Source source("test.chalk", start);
  source.add_setting("--alias", "alias z=nothing");
  try {
    (void)read_problem(source);
    FAIL();
  } catch (const ProblemError& error) {
    EXPECT_EQ(describe(error.diagnostics.at(0), source),
              "--alias:7: error: unknown quantity 'nothing'\n  alias z=nothing\n        ^\n");
  }
}

/// What a class writes to one network, each in names of her own. Figures by hand and by Python.
TEST(LearnedNames, HoldInManyHands) {
  const std::string net =
      "input x1, x2 = 0.6, 0.1\nweight w1, w2, w3, w4 = 0.2, -0.3, 0.4, 0.1\nweight w5, w6 = 0.7, "
      "-0.5\n"
      "bias b1, b2, b3 = 0.1, -0.2, 0.3\ntarget t = 1\nnet_h1 = w1*x1 + w2*x2 + b1\n"
      "net_h2 = w3*x1 + w4*x2 + b2\nout_h1 = sigmoid(net_h1)\nout_h2 = sigmoid(net_h2)\n"
      "net_o = w5*out_h1 + w6*out_h2 + b3\nout_o = sigmoid(net_o)\n"
      "E = half_squared_error(t; out_o)\nderive E wrt all\nupdate all rate 0.5\n";
  for (const auto& [text, counts] : {
           // A mistake further down takes nothing back.
           std::pair{
               "z1 = 0.2*0.6 - 0.3*0.1 + 0.1 = 0.19\na1 = 1/(1 + e^-0.19) = 0.5474\ndE/dw5 = 0.7\n",
               "4+1"},
           // The textbooks' sign of δ, in names that have to be learnt first.
           std::pair{
               "net_3 = 0.2*0.6 - 0.3*0.1 + 0.1 = 0.19\no_3 = 1/(1+e^-0.19) = 0.5474\n"
               "net_4 = 0.4*0.6 + 0.1*0.1 - 0.2 = 0.05\no_4 = 0.5125\n"
               "net_5 = 0.7*0.5474 - 0.5*0.5125 + 0.3 = 0.4269\no_5 = 1/(1 + e^-0.4269) = 0.6051\n"
               "delta_5 = o_5*(1 - o_5)*(t - o_5) = 0.0944\ndelta_3 = o_3*(1 - o_3)*w5*delta_5 = "
               "0.0164\n",
               "15+0"},
           // Net and out in one line; a slip in the sign of the first.
           std::pair{"y1 = sigmoid(0.2*0.6 - 0.3*0.1 + 0.1) = 0.5474\n", "2+0"},
           std::pair{"u1 = 0.2*0.6 + 0.3*0.1 + 0.1 = 0.25\nh1 = sigmoid(0.25) = 0.5622\ndE/du1 = "
                     "-0.0164\n",
                     "1+2"},
           // An error signal is no error.
           std::pair{"e = t - out_o = 0.3949\n", "1+0"},
           // Weights with the letters of the paper.
           std::pair{"a_1 = w_{11} x_1 + w_{12} x_2 + b_1 = 0.2*0.6 - 0.3*0.1 + 0.1 = 0.19\n",
                     "3+0"},
       }) {
    EXPECT_EQ(read_as(net, text).second, counts) << text << read_as(net, text).first;
  }
}

constexpr const char* net221 =
    "input x1, x2 = 0.6, 0.1\nweight w1..w4 = 0.2, -0.3, 0.4, 0.1\nweight w5, w6 = 0.7, -0.5\n"
    "bias b1, b2, b3 = 0.1, -0.2, 0.3\ntarget t = 1\n"
    "layer h1, h2 from x1, x2 weights w1..w4 bias b1, b2 activation sigmoid\n"
    "layer o from h1, h2 weights w5, w6 bias b3 activation sigmoid\n"
    "E = half_squared_error(t; out_o)\nderive E wrt all\nupdate all rate 0.5\n";

/// The same network; by Python ∂E/∂w3 = 0.0070720 and w5⁺ = 0.72582218.
TEST(LearnedNames, AreWhatIsLeftOfALine) {
  for (const auto& [text, said, counts] : {
           // Numbers put in for some names only.
           NamedAnswer{
               "net_1 = 0.2*0.6 - 0.3*0.1 + 0.1 = 0.19\no_1 = 1/(1+e^-0.19) = 0.5474\n"
               "net_2 = 0.05\no_2 = 1/(1+e^-0.05) = 0.5125\n"
               "net_3 = 0.7 o_1 - 0.5 o_2 + 0.3 = 0.4269",
               "read as: net_1 = net_h1, o_1 = out_h1, o_2 = out_h2, net_3 = net_o, net_2 = "
               "net_h2",
               "9+0"},
           // The one unknown of a formula.
           NamedAnswer{"dE/dh = dE/dout_o*out_o*(1 - out_o)*v = -0.06605\nv = 0.7",
                       "read as: h = out_h1, v = w5", "3+0"},
           // Before and after the update.
           NamedAnswer{"g_13_new = 0.7 + 0.5*0.0944*0.5474 = 0.7258\ng_13 = 0.7",
                       "read as: g_13 = w5", "3+0"},
           // A number beside a name.
           NamedAnswer{"e = d - out_o = 1 - 0.6051 = 0.3949\ndE/dout_o = -(d - out_o) = -0.3949",
                       "read as: e a quantity of your own, d = t", "4+0"},
       }) {
    const auto found = read_as(net221, text);
    EXPECT_EQ(found.first, said) << text;
    EXPECT_EQ(found.second, counts) << text;
  }
}

/// w_31 and w_32 lead to unit 3, so w_41 leads from input 1 to unit 4; or the other way round.
TEST(LearnedNames, OfWeightsAreThoseOfTheirPlace) {
  const std::string forward =
      "net_4 = 0.4*0.6 + 0.1*0.1 - 0.2 = 0.05\no_4 = 1/(1+e^-0.05) = 0.5125\n"
      "net_3 = W*x_1 + V*x_2 + b1 = 0.2*0.6 - 0.3*0.1 + 0.1 = 0.19\n";
  const auto with = [&](std::string first, std::string second, const std::string& rest) {
    std::string text = forward + rest;
    text.replace(text.find("W*"), 1, first);
    text.replace(text.find("V*"), 1, second);
    return read_as(net221, text);
  };
  EXPECT_EQ(
      with("w_31", "w_32", "dE/dw_41 = 0.0118*0.6 = 0.0071"),
      std::pair(std::string("read as: net_4 = net_h2, o_4 = out_h2, net_3 = net_h1, w_31 = w1, "
                            "w_32 = w2, w_41 = w3"),
                std::string("9+0")));
  EXPECT_EQ(
      with("w_13", "w_23", "dE/dw_14 = 0.0118*0.6 = 0.0071"),
      std::pair(std::string("read as: net_4 = net_h2, o_4 = out_h2, net_3 = net_h1, w_13 = w1, "
                            "w_23 = w2, w_14 = w3"),
                std::string("9+0")));
}

/// Predictions of three samples: by hand 1.5, 2, 3.
TEST(LearnedNames, OfSamplesAreThoseOfTheirNumbers) {
  const std::string line =
      "samples x, t\n 1, 2\n 2, 3\n 4, 4\nweight m = 0.5\nbias c = 1\ny = m*x + c\n"
      "J = mean over samples of (y - t)^2\nderive J wrt m, c\n";
  for (const auto& [text, said, counts] : {
           NamedAnswer{"h(x1) = 1.5, h(x2) = 2.0, h(x3) = 3.0\nJ = 0.75",
                       "read as: h[1] = y⁽¹⁾, h[2] = y⁽²⁾, h[3] = y⁽³⁾", "4+0"},
           NamedAnswer{"ŷ_1 = 1.5\nŷ_2 = 2\nŷ_3 = 3", "read as: ŷ_1 = y⁽¹⁾, ŷ_2 = y⁽²⁾, ŷ_3 = y⁽³⁾",
                       "3+0"},
           NamedAnswer{"i   x_i   y_i   ŷ_i   e_i²\n1   1     2     1.5   0.25\n"
                       "2   2     3     2.0   1.00\n3   4     4     3.0   1.00",
                       "read as: x_i[1] = x⁽¹⁾, x_i[2] = x⁽²⁾, x_i[3] = x⁽³⁾, y_i[1] = t⁽¹⁾, "
                       "y_i[2] = t⁽²⁾, y_i[3] = t⁽³⁾, ŷ_i[1] = y⁽¹⁾, ŷ_i[2] = y⁽²⁾, ŷ_i[3] = y⁽³⁾",
                       "9+0"},
           // One of them is wrong: nothing is learnt from the others.
           NamedAnswer{"q_1 = 1.5\nq_2 = 2.5\nq_3 = 3", "", "0+3"},
       }) {
    const auto found = read_as(line, text);
    EXPECT_EQ(found.first, said) << text;
    EXPECT_EQ(found.second, counts) << text;
  }
}

/// J̃ is the J of the problem, whose J the writer calls so without the penalty; α is no rate here.
/// By Python: net 0.5, h 0.46211716, y −0.27727029, ∂J/∂v = −0.41918994.
TEST(LearnedNames, OfAPenaltyAndItsFactor) {
  const auto found = read_as(
      "input x = 0.8\nweight w = 0.5, v = -0.6\nbias b = 0.1\ntarget t = 0.5\n"
      "constant lambda = 0.1\nnet = w*x + b\nh = tanh(net)\ny = v*h\nE = 1/2*(t - y)^2\n"
      "J = E + lambda/2*(w^2 + v^2)\nderive J wrt w, v, b\nupdate all of J rate 0.2\n",
      "$a = w_1 x + b = 0.5\\cdot0.8+0.1 = 0.5$\n$\\hat y = w_2 h = -0.6 \\cdot 0.4621 = -0.2773$\n"
      "$J = \\frac12(y-\\hat y)^2 = \\frac12(0.5+0.2773)^2 = 0.3021$\n"
      "$\\frac{\\partial \\tilde J}{\\partial w_2} = (\\hat y - y)h + \\alpha w_2 = "
      "-0.7773\\cdot 0.4621 - 0.06 = -0.4192$\n");
  EXPECT_EQ(found.first,
            "read as: a = net, y_hat = y, w_1 = w, w_2 = v, J̃ = J, y = t, J = E, alpha = lambda");
  EXPECT_EQ(found.second, "12+0");
}

}  // namespace
}  // namespace chalkgrad
