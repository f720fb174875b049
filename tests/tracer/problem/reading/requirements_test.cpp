#include "tracer/problem/reading/requirements.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "tests/support/problems.hpp"

/// What random numbers must fulfil, and lists of them.
namespace chalkgrad {
namespace {

using testing::errors_of;

Problem with_seed(const std::string& text, std::uint64_t seed) {
  return read_problem(Source("test.chalk", text), seed);
}

double number_of(const Problem& problem, const std::string& name) {
  return problem.find(name)->number->value();
}

TEST(Requirements, HoldForEverySeed) {
  const std::string text =
      "weight w1..w4 = random from -0.5, 0.2, 0.4, 0.7, 0.9\ninput x = random(-1, 1, step 0.5, "
      "except 0, 1)\n"
      "y = w1*x + w2\nE = w3*y^2 + w4\nrequire distinct(w1..w4), 0.1 < y <= 0.9\nrequire |dE/dw1| "
      ">= 0.05, y "
      "!= 0.5\nderive E wrt w1";
  std::set<std::size_t> draws;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    const Problem problem = with_seed(text, seed);
    draws.insert(problem.draws);
    std::set<double> weights;
    for (const char* name : {"w1", "w2", "w3", "w4"}) weights.insert(number_of(problem, name));
    EXPECT_EQ(weights.size(), 4u) << seed;
    const double x = number_of(problem, "x"), w1 = number_of(problem, "w1");
    EXPECT_TRUE(x == -1 || x == -0.5 || x == 0.5) << x;
    const double y = w1 * x + number_of(problem, "w2");
    EXPECT_GT(y, 0.1 - 1e-12);
    EXPECT_LT(y, 0.9 + 1e-12);
    EXPECT_GE(std::abs(number_of(problem, "w3") * 2 * y * x), 0.05 - 1e-12);
    // The same seed is the same exercise.
    EXPECT_EQ(number_of(with_seed(text, seed), "w1"), w1);
    // What only requirements ask for, the sheet does not derive.
    EXPECT_EQ(problem.derivations.size(), 1u);
    EXPECT_EQ(problem.items.size(), 7u);
  }
  EXPECT_GT(draws.size(), 3u);
}

TEST(Requirements, NiceSaysWhichPartOfItFailed) {
  EXPECT_EQ(errors_of("input x = random from 0, 1, -1\nweight w = 0.5\nnet = w*x\n"
                      "out = sigmoid(net)\nderive out wrt w\nnice"),
            "test.chalk:6:1: error: a random number is 0 or ±1: x, in every draw\n  nice\n  ^~~~ "
            "the random numbers leave too little room\n");
  EXPECT_EQ(errors_of("input x, u = random from 5, 6\nweight w, v = random from 2, 3\nnet = w*x\n"
                      "out = sigmoid(net) + sigmoid(v*u)\nderive out wrt w\nnice"),
            "test.chalk:6:1: error: two random weights are equal: w, v, in 5001 of 10000 draws\n"
            "  nice\n  ^~~~ the random numbers leave too little room\n"
            "test.chalk:6:1: error: the argument of an activation is not within ±2: net, in "
            "4999 of 10000 draws\n  nice\n  ^~~~ the random numbers leave too little room\n");
  EXPECT_EQ(errors_of("weight w = 2\nout = sigmoid(w)\nnet = 3*w\no = tanh(net)\nderive o wrt w\n"
                      "nice"),
            "test.chalk:6:1: error: the argument of an activation is not within ±2: net\n  nice\n"
            "  ^~~~ without random numbers there is nothing to draw again\n");
}

TEST(Requirements, NiceLeavesTargetsThatAreLabels) {
  std::set<double> labels;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Problem problem = with_seed(
        "target t = random from 0, 1\nweight w = random(0.2, 0.8)\nout = sigmoid(w)\n"
        "E = (t - out)^2\nderive E wrt w\nnice",
        seed);
    labels.insert(number_of(problem, "t"));
  }
  EXPECT_EQ(labels, (std::set<double>{0, 1}));
}

TEST(Requirements, NumbersThatGiveNoValueAreDrawnAgain) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed)
    EXPECT_EQ(
        number_of(with_seed("input x = random from 0, 3\ny = ln(x)\nderive y wrt x", seed), "x"),
        3);
  EXPECT_EQ(errors_of("input x = random(-2, -1)\ny = ln(x)\nderive y wrt x"),
            "test.chalk:2:5: error: 'y' has no value: ln(x), where x is −1.26, in every draw\n"
            "  y = ln(x)\n      ^~~~~ the logarithm needs a positive argument\n");
  EXPECT_EQ(errors_of("input x = random from 0, 3\ny = ln(x)\nrequire y < 0"),
            "test.chalk:3:9: error: this failed in 4963 of 10000 draws\n  require y < 0\n"
            "          ^~~~~ the random numbers leave too little room\n"
            "test.chalk:2:5: error: 'y' has no value: ln(x), where x is 0, in 5037 of 10000 draws\n"
            "  y = ln(x)\n      ^~~~~ the logarithm needs a positive argument\n");
}

/// Newton's step of w² + v² leads to 0, whatever is required; its quantities stand behind the sides
/// of a requirement while derivatives are found.
TEST(Requirements, StandBesideStepsOfNewton) {
  const Solution solution = testing::solve_text(
      "weight w = 1.5, v = 2\nE = w^2 + v^2\nupdate w, v of E rate 1 newton\nrequire w < 9, "
      "dE/dw > 0\n");
  ASSERT_EQ(solution.updates.size(), 2u);
  EXPECT_EQ(solution.updates[0].after, 0);
  EXPECT_EQ(solution.updates[1].after, 0);
}

TEST(Requirements, SaysWhatIsWrong) {
  EXPECT_EQ(errors_of("weight w = random(-1, 1)\ny = w\nrequire w > 2, y < 0\nderive y wrt w"),
            "test.chalk:3:9: error: this failed in 10000 of 10000 draws\n  require w > 2, y < 0\n"
            "          ^~~~~ the random numbers leave too little room\n");
  EXPECT_EQ(
      errors_of("weight w = 3\ny = w\nrequire y < 2"),
      "test.chalk:3:9: error: this does not hold\n  require y < 2\n          ^~~~~ without random "
      "numbers there is nothing to draw again\n");
  EXPECT_EQ(errors_of("weight w = random(0, 1)\ny = w\nrequire q > 1"),
            "test.chalk:3:9: error: unknown quantity 'q'\n  require q > 1\n          ^\n");
  EXPECT_EQ(
      errors_of("weight w = random(0, 1)\ny = w\nrequire y"),
      "test.chalk:3:10: error: expected a relation, but found the end of the line\n  require y\n"
      "           ^ as in require |net| <= 2\n");
  EXPECT_EQ(errors_of("weight w = random(0, 1, step 1, except 0, 1)\ny = w"),
            "test.chalk:1:12: error: no random number: every number is excepted\n"
            "  weight w = random(0, 1, step 1, except 0, 1)\n"
            "             ^~~~~~ as in random(-1, 1, step 0.05)\n");
  EXPECT_EQ(errors_of("weight require = 1\ny = 2*require"), "");
}

}  // namespace
}  // namespace chalkgrad
