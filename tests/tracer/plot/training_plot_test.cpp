#include "tracer/plot/training_plot.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/problems.hpp"
#include "tests/support/xml.hpp"

namespace chalkgrad {
namespace {

struct PreparedTraining {
  Solution solution;
  Training training;
};

PreparedTraining trained(const std::string& text, std::size_t steps) {
  PreparedTraining all{testing::solve_text(text), {}};
  all.training =
      train(all.solution.problem, all.solution.evaluation, *all.solution.descent, {.steps = steps});
  return all;
}

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t found = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
  return found;
}

const std::string bowl =
    "weight u = 3, v = -1\nE = u^2 + 10*v^2\nderive E wrt u\nupdate all rate 0.01";

TEST(ErrorPlot, ShowsEveryStep) {
  const PreparedTraining all = trained(bowl, 12);
  for (const Scale scale : {Scale::linear, Scale::logarithmic}) {
    const std::string svg = error_plot(all.training, "A <bowl> & more", scale);
    EXPECT_EQ(testing::xml_errors(svg), "");
    EXPECT_EQ(count(svg, "class=\"dot\""), 13u) << "step 0 and the twelve";
    EXPECT_NE(svg.find(">A &lt;bowl&gt; &amp; more</text>"), std::string::npos);
    EXPECT_NE(svg.find(">step</text>"), std::string::npos);
    EXPECT_EQ(svg, error_plot(all.training, "A <bowl> & more", scale));
  }
}

// E = 19 at the start; after a step with rate 0.01 it is (3·0.98)² + 10·(−1·0.8)² = 15.0436. The
// axis goes from 15 to 19 over 320 pixels, upwards from 380.
TEST(ErrorPlot, PointsStandWhereTheErrorIs) {
  const std::string svg = error_plot(trained(bowl, 1).training, "", Scale::linear);
  EXPECT_NE(svg.find(fmt::format("d=\"M90.0 {:.1f} L690.0 {:.1f}\"", 380 - 320 * (19.0 - 15) / 4,
                                 380 - 320 * (15.0436 - 15) / 4)),
            std::string::npos)
      << svg;
}

TEST(ErrorPlot, ManyStepsAreFewPoints) {
  const PreparedTraining all = trained(bowl, 50'000);
  const std::string svg = error_plot(all.training, "", Scale::logarithmic);
  EXPECT_LT(svg.size(), 60'000u);
  EXPECT_EQ(testing::xml_errors(svg), "");
}

TEST(ErrorPlot, WhatHasNoLogarithmIsLeftOutAndSaid) {
  const PreparedTraining all =
      trained("weight w = 1\nE = relu(w)\nderive E wrt w\nupdate all rate 0.5", 4);
  const std::string svg = error_plot(all.training, "", Scale::logarithmic);
  EXPECT_NE(svg.find("3 of 5 errors are not above 0 and have no place on this scale"),
            std::string::npos)
      << svg;
  const PreparedTraining zero =
      trained("weight w = 1\nE = 0*w\nderive E wrt w\nupdate all rate 0.5", 3);
  for (const Scale scale : {Scale::linear, Scale::logarithmic})
    EXPECT_EQ(testing::xml_errors(error_plot(zero.training, "", scale)), "");
}

TEST(ErrorPlot, ADivergingTrainingSaysSo) {
  const PreparedTraining all =
      trained("weight w = 2\nE = w^4\nderive E wrt w\nupdate all rate 10", 100);
  ASSERT_EQ(all.training.stop, Training::Stop::diverged);
  for (const Scale scale : {Scale::linear, Scale::logarithmic}) {
    const std::string svg = error_plot(all.training, "", scale);
    EXPECT_EQ(testing::xml_errors(svg), "");
    EXPECT_NE(svg.find("diverged in step"), std::string::npos);
    EXPECT_EQ(svg.find("nan"), std::string::npos);
    EXPECT_EQ(svg.find("inf"), std::string::npos);
  }
}

TEST(PathPlot, ShowsTheWayOverContourLines) {
  const PreparedTraining all = trained(bowl, 20);
  const std::string svg = path_plot(all.training, all.solution.evaluation, "T", {0, 1});
  EXPECT_EQ(testing::xml_errors(svg), "");
  EXPECT_GT(count(svg, "class=\"contour\""), 5u);
  EXPECT_EQ(count(svg, "class=\"path\""), 1u);
  EXPECT_EQ(count(svg, "class=\"start\""), 1u);
  EXPECT_NE(svg.find(">step 20</text>"), std::string::npos);
  EXPECT_EQ(svg.find("other parameters"), std::string::npos) << "there are no others";
}

TEST(PathPlot, SaysThatOthersAreHeld) {
  const PreparedTraining all = trained(testing::example_text("mazur"), 10);
  const std::string svg = path_plot(all.training, all.solution.evaluation, "", {4, 5});
  EXPECT_EQ(testing::xml_errors(svg), "");
  EXPECT_NE(svg.find(", all other parameters as they are after the last step"), std::string::npos);
}

TEST(PathPlot, OfNoWayAtAll) {
  for (const char* text :
       {"weight u = 0, v = 0\nE = u*v\nderive E wrt u\nupdate all rate 1",
        "weight u = 1, v = 1\nE = 0*u*v\nderive E wrt u\nupdate all rate 1",
        "weight u = 1e200, v = 1e-200\nE = u*v\nderive E wrt u\nupdate all rate 1e-300",
        "weight u = 0.001, v = 1\nE = ln(u) + v\nderive E wrt u\nupdate all rate 1e-9"}) {
    const PreparedTraining all = trained(text, 2);
    const std::string svg = path_plot(all.training, all.solution.evaluation, "", {0, 1});
    EXPECT_EQ(testing::xml_errors(svg), "") << text;
    EXPECT_EQ(svg.find("nan"), std::string::npos) << text << svg;
  }
}

}  // namespace
}  // namespace chalkgrad
