#pragma once

#include <string_view>

#include "engine/ops/description.hpp"
#include "engine/ops/op.hpp"
#include "engine/ops/scalar.hpp"

/// The smooth activations of neural networks. Goodfellow, Bengio, Courville: Deep Learning, 3.10
/// and 6.3; gelu: Hendrycks and Gimpel 2016. How to read an operation: see engine/ops.hpp.
namespace chalkgrad::ops {

struct Sigmoid {
  static constexpr Op code = Op::sigmoid;
  static constexpr std::string_view name = "sigmoid";
  static constexpr Description description{.text = "σ",
                                           .latex = "\\sigma",
                                           .formal = "σ",
                                           .also = "σ",
                                           .known_as = "sigma sig sigm logistic logsig",
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

}  // namespace chalkgrad::ops
