#pragma once

#include <optional>
#include <string>
#include <string_view>

/// A decimal number as it is written: sign, digits and a power of ten, of any length and exact.
///
/// Rounding and comparing happen here, on digits, because people round decimals: 2.675 to two
/// places is 2.68, although the double nearest to 2.675 lies below it. Value = ± digits ·
/// 10^exponent, so 10^exponent is the unit of the last written place, and trailing zeros count.
/// Invariants: at least one digit; no leading zeros except the number "0" itself; zero has no sign.
/// Not a number type: it does not calculate.
namespace chalkgrad {

enum class Rounding { half_up, half_even, truncate };

struct Decimal {
  bool negative = false;
  std::string digits = "0";
  int exponent = 0;

  /// The shortest decimal that reads back as x. x must be finite.
  static Decimal shortest(double x);

  /// The decimal that x is meant to be: the shortest that reads back as x, unless a number of at
  /// most 12 digits lies within the noise of binary arithmetic (0.30000000000000004 is 0.3). The
  /// noise is `error`, a bound on what rounding may have done to x, but at least a few units in the
  /// last place, and at most what leaves 13 digits. x must be finite.
  static Decimal of(double x, double error = 0);

  /// Reads 0.10, .5, 3., -1.2e-3. Nothing if the text is anything else, or the exponent is beyond
  /// ±9999.
  static std::optional<Decimal> parse(std::string_view text);

  [[nodiscard]] bool is_zero() const { return digits == "0"; }
  /// The power of ten of the first digit: 0 for 7.41, −2 for 0.0821. 0 for zero.
  [[nodiscard]] int magnitude() const;
  /// How many digits stand behind the point when the number is written plainly; at least 0.
  [[nodiscard]] int decimals() const { return exponent < 0 ? -exponent : 0; }
  /// This number with `places` digits behind the point (negative: places before it). A number that
  /// has fewer is padded with zeros. The sign is decided after rounding.
  [[nodiscard]] Decimal rounded(int places, Rounding rounding) const;
  /// Without zeros at the end of the fraction: 0.50 is 0.5; 120 stays.
  [[nodiscard]] Decimal shortened() const;
  /// Written plainly: -0.0821, 120, 3.0.
  [[nodiscard]] std::string plain() const;
  /// Written as m·10^k, in the form 8.21e-2.
  [[nodiscard]] std::string scientific() const;
  /// The nearest double.
  [[nodiscard]] double value() const;
};

/// |a − b|, exactly.
[[nodiscard]] Decimal distance(const Decimal& a, const Decimal& b);

/// Compares |a| with |b|: negative, 0 or positive, like strcmp.
[[nodiscard]] int compare_magnitude(const Decimal& a, const Decimal& b);

}  // namespace chalkgrad
