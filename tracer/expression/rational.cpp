#include "tracer/expression/rational.hpp"

#include <string>
#include <utility>

#include "tracer/numerals/decimal.hpp"

namespace chalkgrad {

namespace {

constexpr int most_fraction_digits = 15;  // keeps every numerator and denominator far below 2^63

std::int64_t power_of_ten(int exponent) {
  std::int64_t result = 1;
  while (exponent-- > 0) result *= 10;
  return result;
}

}  // namespace

std::optional<Rational> Rational::reduced(Wide numerator, Wide denominator, bool decimal) {
  if (denominator < 0) {
    numerator = -numerator;
    denominator = -denominator;
  }
  Wide a = numerator < 0 ? -numerator : numerator, b = denominator;
  while (b != 0) a = std::exchange(b, a % b);
  numerator /= a;
  denominator /= a;
  const Wide limit = power_of_ten(most_fraction_digits);
  if (numerator > limit || -numerator > limit || denominator > limit) return std::nullopt;
  Rational result(static_cast<std::int64_t>(numerator));
  result.denominator_ = static_cast<std::int64_t>(denominator);
  result.decimal_ = decimal;
  return result;
}

std::optional<Rational> Rational::of(const Expr& literal) {
  if (!literal.is(Expr::Kind::number)) return std::nullopt;
  auto number = Decimal::parse(literal.text());
  if (!number) return std::nullopt;
  *number = number->shortened();
  const int places = number->decimals();
  const int zeros = number->exponent > 0 ? number->exponent : 0;
  if (places > most_fraction_digits ||
      static_cast<int>(number->digits.size()) + zeros > most_fraction_digits)
    return std::nullopt;
  const Wide digits = std::stoll(number->digits);
  return reduced((number->negative ? -digits : digits) * power_of_ten(zeros), power_of_ten(places),
                 places > 0);
}

std::optional<std::int64_t> Rational::whole() const {
  return denominator_ == 1 ? std::optional(numerator_) : std::nullopt;
}

std::optional<Rational> Rational::plus(const Rational& other) const {
  return reduced(Wide{numerator_} * other.denominator_ + Wide{other.numerator_} * denominator_,
                 Wide{denominator_} * other.denominator_, decimal_ || other.decimal_);
}

std::optional<Rational> Rational::times(const Rational& other) const {
  return reduced(Wide{numerator_} * other.numerator_, Wide{denominator_} * other.denominator_,
                 decimal_ || other.decimal_);
}

std::optional<Rational> Rational::inverse() const {
  if (numerator_ == 0) return std::nullopt;
  return reduced(denominator_, numerator_, decimal_);
}

Rational Rational::negated() const {
  Rational result = *this;
  result.numerator_ = -numerator_;
  return result;
}

std::vector<Term> Rational::factors() const {
  const Expr numerator(static_cast<double>(numerator_));
  if (denominator_ == 1) return {{numerator, false}};
  // A decimal is written as one again if it ends: its denominator divides a power of ten.
  int places = 0;
  while (decimal_ && places <= most_fraction_digits && power_of_ten(places) % denominator_ != 0)
    ++places;
  if (decimal_ && places <= most_fraction_digits) {
    const Wide digits = Wide{numerator_} * (power_of_ten(places) / denominator_);
    if (digits < power_of_ten(most_fraction_digits) &&
        -digits < power_of_ten(most_fraction_digits)) {
      const std::string text = std::to_string(static_cast<std::int64_t>(digits));
      return {
          {Expr::number(Decimal::parse(text + "e-" + std::to_string(places))->shortened()), false}};
    }
  }
  return {{numerator, false}, {Expr(static_cast<double>(denominator_)), true}};
}

}  // namespace chalkgrad
