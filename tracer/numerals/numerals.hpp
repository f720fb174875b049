#pragma once

#include <string>

#include "tracer/numerals/decimal.hpp"

/// How numbers are shown on a sheet.
///
/// `Numerals` is a policy: given a number it says which digits to write. It does not know about
/// minus signs, multiplication dots or LaTeX; the text it returns (-0.0821, 1.234e-7) is what the
/// printer typesets. In every rule a number that is exact with fewer digits is written with those:
/// a numeral shorter than asked for is exact, one of full length may be rounded.
namespace chalkgrad {

enum class Precision {
  digits,       ///< at least N decimals and at least N significant digits: 1.1059, 0.08217
  decimals,     ///< N decimals
  significant,  ///< N significant digits
};

enum class Carry {
  exact,    ///< numbers are rounded for display only
  rounded,  ///< every shown number is what the next line uses, as with a pocket calculator
};

/// A number as shown.
struct Numeral {
  std::string text;   ///< accepted by Decimal::parse, or "inf", "-inf", "nan"
  bool exact = true;  ///< whether nothing was rounded away
};

struct Numerals {
  Precision precision = Precision::digits;
  int count = 4;  ///< N of the rule; 1 to 15, and 0 decimals
  Rounding rounding = Rounding::half_up;
  Carry carry = Carry::exact;
  bool keeps_values = false;  ///< literals keep the value that their digits round
  bool decimal_comma =
      false;  ///< on the finished sheet or picture: what `show` returns has a point

  enum class Digits {
    all,    ///< those of the rule
    known,  ///< of these, those that the error leaves; one at least
  };
  /// `error` is a bound on what rounding may have done to x; see Decimal::of. That of a derivative
  /// is too careful to cut digits off by.
  [[nodiscard]] Numeral show(double x, double error = 0, Digits digits = Digits::all) const;
  /// One unit in the last place of a number as shown, or of the place where the rule would have
  /// ended if it were not exact with fewer digits: of 0.05 as of 0.05000.
  [[nodiscard]] double unit_of(const Numeral& shown) const;
};

}  // namespace chalkgrad
