#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>

/// The vocabulary in which operations are written.
///
/// An operation is a template over its scalar type T. It calls the functions below (and exp, log,
/// …) without qualification: for `double` it finds them here, for another scalar (an expression, a
/// dual number) by argument-dependent lookup beside that type. Whoever adds a scalar type supplies
/// these functions for it; nobody adds a second table of derivative rules.
namespace chalkgrad::ops {

using std::abs;
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

/// σ(x) = 1/(1 + e⁻ˣ). For x → −∞ the exponential overflows to ∞ and the quotient is 0.
[[nodiscard]] inline double logistic(double x) { return 1 / (1 + std::exp(-x)); }

/// 1 − x², without cancellation near ±1.
[[nodiscard]] inline double one_minus_square(double x) { return (1 - x) * (1 + x); }

/// 1 − σ(x), where y = σ(x). Where y is near 1 the difference would cancel; there it is σ(−x).
[[nodiscard]] inline double sigmoid_complement(double x, double y) {
  return y < 0.9 ? 1 - y : 1 / (1 + std::exp(x));
}

/// 1 − tanh² x, where y = tanh x. Where y is near ±1 that would cancel; there it is 1/cosh² x.
[[nodiscard]] inline double tanh_complement(double x, double y) {
  if (std::abs(y) < 0.9) return 1 - y * y;
  const double c = std::cosh(x);
  return 1 / c / c;
}

/// a·b, and 0 where a is 0 even if b is infinite or undefined: a factor 0 wins.
[[nodiscard]] inline double zero_wins(double a, double b) { return a == 0 ? 0 : a * b; }

/// The normal distribution Φ(x) = (1 + erf(x/√2))/2, without cancellation for negative x.
[[nodiscard]] inline double normal_distribution(double x) {
  return std::erfc(-x / std::numbers::sqrt2) / 2;
}

/// The one way in which an operation branches: by the sign of x. A kink can only be at x = 0, so
/// the middle case is the written convention (docs/conventions.md). Not a number stays not a
/// number. The choice is made with masks and not with a jump: which units of a layer are active is
/// as good as random, and a jump mispredicted costs more than an operation recorded.
[[nodiscard]] inline double by_sign(double x, double positive, double zero, double negative) {
  const auto only_if = [](bool condition, double y) {
    return std::bit_cast<std::uint64_t>(y) & -std::uint64_t{condition};
  };
  return std::bit_cast<double>(only_if(x > 0, positive) | only_if(x == 0, zero) |
                               only_if(x < 0, negative) | only_if(x != x, x));
}

/// What an unspecified function g is worth at z, where its numbers matter to nobody: sin(g + z). It
/// stands for any smooth function: an identity that holds for it in many g and z holds for all. Its
/// derivative is sin(g′ + z) with g′ = g + π/2.
[[nodiscard]] inline double unspecified(double g, double z) { return std::sin(g + z); }
[[nodiscard]] inline double prime(double g) { return g + std::numbers::pi / 2; }

/// Two arguments of an unspecified function as one: f(u, v) is worth sin(f + u + c·v), with a c
/// that no formula has by chance.
inline constexpr double weight_of_argument = 0.7390851332151607;
[[nodiscard]] inline double arguments(double u, double v) { return u + weight_of_argument * v; }

}  // namespace chalkgrad::ops
