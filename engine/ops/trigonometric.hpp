#pragma once

#include <string_view>

#include "engine/ops/description.hpp"
#include "engine/ops/op.hpp"
#include "engine/ops/scalar.hpp"

/// The trigonometric and hyperbolic functions and the inverse ones. Derivatives: Abramowitz and
/// Stegun, 4.3 to 4.5. How to read an operation: see engine/ops.hpp.
namespace chalkgrad::ops {

struct Sin {
  static constexpr Op code = Op::sin;
  static constexpr std::string_view name = "sin";
  static constexpr Description description{
      .latex = "\\sin", .spreadsheet = "SIN(#)", .is_activation = true};
  template <class T>
  static T value(const T& x) {
    return sin(x);
  }
  // d/dx sin x = cos x
  template <class T>
  static T derivative(const T& x, const T&) {
    return cos(x);
  }
};

struct Cos {
  static constexpr Op code = Op::cos;
  static constexpr std::string_view name = "cos";
  static constexpr Description description{.latex = "\\cos", .spreadsheet = "COS(#)"};
  template <class T>
  static T value(const T& x) {
    return cos(x);
  }
  // d/dx cos x = −sin x
  template <class T>
  static T derivative(const T& x, const T&) {
    return -sin(x);
  }
};

struct Tan {
  static constexpr Op code = Op::tan;
  static constexpr std::string_view name = "tan";
  static constexpr Description description{
      .latex = "\\tan", .spreadsheet = "TAN(#)", .known_as = "tg"};
  template <class T>
  static T value(const T& x) {
    return tan(x);
  }
  // d/dx tan x = 1 + tan² x
  template <class T>
  static T derivative(const T&, const T& y) {
    return 1.0 + square(y);
  }
};

struct Sinh {
  static constexpr Op code = Op::sinh;
  static constexpr std::string_view name = "sinh";
  static constexpr Description description{
      .latex = "\\sinh", .spreadsheet = "SINH(#)", .known_as = "sh"};
  template <class T>
  static T value(const T& x) {
    return sinh(x);
  }
  // d/dx sinh x = cosh x
  template <class T>
  static T derivative(const T& x, const T&) {
    return cosh(x);
  }
};

struct Cosh {
  static constexpr Op code = Op::cosh;
  static constexpr std::string_view name = "cosh";
  static constexpr Description description{
      .latex = "\\cosh", .spreadsheet = "COSH(#)", .known_as = "ch"};
  template <class T>
  static T value(const T& x) {
    return cosh(x);
  }
  // d/dx cosh x = sinh x
  template <class T>
  static T derivative(const T& x, const T&) {
    return sinh(x);
  }
};

struct Tanh {
  static constexpr Op code = Op::tanh;
  static constexpr std::string_view name = "tanh";
  static constexpr Description description{.latex = "\\tanh",
                                           .spreadsheet = "TANH(#)",
                                           .known_as = "th tansig hyperbolictangent",
                                           .is_activation = true};
  template <class T>
  static T value(const T& x) {
    return tanh(x);
  }
  // d/dx tanh x = 1 − tanh² x
  template <class T>
  static T derivative(const T& x, const T& y) {
    return tanh_complement(x, y);
  }
};

struct Asin {
  static constexpr Op code = Op::asin;
  static constexpr std::string_view name = "asin";
  static constexpr Description description{
      .latex = "\\arcsin", .formal = "arcsin", .spreadsheet = "ASIN(#)", .also = "arcsin"};
  static const char* outside_domain(double x) {
    return x < -1 || x > 1 ? "the arc sine needs an argument from -1 to 1" : nullptr;
  }
  template <class T>
  static T value(const T& x) {
    return asin(x);
  }
  // d/dx arcsin x = 1/√(1 − x²)
  template <class T>
  static T derivative(const T& x, const T&) {
    return 1.0 / sqrt(one_minus_square(x));
  }
};

struct Acos {
  static constexpr Op code = Op::acos;
  static constexpr std::string_view name = "acos";
  static constexpr Description description{
      .latex = "\\arccos", .formal = "arccos", .spreadsheet = "ACOS(#)", .also = "arccos"};
  static const char* outside_domain(double x) {
    return x < -1 || x > 1 ? "the arc cosine needs an argument from -1 to 1" : nullptr;
  }
  template <class T>
  static T value(const T& x) {
    return acos(x);
  }
  // d/dx arccos x = −1/√(1 − x²)
  template <class T>
  static T derivative(const T& x, const T&) {
    return -(1.0 / sqrt(one_minus_square(x)));
  }
};

struct Atan {
  static constexpr Op code = Op::atan;
  static constexpr std::string_view name = "atan";
  static constexpr Description description{.latex = "\\arctan",
                                           .formal = "arctan",
                                           .spreadsheet = "ATAN(#)",
                                           .also = "arctan",
                                           .known_as = "arctg"};
  template <class T>
  static T value(const T& x) {
    return atan(x);
  }
  // d/dx arctan x = 1/(1 + x²)
  template <class T>
  static T derivative(const T& x, const T&) {
    return 1.0 / (1.0 + square(x));
  }
};

}  // namespace chalkgrad::ops
