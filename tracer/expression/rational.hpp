#pragma once

#include <cstdint>
#include <optional>

#include "tracer/expression/expression.hpp"

/// Exact arithmetic for the coefficients that simplification collects: 1/2·2 is 1 and 1/3·2 is 2/3,
/// never 0.6667. Remembers whether a decimal was involved, so that 0.5·3 comes out as 1.5 and 3/2
/// as 3/2.
namespace chalkgrad {

class Rational {
 public:
  Rational(std::int64_t whole) : numerator_(whole) {}  // NOLINT: literals in rules read as numbers

  /// The number that a literal writes; nothing if it is not exact in 64 bits (π, 1e30).
  static std::optional<Rational> of(const Expr& literal);

  [[nodiscard]] bool is(std::int64_t whole) const {
    return numerator_ == whole && denominator_ == 1;
  }
  [[nodiscard]] bool is_negative() const { return numerator_ < 0; }
  [[nodiscard]] std::int64_t numerator() const { return numerator_; }
  /// Whether a decimal was involved.
  [[nodiscard]] bool is_decimal() const { return decimal_; }
  /// Positive, and without a common divisor.
  [[nodiscard]] std::int64_t denominator() const { return denominator_; }
  /// The whole number that this is, if it is one.
  [[nodiscard]] std::optional<std::int64_t> whole() const;

  // Nothing where the exact result does not fit, or for a division by zero.
  [[nodiscard]] std::optional<Rational> plus(const Rational& other) const;
  [[nodiscard]] std::optional<Rational> times(const Rational& other) const;
  [[nodiscard]] std::optional<Rational> inverse() const;
  [[nodiscard]] Rational negated() const;

  /// The factors that write this number: 3, 1.5, or 3 divided by 2. The sign is in the first.
  [[nodiscard]] std::vector<Term> factors() const;
  [[nodiscard]] Expr expression() const { return Expr::product(factors()); }

 private:
  __extension__ using Wide = __int128;
  static std::optional<Rational> reduced(Wide numerator, Wide denominator, bool decimal);

  std::int64_t numerator_;
  std::int64_t denominator_ = 1;  // positive, no common divisor
  bool decimal_ = false;
};

}  // namespace chalkgrad
