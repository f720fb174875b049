#include "tracer/problem/reading/random_numbers.hpp"

#include <algorithm>
#include <stdexcept>

namespace chalkgrad {

namespace {

constexpr std::int64_t most_units = 1'000'000'000'000'000;

/// The number as a multiple of 10^−places, which must not have more decimals.
std::int64_t in_units(const Decimal& number, int places) {
  std::int64_t units = 0;
  for (const char digit : number.digits) {
    units = 10 * units + (digit - '0');
    if (units > most_units) throw std::invalid_argument("the numbers have too many digits");
  }
  for (int k = number.exponent; k > -places && units != 0; --k) {
    units *= 10;
    if (units > most_units) throw std::invalid_argument("the numbers have too many digits");
  }
  return number.negative ? -units : units;
}

}  // namespace

std::uint64_t RandomNumbers::below(std::uint64_t count) {
  // What would make the first numbers likelier than the others is drawn again.
  const std::uint64_t unfair = (~count + 1) % count;  // 2^64 mod count
  std::uint64_t drawn = generator_();
  while (drawn < unfair) drawn = generator_();
  return drawn % count;
}

Decimal RandomNumbers::draw(const Grid& grid) {
  const int places = std::max({grid.low.decimals(), grid.high.decimals(), grid.step.decimals()});
  const std::int64_t low = in_units(grid.low, places), high = in_units(grid.high, places),
                     step = in_units(grid.step, places);
  if (step <= 0) throw std::invalid_argument("the step must be positive");
  if (high < low) throw std::invalid_argument("the first number is larger than the second");
  const auto count = static_cast<std::uint64_t>((high - low) / step) + 1;
  const std::int64_t units = low + static_cast<std::int64_t>(below(count)) * step;
  Decimal result;
  result.negative = units < 0;
  result.digits = std::to_string(units < 0 ? -units : units);
  result.exponent = -places;
  return result;
}

}  // namespace chalkgrad
