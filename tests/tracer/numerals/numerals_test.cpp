#include "tracer/numerals/numerals.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace chalkgrad {
namespace {

std::string show(double x, Precision precision = Precision::digits, int count = 4,
                 Rounding rounding = Rounding::half_up) {
  return Numerals{precision, count, rounding, Carry::exact}.show(x).text;
}

TEST(Numerals, FourDigitsByDefault) {
  struct Case {
    double x;
    const char* text;
  };
  for (const auto& [x, text] : {
           Case{1.10590596705977, "1.1059"},
           Case{0.741365069552316, "0.7414"},
           Case{0.0821670405642308, "0.08217"},
           Case{0.000438567734474347, "0.0004386"},
           Case{0.0553994246514225, "0.05540"},
           Case{0.3775, "0.3775"},
           Case{12, "12"},
           Case{-4, "-4"},
           Case{0, "0"},
           Case{-0.0, "0"},
           Case{2.675, "2.675"},
           Case{123456.789123, "123456.7891"},
           Case{0.09999996, "0.1000"},
           Case{9.99999, "10.0000"},
           Case{0.00001, "0.00001"},
           Case{1.23456e-9, "1.235e-9"},
           Case{-1.234e-8, "-1.234e-8"},
           Case{9.99999e-9, "1.000e-8"},
           Case{12345678901.5, "1.235e10"},
           Case{1e300, "1e300"},
           Case{1234567, "1234567"},
       })
    EXPECT_EQ(show(x), text) << x;
}

TEST(Numerals, PlainRules) {
  EXPECT_EQ(show(0.593269992107187, Precision::decimals, 9), "0.593269992");
  EXPECT_EQ(show(0.000438567734474347, Precision::decimals, 9), "0.000438568");
  EXPECT_EQ(show(0.3775, Precision::decimals, 9), "0.3775");
  EXPECT_EQ(show(0.3775, Precision::decimals, 2), "0.38");
  EXPECT_EQ(show(-0.0004, Precision::decimals, 2), "0.00");
  EXPECT_EQ(show(2.5, Precision::decimals, 0), "3");
  EXPECT_EQ(show(1234567, Precision::significant, 2), "1.2e6");
  EXPECT_EQ(show(100, Precision::significant, 2), "100");
  EXPECT_EQ(show(0.0821670405642308, Precision::significant, 2), "0.082");
  EXPECT_EQ(show(1.10590596705977, Precision::significant, 3), "1.11");
}

TEST(Numerals, RoundingModes) {
  EXPECT_EQ(show(2.675, Precision::decimals, 2), "2.68");
  EXPECT_EQ(show(2.665, Precision::decimals, 2, Rounding::half_even), "2.66");
  EXPECT_EQ(show(0.593269992107187, Precision::digits, 4, Rounding::truncate), "0.5932");
  EXPECT_EQ(show(0.0821670405642308, Precision::decimals, 4, Rounding::truncate), "0.0821");
  EXPECT_EQ(show(-0.99999, Precision::decimals, 2, Rounding::truncate), "-0.99");
}

TEST(Numerals, SaysWhetherAnythingWasRoundedAway) {
  const Numerals numerals;
  EXPECT_TRUE(numerals.show(0.3775).exact);
  EXPECT_TRUE(numerals.show(0.1 + 0.2).exact);
  EXPECT_FALSE(numerals.show(1.0 / 3).exact);
  EXPECT_EQ(numerals.show(std::numeric_limits<double>::infinity()).text, "inf");
  EXPECT_EQ(numerals.show(std::numeric_limits<double>::quiet_NaN()).text, "nan");
}

// By hand: the place of the fourth digit, or of the fourth decimal where that is further right.
TEST(Numerals, KnowsWhereItsRuleEndsANumber) {
  const auto unit = [](double x, Precision precision = Precision::digits, int count = 4) {
    const Numerals numerals{precision, count, Rounding::half_up, Carry::exact};
    return numerals.unit_of(numerals.show(x));
  };
  EXPECT_DOUBLE_EQ(unit(1.0 / 3), 1e-4);
  EXPECT_DOUBLE_EQ(unit(1.0 / 30), 1e-5);
  EXPECT_DOUBLE_EQ(unit(1234567890123.4), 1e9);
  // Numbers that are exact with fewer digits are no less exact for that.
  EXPECT_DOUBLE_EQ(unit(1), 1e-4);
  EXPECT_DOUBLE_EQ(unit(0.9), 1e-4);
  EXPECT_DOUBLE_EQ(unit(0.05), 1e-5);
  EXPECT_DOUBLE_EQ(unit(1.44e-10), 1e-13);
  EXPECT_DOUBLE_EQ(unit(3e20), 1e17);
  EXPECT_DOUBLE_EQ(unit(0), 1e-4);
  EXPECT_DOUBLE_EQ(unit(0.05, Precision::significant, 3), 1e-4);
  EXPECT_DOUBLE_EQ(unit(123456, Precision::significant, 3), 1e3);
  EXPECT_DOUBLE_EQ(unit(0.05, Precision::decimals, 3), 1e-3);
  EXPECT_DOUBLE_EQ(unit(0.001, Precision::decimals, 2), 1e-2);
}

}  // namespace
}  // namespace chalkgrad
