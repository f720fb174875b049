#include "tracer/numerals/decimal.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace chalkgrad {
namespace {

TEST(Decimal, RoundsTheDecimalThatIsMeant) {
  struct Case {
    const char* number;
    int places;
    const char *half_up, *half_even, *truncate;
  };
  for (const auto& [number, places, half_up, half_even, truncate] : {
           Case{"2.675", 2, "2.68", "2.68", "2.67"},
           Case{"2.665", 2, "2.67", "2.66", "2.66"},
           Case{"2.6650001", 2, "2.67", "2.67", "2.66"},
           Case{"-0.5", 0, "-1", "0", "0"},
           Case{"0.5", 0, "1", "0", "0"},
           Case{"1.5", 0, "2", "2", "1"},
           Case{"-0.0004", 3, "0.000", "0.000", "0.000"},
           Case{"0.04", 0, "0", "0", "0"},
           Case{"9.995", 2, "10.00", "10.00", "9.99"},
           Case{"0.1", 3, "0.100", "0.100", "0.100"},
           Case{"1234", -2, "1200", "1200", "1200"},
           Case{"1250", -2, "1300", "1200", "1200"},
           Case{"7", -3, "0", "0", "0"},
       }) {
    const Decimal decimal = *Decimal::parse(number);
    EXPECT_EQ(decimal.rounded(places, Rounding::half_up).plain(), half_up) << number;
    EXPECT_EQ(decimal.rounded(places, Rounding::half_even).plain(), half_even) << number;
    EXPECT_EQ(decimal.rounded(places, Rounding::truncate).plain(), truncate) << number;
  }
}

TEST(Decimal, ReadsWhatPeopleWrite) {
  struct Case {
    const char *text, *plain, *scientific;
  };
  for (const auto& [text, plain, scientific] : {
           Case{"0.10", "0.10", "1.0e-1"},
           Case{".5", "0.5", "5e-1"},
           Case{"3.", "3", "3e0"},
           Case{"-1.2e-3", "-0.0012", "-1.2e-3"},
           Case{"1.2E+3", "1200", "1.2e3"},
           Case{"-0", "0", "0e0"},
           Case{"000.50", "0.50", "5.0e-1"},
           Case{"+7", "7", "7e0"},
       }) {
    const auto decimal = Decimal::parse(text);
    ASSERT_TRUE(decimal) << text;
    EXPECT_EQ(decimal->plain(), plain) << text;
    EXPECT_EQ(decimal->scientific(), scientific) << text;
  }
  for (const char* text :
       {"", "-", ".", "1.2.3", "1e", "abc", "1 2", "1e99999", "0x10", "1e-", "--1"})
    EXPECT_FALSE(Decimal::parse(text)) << text;
}

TEST(Decimal, TakesTheNoiseOutOfDoubles) {
  EXPECT_EQ(Decimal::of(0.1 + 0.2).plain(), "0.3");
  EXPECT_EQ(Decimal::of(1 - 0.1 * 12).plain(), "-0.2");
  EXPECT_EQ(Decimal::of(2.675).plain(), "2.675");
  EXPECT_EQ(Decimal::of(1.0 / 3).plain(), "0.3333333333333333");
  EXPECT_EQ(Decimal::of(1e21).plain(), "1000000000000000000000");
  EXPECT_EQ(Decimal::of(-0.0).plain(), "0");
  EXPECT_EQ(Decimal::shortest(0.1 + 0.2).plain(), "0.30000000000000004");
}

TEST(Decimal, MeasuresDistancesExactly) {
  const auto between = [](const char* a, const char* b) {
    return distance(*Decimal::parse(a), *Decimal::parse(b)).plain();
  };
  EXPECT_EQ(between("1", "0.999999999999999999999999"), "0.000000000000000000000001");
  EXPECT_EQ(between("-1.5", "1.5"), "3.0");
  EXPECT_EQ(between("0.25", "0.250"), "0.000");
  EXPECT_EQ(between("100", "0.01"), "99.99");
  EXPECT_GT(compare_magnitude(*Decimal::parse("-2"), *Decimal::parse("1.99")), 0);
  EXPECT_EQ(compare_magnitude(*Decimal::parse("0.50"), *Decimal::parse("-0.5")), 0);
}

TEST(Decimal, ShortestReadsBack) {
  const unsigned seed = 7;
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> exponent(-300, 300), mantissa(-10, 10);
  for (int i = 0; i < 2000; ++i) {
    const double x = mantissa(random) * std::pow(10.0, exponent(random));
    EXPECT_EQ(Decimal::shortest(x).value(), x);
    const auto plain = Decimal::parse(Decimal::shortest(x).plain());
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->value(), x);
  }
}

/// Rounding is off by at most half a unit, towards zero when truncating, and does nothing twice.
TEST(Decimal, RoundingKeepsItsPromise) {
  const unsigned seed = 11;
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  std::mt19937_64 random(seed);
  std::uniform_int_distribution<int> places(0, 8);
  std::uniform_real_distribution<double> value(-100, 100);
  for (int i = 0; i < 2000; ++i) {
    const Decimal exact = Decimal::of(value(random));
    const int n = places(random);
    const Decimal unit{false, "1", -n}, half{false, "5", -n - 1};
    for (const Rounding rounding : {Rounding::half_up, Rounding::half_even}) {
      const Decimal rounded = exact.rounded(n, rounding);
      EXPECT_LE(compare_magnitude(distance(exact, rounded), half), 0) << exact.plain();
      EXPECT_EQ(rounded.rounded(n, rounding).plain(), rounded.plain());
    }
    const Decimal cut = exact.rounded(n, Rounding::truncate);
    EXPECT_LT(compare_magnitude(distance(exact, cut), unit), 0) << exact.plain();
    EXPECT_LE(compare_magnitude(cut, exact), 0) << exact.plain();
  }
}

}  // namespace
}  // namespace chalkgrad
