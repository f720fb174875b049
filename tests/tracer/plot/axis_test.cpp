#include "tracer/plot/axis.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace chalkgrad {
namespace {

std::string labels_of(const Interval& shown, Scale scale) {
  const Axis axis(shown, scale, {0, 100});
  std::string text;
  for (const double tick : axis.ticks()) text += (text.empty() ? "" : " ") + axis.label(tick);
  return text;
}

std::string power(const char* exponent) {
  return std::string("10<tspan class=\"index\" dy=\"-6\">") + exponent + "</tspan>";
}

TEST(Axis, HasNiceTicks) {
  struct Case {
    Interval shown;
    Scale scale;
    std::string labels;
  };
  for (const auto& [shown, scale, labels] : {
           Case{{0, 0.3}, Scale::linear, "0.00 0.05 0.10 0.15 0.20 0.25 0.30"},
           Case{{0, 200}, Scale::linear, "0 50 100 150 200"},
           Case{{-3.3, 1.4}, Scale::linear, "−3 −2 −1 0 1"},
           Case{{0.291, 0.299}, Scale::linear, "0.292 0.294 0.296 0.298"},
           Case{{0, 0.002}, Scale::linear, "0.0000 0.0005 0.0010 0.0015 0.0020"},
           Case{{0, 2e-7},
                Scale::linear,
                "0 5·" + power("−8") + " 1.0·" + power("−7") + " 1.5·" + power("−7") + " 2.0·" +
                    power("−7")},
           Case{{0, 1}, Scale::linear, "0.0 0.2 0.4 0.6 0.8 1.0"},
           Case{{0, 70000}, Scale::linear, "0 10000 20000 30000 40000 50000 60000 70000"},
           Case{{0.001, 10}, Scale::logarithmic, "0.001 0.003 0.01 0.03 0.1 0.3 1 3 10"},
           Case{{1e-9, 1e-6},
                Scale::logarithmic,
                power("−9") + " 3·" + power("−9") + " " + power("−8") + " 3·" + power("−8") + " " +
                    power("−7") + " 3·" + power("−7") + " " + power("−6")},
           Case{{1e-20, 1},
                Scale::logarithmic,
                power("−18") + " " + power("−15") + " " + power("−12") + " " + power("−9") + " " +
                    power("−6") + " 0.001 1"},
       })
    EXPECT_EQ(labels_of(shown, scale), labels);
}

TEST(Axis, ExtremesHaveTicksToo) {
  for (const Interval& shown :
       {Interval{1e-300, 1e300}, Interval{1e-308, 2e-308}, Interval{1, 1.0000001},
        Interval{1e15, 1e15 + 8}, Interval{-1e300, 1e300}, Interval{-1.7e308, 1.7e308},
        Interval{0, 1.7e308}, Interval{0, 5e-324 * 100}})
    for (const Scale scale : {Scale::linear, Scale::logarithmic}) {
      if (scale == Scale::logarithmic && shown.low <= 0) continue;
      EXPECT_TRUE(std::isfinite(rounded_out(shown, scale).high));
      const Axis axis(rounded_out(shown, scale), scale, {0, 100});
      EXPECT_FALSE(axis.ticks().empty());
      EXPECT_LE(axis.ticks().size(), 12u);
      for (const double tick : axis.ticks()) {
        EXPECT_TRUE(std::isfinite(axis.position(tick))) << shown.low << " " << shown.high;
        EXPECT_LT(axis.label(tick).size(), 80u);
      }
    }
}

TEST(Axis, WhatIsCountedHasWholeTicks) {
  for (const double last : {1.0, 2.0, 3.0, 7.0}) {
    const Axis axis({0, last}, Scale::linear, {0, 100}, 1);
    EXPECT_EQ(axis.ticks().size(), static_cast<std::size_t>(last) + 1);
    EXPECT_EQ(axis.label(axis.ticks()[1]), "1");
  }
}

TEST(SvgNumber, IsShort) {
  EXPECT_EQ(svg_number(0), "0");
  EXPECT_EQ(svg_number(0.05), "0.05");
  EXPECT_EQ(svg_number(-12), "−12");
  EXPECT_EQ(svg_number(2e-7), "2·" + power("−7"));
  EXPECT_EQ(svg_number(1.5e6), "1.5·" + power("6"));
  EXPECT_EQ(svg_number(1e-300), power("−300"));
}

TEST(Axis, Places) {
  const Axis linear({-1, 3}, Scale::linear, {10, 50});
  EXPECT_DOUBLE_EQ(linear.position(-1), 10);
  EXPECT_DOUBLE_EQ(linear.position(1), 30);
  const Axis upwards({0.01, 1}, Scale::logarithmic, {300, 100});
  EXPECT_NEAR(upwards.position(0.1), 200, 1e-9);
  EXPECT_NEAR(upwards.position(1), 100, 1e-9);
}

TEST(Axis, RoundsOut) {
  const Interval linear = rounded_out({0.013, 0.97}, Scale::linear);
  EXPECT_DOUBLE_EQ(linear.low, 0);
  EXPECT_DOUBLE_EQ(linear.high, 1);
  const Interval decade = rounded_out({0.2, 0.5}, Scale::logarithmic);
  EXPECT_DOUBLE_EQ(decade.low, 0.1);
  EXPECT_DOUBLE_EQ(decade.high, 1);
}

TEST(NiceLevels, AreLogarithmicWhereTheRangeIsWide) {
  EXPECT_EQ(nice_levels({0.5, 5}, 10),
            (std::vector<double>{0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5}));
  const std::vector<double> wide = nice_levels({1e-4, 10}, 12);
  ASSERT_EQ(wide.size(), 11u);
  EXPECT_DOUBLE_EQ(wide[1], 3e-4);
}

}  // namespace
}  // namespace chalkgrad
