#include "tracer/numerals/agreement.hpp"

#include <cmath>

#include "tracer/numerals/decimal.hpp"

namespace chalkgrad {

Agreement agreement(std::string_view written, double truth, double error) {
  const auto parsed = Decimal::parse(written);
  if (!parsed || !std::isfinite(truth)) return Agreement::wrong;
  // What is far off is told without its digits; Decimal::of moves the truth by less than that.
  constexpr double more_than_noise = 0x1p-40;
  const double unit_written = std::pow(10.0, parsed->exponent);
  if (std::abs(parsed->value() - truth) >
      2 * unit_written + more_than_noise * std::abs(truth) + error)
    return Agreement::wrong;
  const Decimal &v = *parsed, t = Decimal::of(truth, error);
  const Decimal difference = distance(t, v);
  if (difference.is_zero()) return Agreement::rounded;
  if (written.find_first_of(".eE") == std::string_view::npos) return Agreement::wrong;

  const Decimal unit{false, "1", v.exponent}, half_unit{false, "5", v.exponent - 1};
  if (compare_magnitude(difference, half_unit) <= 0) return Agreement::rounded;
  // What arithmetic did to the truth is no mistake of the writer's: near a tie both sides are
  // right.
  const double of_this_comparison = error > 0 ? 0x1p-51 * std::abs(truth) : 0;
  if (std::abs(v.value() - truth) <= half_unit.value() + error + of_this_comparison)
    return Agreement::rounded;
  if (compare_magnitude(difference, unit) >= 0) return Agreement::wrong;
  const bool shortened = v.negative == t.negative && compare_magnitude(v, t) <= 0;
  return shortened && v.digits.size() >= 2 ? Agreement::truncated : Agreement::last_digit;
}

std::string_view verdict_name(Agreement agreement) {
  switch (agreement) {
    case Agreement::rounded: return "ok";
    case Agreement::truncated: return "ok-digits";
    case Agreement::last_digit: return "last-digit";
    case Agreement::wrong: break;
  }
  return "wrong";
}

bool is_agreement(Agreement agreement) {
  return agreement == Agreement::rounded || agreement == Agreement::truncated;
}

}  // namespace chalkgrad
