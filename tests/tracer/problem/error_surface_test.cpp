#include "tracer/problem/error_surface.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/value.hpp"
#include "tests/support/problems.hpp"

namespace chalkgrad {
namespace {

struct Prepared {
  Solution solution;
  std::vector<double> parameters;
};

Prepared prepare(const std::string& text) {
  Prepared all{testing::solve_text(text), {}};
  for (const Descent::Parameter& parameter : all.solution.descent->parameters)
    all.parameters.push_back(all.solution.evaluation.graph->at(parameter.name).value());
  return all;
}

TEST(ErrorSurface, IsTheErrorOverTwoParameters) {
  const Prepared all = prepare(
      "weight u = 3, v = 1, w = 2\nE = u^2 + 10*v + 100*w\nderive E wrt u\nupdate all rate 0.1");
  const ErrorSurface surface = error_surface(all.solution.evaluation, *all.solution.descent,
                                             all.parameters, {0, 2}, {-1, 1}, {0, 4}, 5);
  ASSERT_EQ(surface.values.size(), 25u);
  for (std::size_t row = 0; row < 5; ++row)
    for (std::size_t column = 0; column < 5; ++column) {
      const double u = -1 + 0.5 * static_cast<double>(column), w = static_cast<double>(row);
      EXPECT_DOUBLE_EQ(surface.at(column, row), u * u + 10 + 100 * w);
    }
}

TEST(ErrorSurface, IsUnknownWhereTheErrorHasNoValue) {
  const Prepared all =
      prepare("weight u = 3, v = 1\nE = ln(u) + v\nderive E wrt u\nupdate all rate 0.1");
  const ErrorSurface surface = error_surface(all.solution.evaluation, *all.solution.descent,
                                             all.parameters, {0, 1}, {-1, 1}, {0, 1}, 3);
  EXPECT_TRUE(std::isnan(surface.at(0, 0)));
  EXPECT_TRUE(std::isnan(surface.at(1, 0))) << "ln(0)";
  EXPECT_DOUBLE_EQ(surface.at(2, 2), 1);
}

}  // namespace
}  // namespace chalkgrad
