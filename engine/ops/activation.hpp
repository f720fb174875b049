#pragma once

#include <string_view>

#include "engine/ops/description.hpp"
#include "engine/ops/op.hpp"
#include "engine/ops/scalar.hpp"

/// The smooth activations of neural networks. Goodfellow, Bengio, Courville: Deep Learning, 3.10
/// and 6.3; gelu: Hendrycks and Gimpel 2016; mish: Misra 2019; softsign: Turian, Bergstra, Bengio
/// 2009. How to read an operation: see engine/ops.hpp.
namespace chalkgrad::ops {

struct Sigmoid {
  static constexpr Op code = Op::sigmoid;
  static constexpr std::string_view name = "sigmoid";
  static constexpr Description description{.text = "σ",
                                           .latex = "\\sigma",
                                           .formal = "σ",
                                           .also = "σ",
                                           .known_as = "sigma sig sigm sgm logistic logsig expit",
                                           .is_activation = true,
                                           .is_explained = true};
  template <class T>
  static T value(const T& x) {
    return logistic(x);
  }
  // σ' = σ·(1 − σ)
  template <class T>
  static T derivative(const T& x, const T& y) {
    return y * sigmoid_complement(x, y);
  }
};

struct Softplus {
  static constexpr Op code = Op::softplus;
  static constexpr std::string_view name = "softplus";
  static constexpr Description description{.is_activation = true, .is_explained = true};
  template <class T>
  static T value(const T& x) {
    return log1p_exp(x);
  }
  // d/dx ln(1 + eˣ) = eˣ/(1 + eˣ) = 1/(1 + e⁻ˣ)
  template <class T>
  static T derivative(const T& x, const T&) {
    return logistic(x);
  }
};

struct Gelu {
  static constexpr Op code = Op::gelu;
  static constexpr std::string_view name = "gelu";
  static constexpr Description description{
      .formal = "GELU", .is_activation = true, .is_explained = true};
  // x·Φ(x), where Φ is the normal distribution
  template <class T>
  static T value(const T& x) {
    return x * normal_distribution(x);
  }
  // Φ(x) + x·φ(x), where φ(x) = e^(−x²/2)/√(2π) is its density
  template <class T>
  static T derivative(const T& x, const T&) {
    return normal_distribution(x) + x * exp(-(square(x) / 2.0)) / sqrt(2.0 * T(std::numbers::pi));
  }
};

struct Mish {
  static constexpr Op code = Op::mish;
  static constexpr std::string_view name = "mish";
  static constexpr Description description{.is_activation = true, .is_explained = true};
  // x·tanh(ln(1 + eˣ))
  template <class T>
  static T value(const T& x) {
    return x * tanh(log1p_exp(x));
  }
  // t + x·(1 − t²)·σ(x), where t = tanh(ln(1 + eˣ)), since d/dx ln(1 + eˣ) = σ(x)
  template <class T>
  static T derivative(const T& x, const T&) {
    const T softplus = log1p_exp(x);
    const T t = tanh(softplus);
    return t + x * tanh_complement(softplus, t) * logistic(x);
  }
};

struct Softsign {
  static constexpr Op code = Op::softsign;
  static constexpr std::string_view name = "softsign";
  static constexpr Description description{.is_activation = true, .is_explained = true};
  // x/(1 + |x|)
  template <class T>
  static T value(const T& x) {
    return x / (1.0 + abs(x));
  }
  // 1/(1 + |x|)², on both sides of 0, so there is no kink
  template <class T>
  static T derivative(const T& x, const T&) {
    return 1.0 / square(1.0 + abs(x));
  }
};

}  // namespace chalkgrad::ops
