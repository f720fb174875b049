#include "tracer/numerals/numerals.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chalkgrad {

namespace {

/// Below 10^smallest and from 10^largest on, numbers are written as m·10^k.
constexpr int smallest_plain = -5;
constexpr int largest_plain = 10;
/// Exact whole numbers stay plain a little longer.
constexpr int largest_plain_integer = 15;

int places_wanted(const Numerals& rule, int magnitude) {
  const int significant = rule.count - 1 - magnitude;
  switch (rule.precision) {
    case Precision::decimals: return rule.count;
    case Precision::significant: return significant;
    case Precision::digits: break;
  }
  return std::max(rule.count, significant);
}

/// Digits beyond those that the arithmetic knows are not written; one of them at least is.
int places_known(int magnitude, double x, double error) {
  if (!(error > 0) || x == 0 || !std::isfinite(error)) return std::numeric_limits<int>::max();
  const int known = static_cast<int>(std::floor(std::log10(std::abs(x) / error)));
  return std::max(known, 1) - 1 - magnitude;
}

bool is_plain(const Numerals& rule, const Decimal& number) {
  const int magnitude = number.magnitude();
  const bool short_enough = static_cast<int>(number.digits.size()) <= rule.count;
  switch (rule.precision) {
    case Precision::decimals: return magnitude < largest_plain_integer;
    case Precision::significant:
      if (magnitude >= rule.count && !short_enough) return false;
      break;
    case Precision::digits: break;
  }
  if (number.exponent >= 0 && magnitude < largest_plain_integer) return true;
  return magnitude >= smallest_plain && magnitude < largest_plain;
}

/// Where the rule ends a number: so many digits behind the point, or, if negative, before it.
int last_place(const Numerals& rule, const Decimal& number) {
  if (is_plain(rule, number)) return places_wanted(rule, number.magnitude());
  return (rule.precision == Precision::decimals ? rule.count : rule.count - 1) - number.magnitude();
}

}  // namespace

Numeral Numerals::show(double x, double error, Digits digits) const {
  if (std::isnan(x)) return {"nan", true};
  if (std::isinf(x)) return {x > 0 ? "inf" : "-inf", true};
  const Decimal number = Decimal::of(x, error);
  const bool plain = is_plain(*this, number);
  int places = last_place(*this, number);
  if (digits == Digits::known)
    places = std::min(places, places_known(number.magnitude(), x, error));
  if (number.exponent >= -places) return {plain ? number.plain() : number.scientific(), true};

  Decimal rounded = number.rounded(places, rounding);
  if (!rounded.is_zero() && rounded.magnitude() > number.magnitude() &&
      !(plain && precision == Precision::decimals)) {
    // 0.09999996 became 0.1000000: one digit fewer says the same.
    const int fewer = plain ? places_wanted(*this, rounded.magnitude()) : places - 1;
    rounded = number.rounded(fewer, rounding);
  }
  return {plain ? rounded.plain() : rounded.scientific(), false};
}

double Numerals::unit_of(const Numeral& shown) const {
  const auto written = Decimal::parse(shown.text);
  if (!written || written->is_zero()) return std::pow(10.0, -count);
  return std::pow(10.0, shown.exact ? -last_place(*this, *written) : written->exponent);
}

}  // namespace chalkgrad
