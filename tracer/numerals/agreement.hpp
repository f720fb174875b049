#pragma once

#include <string_view>

/// When does a written number agree with a true one? The digits written say how precise the writer
/// was, so no tolerance has to be chosen.
///
/// For a numeral with value v whose last written place is worth u, against the true t:
///   rounded     |t − v| ≤ u/2, both ends closed;
///   truncated   same sign, 0 ≤ |t| − |v| < u, at least two significant digits written;
///   last_digit  otherwise, if |t − v| < u;
///   wrong       otherwise.
/// A numeral without a point or an exponent is an integer, and exact: it is `rounded` or `wrong`.
/// Decided on the decimal text, never on a double read from it. Nothing agrees with NaN or
/// infinity.
namespace chalkgrad {

enum class Agreement { rounded, truncated, last_digit, wrong };

/// `written` must be a numeral that Decimal::parse accepts; any other text is `wrong`. `error` is a
/// bound on what rounding may have done to the truth; see Decimal::of.
[[nodiscard]] Agreement agreement(std::string_view written, double truth, double error = 0);

/// The stable name of a verdict, as in JSON: ok, ok-digits (truncated), last-digit, wrong.
[[nodiscard]] std::string_view verdict_name(Agreement agreement);

/// Whether the verdict lets a published figure stand: rounded and truncated do.
[[nodiscard]] bool is_agreement(Agreement agreement);

}  // namespace chalkgrad
