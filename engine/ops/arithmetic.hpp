#pragma once

#include <string_view>

#include "engine/ops/description.hpp"
#include "engine/ops/op.hpp"
#include "engine/ops/scalar.hpp"

/// + − · / and powers. How to read an operation: see engine/ops.hpp.
namespace chalkgrad::ops {

struct Identity {
  static constexpr Op code = Op::identity;
  static constexpr std::string_view name = "identity";
  static constexpr Description description{.symbol = "=", .is_activation = true, .is_exact = true};
  template <class T>
  static T value(const T& x) {
    return x;
  }
  // d/dx x = 1
  template <class T>
  static T derivative(const T&, const T&) {
    return T(1.0);
  }
};

/// What is treated as a constant: the target of Q-learning, the fake of a GAN's other half, the
/// rounding of a straight-through estimator. Its derivative is 0 by definition, not by limit.
struct Stop {
  static constexpr Op code = Op::stop;
  static constexpr std::string_view name = "stop";
  static constexpr Description description{
      .known_as = "stopgradient stopgrad detach sg", .is_exact = true, .is_constant = true};
  template <class T>
  static T value(const T& x) {
    return x;
  }
  // nothing goes back through it
  template <class T>
  static T derivative(const T&, const T&) {
    return T(0.0);
  }
};

struct Negate {
  static constexpr Op code = Op::negate;
  static constexpr std::string_view name = "negate";
  static constexpr Description description{.symbol = "−", .is_exact = true};
  template <class T>
  static T value(const T& x) {
    return -x;
  }
  // d/dx (−x) = −1
  template <class T>
  static T derivative(const T&, const T&) {
    return T(-1.0);
  }
};

struct Add {
  static constexpr Op code = Op::add;
  static constexpr std::string_view name = "add";
  static constexpr Description description{.symbol = "+"};
  template <class T>
  static T value(const T& a, const T& b) {
    return a + b;
  }
  // ∂(a + b)/∂a = 1
  template <class T>
  static T derivative_a(const T&, const T&, const T&) {
    return T(1.0);
  }
  // ∂(a + b)/∂b = 1
  template <class T>
  static T derivative_b(const T&, const T&, const T&) {
    return T(1.0);
  }
};

struct Subtract {
  static constexpr Op code = Op::subtract;
  static constexpr std::string_view name = "subtract";
  static constexpr Description description{.symbol = "−"};
  template <class T>
  static T value(const T& a, const T& b) {
    return a - b;
  }
  // ∂(a − b)/∂a = 1
  template <class T>
  static T derivative_a(const T&, const T&, const T&) {
    return T(1.0);
  }
  // ∂(a − b)/∂b = −1
  template <class T>
  static T derivative_b(const T&, const T&, const T&) {
    return T(-1.0);
  }
};

struct Multiply {
  static constexpr Op code = Op::multiply;
  static constexpr std::string_view name = "multiply";
  static constexpr Description description{.symbol = "×"};
  template <class T>
  static T value(const T& a, const T& b) {
    return a * b;
  }
  // ∂(a·b)/∂a = b
  template <class T>
  static T derivative_a(const T&, const T& b, const T&) {
    return b;
  }
  // ∂(a·b)/∂b = a
  template <class T>
  static T derivative_b(const T& a, const T&, const T&) {
    return a;
  }
};

struct Divide {
  static constexpr Op code = Op::divide;
  static constexpr std::string_view name = "divide";
  static constexpr Description description{.symbol = "÷"};
  static const char* outside_domain(double, double b) {
    return b == 0 ? "division by zero" : nullptr;
  }
  template <class T>
  static T value(const T& a, const T& b) {
    return a / b;
  }
  // ∂(a/b)/∂a = 1/b
  template <class T>
  static T derivative_a(const T&, const T& b, const T&) {
    return 1.0 / b;
  }
  // ∂(a/b)/∂b = −a/b², divided twice because b² may overflow where a/b/b does not
  template <class T>
  static T derivative_b(const T& a, const T& b, const T&) {
    return -(a / b / b);
  }
};

struct Power {
  static constexpr Op code = Op::power;
  static constexpr std::string_view name = "pow";
  static constexpr Description description{.symbol = "^"};
  static const char* outside_domain(double a, double b) {
    if (a < 0 && b != std::floor(b) && b == b) return "a negative base needs an integer exponent";
    if (a == 0 && b < 0) return "zero has no negative power";
    return nullptr;
  }
  template <class T>
  static T value(const T& a, const T& b) {
    return pow(a, b);
  }
  // ∂(aᵇ)/∂a = b·aᵇ⁻¹
  template <class T>
  static T derivative_a(const T& a, const T& b, const T&) {
    return zero_wins(b, pow(a, b - 1.0));
  }
  // ∂(aᵇ)/∂b = aᵇ·ln a
  template <class T>
  static T derivative_b(const T& a, const T&, const T& y) {
    return zero_wins(y, log(a));
  }
};

struct Square {
  static constexpr Op code = Op::square;
  static constexpr std::string_view name = "square";
  static constexpr Description description{.symbol = "( )²"};
  template <class T>
  static T value(const T& x) {
    return square(x);
  }
  // d/dx x² = 2x
  template <class T>
  static T derivative(const T& x, const T&) {
    return 2.0 * x;
  }
};

/// g(z) of a function g that nobody has specified; its derivative is g′(z). A function is a leaf
/// without a number, so that neither has one.
struct Unspecified {
  static constexpr Op code = Op::unspecified;
  static constexpr std::string_view name = "unspecified";
  static constexpr Description description{};
  template <class T>
  static T value(const T& g, const T& z) {
    return unspecified(g, z);
  }
  // as by z, in the family that stands for all functions; nobody varies g
  template <class T>
  static T derivative_a(const T& g, const T& z, const T&) {
    return unspecified(prime(g), z);
  }
  // g′(z)
  template <class T>
  static T derivative_b(const T& g, const T& z, const T&) {
    return unspecified(prime(g), z);
  }
};

/// The derivative of an unspecified function, as a function: g′ of g.
struct Prime {
  static constexpr Op code = Op::prime;
  static constexpr std::string_view name = "prime";
  static constexpr Description description{};
  template <class T>
  static T value(const T& g) {
    return prime(g);
  }
  // the next function of the family
  template <class T>
  static T derivative(const T&, const T&) {
    return T(1.0);
  }
};

/// The arguments u, v of an unspecified function, one behind the other. What a sheet writes for
/// the derivative by one of them is ∂f/∂u.
struct Arguments {
  static constexpr Op code = Op::arguments;
  static constexpr std::string_view name = "arguments";
  static constexpr Description description{};
  template <class T>
  static T value(const T& u, const T& v) {
    return arguments(u, v);
  }
  template <class T>
  static T derivative_a(const T&, const T&, const T&) {
    return T(1.0);
  }
  template <class T>
  static T derivative_b(const T&, const T&, const T&) {
    return T(weight_of_argument);
  }
};

}  // namespace chalkgrad::ops
