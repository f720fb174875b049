#include "tracer/plot/contours.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

namespace chalkgrad {
namespace {

ErrorSurface surface_of(const std::function<double(double, double)>& f, std::size_t resolution,
                        const Interval& x = {-2, 2}, const Interval& y = {-2, 2}) {
  ErrorSurface surface{.x = x, .y = y, .columns = resolution, .rows = resolution};
  for (std::size_t row = 0; row < resolution; ++row)
    for (std::size_t column = 0; column < resolution; ++column) {
      const auto fraction = [&](std::size_t i) {
        return static_cast<double>(i) / static_cast<double>(resolution - 1);
      };
      surface.values.push_back(f(x.at(fraction(column)), y.at(fraction(row))));
    }
  return surface;
}

TEST(Contours, OfABowlIsOneClosedCircle) {
  const auto lines =
      contour_lines(surface_of([](double x, double y) { return x * x + y * y; }, 81), 1.7);
  ASSERT_EQ(lines.size(), 1u);
  double length = 0;
  for (std::size_t i = 0; i < lines[0].size(); ++i) {
    EXPECT_NEAR(std::hypot(lines[0][i].x, lines[0][i].y), std::sqrt(1.7), 1e-3);
    if (i > 0)
      length += std::hypot(lines[0][i].x - lines[0][i - 1].x, lines[0][i].y - lines[0][i - 1].y);
  }
  EXPECT_NEAR(length, 2 * M_PI * std::sqrt(1.7), 0.02);
  EXPECT_EQ(lines[0].front().x, lines[0].back().x);
  EXPECT_EQ(lines[0].front().y, lines[0].back().y);
}

TEST(Contours, OfASlopeIsOneOpenLine) {
  const auto lines =
      contour_lines(surface_of([](double x, double y) { return x + 2 * y; }, 11), 0.5);
  ASSERT_EQ(lines.size(), 1u);
  for (const PlanePoint& point : lines[0]) EXPECT_NEAR(point.x + 2 * point.y, 0.5, 1e-12);
  EXPECT_NEAR(std::abs(lines[0].front().x - lines[0].back().x), 4, 1e-9) << "from side to side";
}

TEST(Contours, OfASaddleAreTwoLines) {
  // One cell whose middle is above the level, so that its low corners are cut off.
  const ErrorSurface surface{.columns = 2, .rows = 2, .values = {0, 3, 3, 0}};
  const auto lines = contour_lines(surface, 1);
  ASSERT_EQ(lines.size(), 2u);
  for (const auto& line : lines) {
    ASSERT_EQ(line.size(), 2u);
    const double sum = line[0].x + line[0].y;
    EXPECT_TRUE(sum < 0.5 || sum > 1.5) << "near (0, 0) or (1, 1)";
  }
}

TEST(Contours, StopAtWhatIsUnknown) {
  const auto half = [](double x, double y) { return x < 0 ? std::nan("") : x * x + y * y; };
  const auto lines = contour_lines(surface_of(half, 41), 1);
  ASSERT_EQ(lines.size(), 1u);
  for (const PlanePoint& point : lines[0]) EXPECT_GE(point.x, 0);
}

TEST(Contours, OfNothing) {
  EXPECT_TRUE(contour_lines(surface_of([](double, double) { return 1; }, 9), 1).empty());
  EXPECT_TRUE(contour_lines(surface_of([](double, double) { return 1; }, 9), 2).empty());
  EXPECT_TRUE(contour_lines({}, 0).empty());
  EXPECT_TRUE(contour_lines(surface_of([](double, double) { return std::nan(""); }, 9), 1).empty());
}

}  // namespace
}  // namespace chalkgrad
