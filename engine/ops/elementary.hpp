#pragma once

#include <string_view>

#include "engine/ops/description.hpp"
#include "engine/ops/op.hpp"
#include "engine/ops/scalar.hpp"

/// Roots, exponentials and logarithms, and the error function. Derivatives: Abramowitz and
/// Stegun, 3.3, 4.1, 4.2 and 7.1. How to read an operation: see engine/ops.hpp.
namespace chalkgrad::ops {

struct Sqrt {
  static constexpr Op code = Op::sqrt;
  static constexpr std::string_view name = "sqrt";
  static constexpr Description description{
      .text = "√", .spreadsheet = "SQRT(#)", .also = "√", .known_as = "root squareroot wurzel"};
  static const char* outside_domain(double x) {
    return x < 0 ? "the square root needs an argument that is not negative" : nullptr;
  }
  template <class T>
  static T value(const T& x) {
    return sqrt(x);
  }
  // d/dx √x = 1/(2√x)
  template <class T>
  static T derivative(const T&, const T& y) {
    return 1.0 / (2.0 * y);
  }
};

struct Exp {
  static constexpr Op code = Op::exp;
  static constexpr std::string_view name = "exp";
  static constexpr Description description{.spreadsheet = "EXP(#)", .known_as = "exponential"};
  template <class T>
  static T value(const T& x) {
    return exp(x);
  }
  // d/dx eˣ = eˣ
  template <class T>
  static T derivative(const T&, const T& y) {
    return y;
  }
};

struct Log {
  static constexpr Op code = Op::log;
  static constexpr std::string_view name = "log";
  static constexpr Description description{.text = "ln",
                                           .ascii = "ln",
                                           .latex = "\\ln",
                                           .formal = "ln",
                                           .spreadsheet = "LN(#)",
                                           .also = "ln"};
  static const char* outside_domain(double x) {
    return x <= 0 ? "the logarithm needs a positive argument" : nullptr;
  }
  template <class T>
  static T value(const T& x) {
    return log(x);
  }
  // d/dx ln x = 1/x
  template <class T>
  static T derivative(const T& x, const T&) {
    return 1.0 / x;
  }
};

struct Erf {
  static constexpr Op code = Op::erf;
  static constexpr std::string_view name = "erf";
  static constexpr Description description{.spreadsheet = "ERF(#)"};
  template <class T>
  static T value(const T& x) {
    return erf(x);
  }
  // d/dx erf x = 2/√π · e^(−x²)
  template <class T>
  static T derivative(const T& x, const T&) {
    return 2.0 / sqrt(T(std::numbers::pi)) * exp(-square(x));
  }
};

}  // namespace chalkgrad::ops
