#include "tracer/problem/exercise.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "tests/support/problems.hpp"
#include "tracer/expression/printer.hpp"

/// question, points and nice: what a class is to do, and with what numbers.
namespace chalkgrad {
namespace {

using testing::errors_of;

const std::string unit =
    "input x = 2\nweight w = 0.5\ntarget t = 1\nnet = w*x\nout = sigmoid(net)\n"
    "E = 1/2*(t - out)^2\nderive E wrt w\nupdate w rate 0.5\n";

Exercise exercise_of(const std::string& text) {
  return read_problem(Source("test.chalk", text)).exercise;
}

std::string printed(const Prose& prose) {
  std::string text;
  for (const auto& part : prose) {
    const auto* words = std::get_if<std::string>(&part);
    text += words != nullptr ? *words : "[" + print(std::get<Expr>(part)) + "]";
  }
  return text;
}

TEST(Exercise, ReadsQuestionsWithMathematics) {
  const Exercise exercise = exercise_of(
      unit +
      "question \"Find $dE/dw$ and $w+$.\"\nquestion \"Show $net = w*x$, then $x^2$; 5 % each.\"");
  ASSERT_EQ(exercise.questions.size(), 2u);
  EXPECT_EQ(printed(exercise.questions[0]), "Find [∂E/∂w] and [w⁺].");
  EXPECT_EQ(printed(exercise.questions[1]), "Show [net] = [w·x], then [x^2]; 5 % each.");
}

TEST(Exercise, GivesPoints) {
  const Exercise exercise =
      exercise_of(unit + "points 1 for net, out\npoints 2.5 for dE/dw, w+, ∂E/∂out");
  std::vector<std::pair<std::string, double>> found;
  for (const Points& one : exercise.points) found.emplace_back(one.target.title(), one.points);
  const std::vector<std::pair<std::string, double>> wanted = {
      {"net", 1}, {"out", 1}, {"dE/dw", 2.5}, {"w+", 2.5}, {"dE/dout", 2.5}};
  EXPECT_EQ(found, wanted);
}

TEST(Exercise, ElementsOfArraysAndSamplesShareTheirPoints) {
  const Exercise arrays = exercise_of(
      "input x = [1, 2]\nweight W = [[1, 2], [3, 4]]\nz = W*x\nE = sum(z)\nderive E wrt W\n"
      "points 2 for dE/dW, z[1]");
  ASSERT_EQ(arrays.points.size(), 5u);
  EXPECT_EQ(arrays.points[0].points, 0.5);
  EXPECT_EQ(arrays.points[4].points, 2);
  const Exercise samples = exercise_of(
      "weight w = 1\nsamples x, t\n  1, 0\n  2, 1\ny = w*x\nE = mean over samples of (t - y)^2\n"
      "derive E wrt w\npoints 1 for y");
  ASSERT_EQ(samples.points.size(), 2u);
  EXPECT_EQ(samples.points[1].target.title(), "y[2]");
  EXPECT_EQ(samples.points[1].points, 0.5);
}

TEST(Exercise, WarnsOfNamesInQuestionsThatNothingHas) {
  EXPECT_EQ(testing::warnings_of(unit + "question \"a $foo + 1$, $nte$ and $foo$\""),
            "test.chalk:9:14: warning: 'foo' in a question is no quantity of the file\n"
            "  question \"a $foo + 1$, $nte$ and $foo$\"\n               ^~~\n"
            "test.chalk:9:25: warning: 'nte' in a question is no quantity of the file\n"
            "  question \"a $foo + 1$, $nte$ and $foo$\"\n"
            "                          ^~~ did you mean 'net'?\n");
  EXPECT_EQ(testing::warnings_of(unit + "question \"$w+ = w - rate*dE/dw$, $sigmoid(net)$\""), "");
}

TEST(Exercise, SaysWhatIsWrong) {
  struct Wrong {
    std::string line, error;
  };
  const std::vector<Wrong> wrongs = {
      {"question \"a $w*x\"",
       "error: this '$' is never closed\n  question \"a $w*x\"\n              ^ mathematics stands "
       "between two of them, as in $dE/dw$\n"},
      {"question \"b $w**x$\"",
       "error: expected a number, a name or '(', but found '*'\n  question \"b $w**x$\"\n"
       "                 ^ write ^ for a power\n"},
      {"question \"\"",
       "error: the question is empty\n  question \"\"\n  ^~~~~~~~~~~ as in question \"Find "
       "$dE/dw$.\"\n"},
      {"points 0 for E",
       "error: points are more than 0 and at most 1000\n  points 0 for E\n         ^\n"},
      {"points 1 E", "error: expected 'for', but found 'E'\n  points 1 E\n           ^\n"},
      {"points 1 for x",
       "error: x is given, and nothing to work out\n  points 1 for x\n               ^\n"},
      {"points 1 for dE/dx",
       "error: dE/dx is not derived: add it to a derive statement\n  points 1 for dE/dx\n"
       "               ^~~~~\n"},
      {"points 1 for t+", "error: no update changes t\n  points 1 for t+\n               ^\n"},
      {"points 1 for E after 3",
       "error: points are given for the first step of an update\n  points 1 for E after 3\n"
       "               ^\n"},
      {"points 1 for net, net",
       "error: net has points already\n  points 1 for net, net\n                    ^~~ in line "
       "9\n"},
      {"points 1 for zz", "error: unknown quantity 'zz'\n  points 1 for zz\n               ^~\n"},
  };
  for (const Wrong& wrong : wrongs) {
    const std::string said = errors_of(unit + wrong.line);
    EXPECT_EQ(said.substr(said.find("error")), wrong.error) << said;
  }
}

/// The conditions of `nice`, looked at from outside.
TEST(NiceNumbers, AreWhatTheyAreSaidToBe) {
  const std::string text =
      "input x1, x2 = random(-1, 1, step 0.1)\nweight w1..w6 = random(-1, 1, step 0.1)\n"
      "bias b1..b3 = random(-1, 1, step 0.1)\ntarget t = random(0, 1, step 0.1)\n"
      "layer h1, h2 from x1, x2 weights w1..w4 bias b1, b2 activation sigmoid\n"
      "layer o from h1, h2 weights w5, w6 bias b3 activation sigmoid\n"
      "E = half_squared_error(t; out_o)\nderive E wrt w5, w1\nnice";
  const Problem without =
      read_problem(Source("test.chalk", text.substr(0, text.rfind('\n'))), std::uint64_t{3});
  EXPECT_TRUE(without.requirements.empty());
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    const Solution solution = solve(read_problem(Source("test.chalk", text), seed));
    const auto value = [&](const std::string& name) {
      return (*solution.quantities)[*solution.quantities->find(name)].value;
    };
    std::set<double> weights;
    for (const Item& item : solution.problem.items) {
      if (!item.number) continue;
      if (item.role == Role::target) continue;
      EXPECT_NE(item.number->value(), 0) << item.name;
      EXPECT_NE(std::abs(item.number->value()), 1) << item.name;
      if (item.role == Role::weight) weights.insert(item.number->value());
    }
    EXPECT_EQ(weights.size(), 6u);
    for (const char* net : {"net_h1", "net_h2", "net_o"}) {
      EXPECT_LE(std::abs(value(net)), 2 + 1e-12);
      EXPECT_GT(std::abs(value(net)), 1e-12);
    }
    EXPECT_GE(std::abs(value("t") - value("out_o")), 0.1 - 1e-12);
    for (const char* w : {"w5", "w1"})
      EXPECT_GE(std::abs(solution.gradients.at("E").at(w)), 0.005 - 1e-12);
    EXPECT_EQ(solution.problem.derivations.size(), 1u);
  }
}

TEST(NiceNumbers, TheWordIsFreeForOtherUse) {
  EXPECT_EQ(testing::solve_text("input x = 2\nnice = 3*x\nderive nice wrt x")
                .gradients.at("nice")
                .at("x"),
            3);
  EXPECT_EQ(
      testing::solve_text("input x = 2\npoints = 3*x\nquestion = points\nderive question wrt x")
          .gradients.at("question")
          .at("x"),
      3);
}

}  // namespace
}  // namespace chalkgrad
