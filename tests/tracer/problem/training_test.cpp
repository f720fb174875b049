#include "tracer/problem/training.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "tests/support/problems.hpp"

namespace chalkgrad {
namespace {

using testing::read_text;

Training train_text(const std::string& text, TrainingOptions options) {
  const Problem problem = read_text(text);
  const Evaluation evaluation = evaluate_problem(problem);
  std::vector<NodeId> nodes;
  for (const Item& item : problem.items) nodes.push_back(evaluation.graph->find(item.name));
  const Quantities quantities(*evaluation.graph, nodes, evaluation.spellings);
  options.until = problem.updates.at(0).until;
  return train(problem, evaluation, descent_of(problem, quantities), options);
}

double sigmoid_of(double z) { return 1 / (1 + std::exp(-z)); }

/// Mazur's network, written out by hand: E and its derivatives by the weights and biases.
struct Network {
  std::array<double, 10> p = {0.15, 0.20, 0.25, 0.30, 0.40, 0.45, 0.50, 0.55, 0.35, 0.60};

  double sweep(std::array<double, 10>& g) const {
    const double i1 = 0.05, i2 = 0.10, t1 = 0.01, t2 = 0.99;
    const double h1 = sigmoid_of(p[0] * i1 + p[1] * i2 + p[8]);
    const double h2 = sigmoid_of(p[2] * i1 + p[3] * i2 + p[8]);
    const double o1 = sigmoid_of(p[4] * h1 + p[5] * h2 + p[9]);
    const double o2 = sigmoid_of(p[6] * h1 + p[7] * h2 + p[9]);
    const double d1 = (o1 - t1) * o1 * (1 - o1), d2 = (o2 - t2) * o2 * (1 - o2);
    const double e1 = (d1 * p[4] + d2 * p[6]) * h1 * (1 - h1);
    const double e2 = (d1 * p[5] + d2 * p[7]) * h2 * (1 - h2);
    g = {e1 * i1, e1 * i2, e2 * i1, e2 * i2, d1 * h1, d1 * h2, d2 * h1, d2 * h2, e1 + e2, d1 + d2};
    return 0.5 * (t1 - o1) * (t1 - o1) + 0.5 * (t2 - o2) * (t2 - o2);
  }
};

std::string mazur_with(const std::string& update) {
  std::string text = testing::file_text(testing::source_path("worked_examples/mazur.chalk"));
  text.erase(text.find("\nupdate") + 1);
  return text + update;
}

/// The formulas of descent.hpp, in a loop that knows nothing of chalkgrad.
TEST(Training, EqualsAPlainLoop) {
  struct Case {
    const char* options;
    double momentum, decay;
  };
  for (const auto& [options, momentum, decay] :
       {Case{"", 0, 0}, Case{" momentum 0.9", 0.9, 0}, Case{" weight decay 0.01", 0, 0.01},
        Case{" weight decay 0.01 momentum 0.5", 0.5, 0.01}}) {
    const Training training =
        train_text(mazur_with("update all rate 0.5" + std::string(options)), {.steps = 200});
    Network network;
    std::array<double, 10> g{}, v{};
    ASSERT_EQ(training.rows.size(), 201u);
    for (std::size_t step = 0; step <= 200; ++step) {
      const double error = network.sweep(g);
      EXPECT_NEAR(training.rows[step].error, error, 1e-13) << options << step;
      for (std::size_t i = 0; i < 10; ++i) {
        EXPECT_NEAR(training.rows[step].parameters[i], network.p[i], 1e-12) << options << step;
        if (momentum > 0) {
          EXPECT_NEAR(training.rows[step].states.at(i), v[i], 1e-12) << options << step;
        }
        v[i] = momentum * v[i] + g[i] + (i < 8 ? decay * network.p[i] : 0);
        network.p[i] -= 0.5 * v[i];
      }
    }
  }
}

/// 0.3 − 0.1·3 leaves −5.6·10⁻¹⁷ in doubles: a parameter that becomes 0 is 0.
TEST(Training, HasNoNoiseWhereAParameterIsZero) {
  const Training training =
      train_text("weight w = 0.3\nE = 3*w\nderive E wrt w\nupdate w rate 0.1", {.steps = 2});
  EXPECT_EQ(training.rows.at(1).parameters.at(0), 0);
  EXPECT_DOUBLE_EQ(training.rows.at(2).parameters.at(0), -0.3);
}

TEST(Training, StopsForAReason) {
  const std::string parabola = "weight w = 1\nE = w^2\nderive E wrt w\nupdate w ";
  const auto by_change = train_text(parabola + "rate 0.25 until change < 1e-3", {.steps = 1000});
  // E halves twice in each step: 1, 1/4, 1/16, …; the change of step k is 3/4^k.
  EXPECT_EQ(by_change.stop, Training::Stop::small_change);
  EXPECT_EQ(by_change.steps, 6u);
  const auto by_error = train_text(parabola + "rate 0.25 until E < 1e-3", {.steps = 1000});
  EXPECT_EQ(by_error.stop, Training::Stop::small_error);
  EXPECT_EQ(by_error.steps, 5u);
  const auto by_count = train_text(parabola + "rate 0.25", {.steps = 7, .every = 3});
  EXPECT_EQ(by_count.stop, Training::Stop::steps);
  ASSERT_EQ(by_count.rows.size(), 4u);  // 0, 3, 6 and the last
  EXPECT_EQ(by_count.rows[2].step, 6u);
  EXPECT_EQ(by_count.rows[3].step, 7u);
}

TEST(Training, SaysWhatDiverges) {
  const auto large = train_text(
      "weight w = 1\nnet = 3*w\nE = exp(net)\nderive E wrt w\nupdate w rate -1", {.steps = 100});
  EXPECT_EQ(large.stop, Training::Stop::diverged);
  EXPECT_EQ(large.steps, 2u);
  EXPECT_EQ(large.divergence, "'E' has no value: exp(net) is too large");
  EXPECT_EQ(large.rows.back().step, 1u);
  const auto domain =
      train_text("weight w = 1\nE = log(w)\nderive E wrt w\nupdate w rate 2", {.steps = 100});
  EXPECT_EQ(domain.divergence, "'E' has no value: ln(w), where w is −1");
  EXPECT_EQ(domain.steps, 1u);
  const auto parameter = train_text(
      "weight w = 1e300\nE = w^1.01\nderive E wrt w\nupdate w rate 1e306", {.steps = 100});
  EXPECT_EQ(parameter.stop, Training::Stop::diverged);
}

TEST(Training, NeedsNumbers) {
  EXPECT_THROW(train_text("weight w\nE = w^2\nderive E wrt w\nupdate w rate 1", {.steps = 2}),
               ProblemError);
}

TEST(Training, KeepsNoMoreRowsThanAsked) {
  const auto training = train_text("weight w = 1\nE = w^2\nderive E wrt w\nupdate w rate 0.01",
                                   {.steps = 5000, .most_rows = 100, .wanted = {17, 4999}});
  EXPECT_LE(training.rows.size(), 102u);
  for (const TrainingRow& row : training.rows) EXPECT_EQ(row.step % 100, 0u);
  EXPECT_EQ(training.wanted.at(17).step, 17u);
  EXPECT_NEAR(training.wanted.at(4999).parameters[0], std::pow(0.98, 4999), 1e-12);
}

}  // namespace
}  // namespace chalkgrad
