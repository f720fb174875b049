#pragma once

#include <cmath>
#include <numbers>

/// The vocabulary in which operations are written.
///
/// An operation is a template over its scalar type T. It calls the functions below (and exp, log,
/// …) without qualification: for `double` it finds them here, for another scalar (an expression, a
/// dual number) by argument-dependent lookup beside that type. Whoever adds a scalar type supplies
/// these functions for it; nobody adds a second table of derivative rules.
namespace chalkgrad::ops {

using std::acos;
using std::asin;
using std::atan;
using std::cos;
using std::cosh;
using std::erf;
using std::exp;
using std::expm1;
using std::log;
using std::pow;
using std::sin;
using std::sinh;
using std::sqrt;
using std::tan;
using std::tanh;

[[nodiscard]] inline double square(double x) { return x * x; }

/// ln(1 + eˣ) without overflow: for x > 0 it is x + ln(1 + e⁻ˣ).
[[nodiscard]] inline double log1p_exp(double x) {
  return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x));
}

/// The one way in which an operation branches: by the sign of x. A kink can only be at x = 0, so
/// the middle case is the written convention (docs/conventions.md). Not a number stays not a
/// number.
[[nodiscard]] inline double by_sign(double x, double positive, double zero, double negative) {
  if (x > 0) return positive;
  if (x < 0) return negative;
  return x == 0 ? zero : x;
}

}  // namespace chalkgrad::ops
