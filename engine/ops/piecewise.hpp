#pragma once

#include <string_view>

#include "engine/ops/description.hpp"
#include "engine/ops/op.hpp"
#include "engine/ops/scalar.hpp"

/// The operations that branch. Each does so through by_sign, and has, besides value and
/// derivatives,
///   at_kink(operands)  whether its derivative is there a matter of convention, and
///   convention         that convention in words, for the sheet to state when it was used.
/// How to read an operation: see engine/ops.hpp.
namespace chalkgrad::ops {

struct Relu {
  static constexpr Op code = Op::relu;
  static constexpr std::string_view name = "relu";
  static constexpr Description description{.formal = "ReLU",
                                           .spreadsheet = "MAX(0,#)",
                                           .known_as = "rectifier rectifiedlinear poslin",
                                           .is_activation = true,
                                           .is_explained = true,
                                           .is_exact = true};
  static constexpr std::string_view convention = "relu'(0) = 0 by convention";
  static bool at_kink(double x) { return x == 0; }
  template <class T>
  static T value(const T& x) {
    return by_sign(x, x, T(0.0), T(0.0));
  }
  // 1 on the right of 0, 0 on the left; 0 by convention at the kink
  template <class T>
  static T derivative(const T& x, const T&) {
    return by_sign(x, T(1.0), T(0.0), T(0.0));
  }
};

struct LeakyRelu {
  static constexpr Op code = Op::leaky_relu;
  static constexpr std::string_view name = "leaky_relu";
  static constexpr Description description{
      .known_as = "leaky lrelu", .is_activation = true, .is_explained = true};
  static constexpr std::string_view convention = "leaky_relu'(0) = 0.01 by convention";
  static constexpr double slope = 0.01;
  static bool at_kink(double x) { return x == 0; }
  template <class T>
  static T value(const T& x) {
    return by_sign(x, x, slope * x, slope * x);
  }
  // 1 on the right of 0, the slope on the left; the slope by convention at the kink
  template <class T>
  static T derivative(const T& x, const T&) {
    return by_sign(x, T(1.0), T(slope), T(slope));
  }
};

struct Elu {
  static constexpr Op code = Op::elu;
  static constexpr std::string_view name = "elu";
  static constexpr Description description{
      .formal = "ELU", .is_activation = true, .is_explained = true};
  template <class T>
  static T value(const T& x) {
    return by_sign(x, x, expm1(x), expm1(x));
  }
  // 1 on the right of 0, eˣ on the left; both are 1 at 0, so there is no kink
  template <class T>
  static T derivative(const T& x, const T&) {
    return by_sign(x, T(1.0), T(1.0), exp(x));
  }
};

struct Abs {
  static constexpr Op code = Op::abs;
  static constexpr std::string_view name = "abs";
  static constexpr Description description{
      .symbol = "| |", .spreadsheet = "ABS(#)", .known_as = "absolute betrag", .is_exact = true};
  static constexpr std::string_view convention = "abs'(0) = 0 by convention";
  static bool at_kink(double x) { return x == 0; }
  template <class T>
  static T value(const T& x) {
    return by_sign(x, x, x, -x);
  }
  // the sign of x; 0 by convention at the kink
  template <class T>
  static T derivative(const T& x, const T&) {
    return by_sign(x, T(1.0), T(0.0), T(-1.0));
  }
};

struct Sign {
  static constexpr Op code = Op::sign;
  static constexpr std::string_view name = "sign";
  static constexpr Description description{.spreadsheet = "SIGN(#)",
                                           .known_as = "sgn signum hardlims",
                                           .is_activation = true,
                                           .is_explained = true,
                                           .is_exact = true,
                                           .is_threshold = true};
  static constexpr std::string_view convention = "sign jumps at 0; its derivative is taken as 0";
  static bool at_kink(double x) { return x == 0; }
  template <class T>
  static T value(const T& x) {
    return by_sign(x, T(1.0), T(0.0), T(-1.0));
  }
  // 0 wherever it exists; undefined at the jump
  template <class T>
  static T derivative(const T&, const T&) {
    return T(0.0);
  }
};

struct Step {
  static constexpr Op code = Op::step;
  static constexpr std::string_view name = "step";
  static constexpr Description description{.known_as = "heaviside threshold hardlim unitstep",
                                           .is_activation = true,
                                           .is_explained = true,
                                           .is_exact = true,
                                           .is_threshold = true};
  static constexpr std::string_view convention = "step jumps at 0; its derivative is taken as 0";
  static bool at_kink(double x) { return x == 0; }
  // a threshold neuron fires when its threshold is reached: step(0) = 1
  template <class T>
  static T value(const T& x) {
    return by_sign(x, T(1.0), T(1.0), T(0.0));
  }
  // 0 wherever it exists; undefined at the jump
  template <class T>
  static T derivative(const T&, const T&) {
    return T(0.0);
  }
};

struct Min {
  static constexpr Op code = Op::min;
  static constexpr std::string_view name = "min";
  static constexpr Description description{
      .latex = "\\min", .spreadsheet = "MIN(#,#)", .known_as = "minimum", .is_exact = true};
  static constexpr std::string_view convention =
      "a tie in min goes to the first operand by convention";
  static bool at_kink(double a, double b) { return a == b; }
  template <class T>
  static T value(const T& a, const T& b) {
    return by_sign(b - a, a, b, b);
  }
  // 1 for the smaller operand, 0 for the other; in a tie the first is taken by convention
  template <class T>
  static T derivative_a(const T& a, const T& b, const T&) {
    return by_sign(b - a, T(1.0), T(1.0), T(0.0));
  }
  template <class T>
  static T derivative_b(const T& a, const T& b, const T&) {
    return by_sign(a - b, T(1.0), T(0.0), T(0.0));
  }
};

struct Max {
  static constexpr Op code = Op::max;
  static constexpr std::string_view name = "max";
  static constexpr Description description{
      .latex = "\\max", .spreadsheet = "MAX(#,#)", .known_as = "maximum", .is_exact = true};
  static constexpr std::string_view convention =
      "a tie in max goes to the first operand by convention";
  static bool at_kink(double a, double b) { return a == b; }
  template <class T>
  static T value(const T& a, const T& b) {
    return by_sign(a - b, a, b, b);
  }
  // 1 for the larger operand, 0 for the other; in a tie the first is taken by convention
  template <class T>
  static T derivative_a(const T& a, const T& b, const T&) {
    return by_sign(a - b, T(1.0), T(1.0), T(0.0));
  }
  template <class T>
  static T derivative_b(const T& a, const T& b, const T&) {
    return by_sign(b - a, T(1.0), T(0.0), T(0.0));
  }
};

/// A case of a piecewise definition: a where c > 0, and nothing elsewhere. Which of two cases holds
/// is when(c, a) + unless(c, b).
struct When {
  static constexpr Op code = Op::when;
  static constexpr std::string_view name = "when";
  static constexpr Description description{.is_exact = true};
  static constexpr std::string_view convention =
      "at a border the slope of the case that holds there";
  static bool at_kink(double c, double) { return c == 0; }
  template <class T>
  static T value(const T& c, const T& a) {
    return by_sign(c, a, T(0.0), T(0.0));
  }
  // a condition has no slope: what it decides jumps, or has a kink
  template <class T>
  static T derivative_a(const T&, const T&, const T&) {
    return T(0.0);
  }
  // 1 where the case holds
  template <class T>
  static T derivative_b(const T& c, const T&, const T&) {
    return by_sign(c, T(1.0), T(0.0), T(0.0));
  }
};

/// The other case: a where c ≤ 0.
struct Unless {
  static constexpr Op code = Op::unless;
  static constexpr std::string_view name = "unless";
  static constexpr Description description{.is_exact = true};
  static constexpr std::string_view convention = When::convention;
  static bool at_kink(double c, double) { return c == 0; }
  template <class T>
  static T value(const T& c, const T& a) {
    return by_sign(c, T(0.0), a, a);
  }
  // as of When
  template <class T>
  static T derivative_a(const T&, const T&, const T&) {
    return T(0.0);
  }
  // 1 where the case holds
  template <class T>
  static T derivative_b(const T& c, const T&, const T&) {
    return by_sign(c, T(0.0), T(1.0), T(1.0));
  }
};

}  // namespace chalkgrad::ops
