#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

/// The computations that the contestants differentiate, as templates over the scalar: a multi-layer
/// perceptron, written as anybody would write it.
///
///   W1  2-16-16-1, ReLU, 100 samples: the mean hinge loss relu(1 − y·score), plus 1e-4·Σp²
///   W2  2-16-16-1, tanh, then sigmoid, 100 samples: the mean of half the squared errors
///
/// 337 parameters each. All numbers come from a fixed linear congruential generator.
namespace benchmarks {

constexpr std::size_t sample_count = 100, input_count = 2, hidden = 16, parameter_count = 337;

/// Knuth's MMIX generator (The Art of Computer Programming, vol. 2, 3.3.4, table 1), from −1 to 1.
class Generator {
 public:
  double operator()() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<double>(state_ >> 11) * 0x1p-52 - 1;
  }

 private:
  std::uint64_t state_ = 42;
};

struct Data {
  Data() {
    Generator random;
    for (double& p : parameters) p = 0.5 * random();
    for (double& x : inputs) x = random();
    for (std::size_t i = 0; i < sample_count; ++i)
      targets[i] = inputs[2 * i] * inputs[2 * i + 1] > 0 ? 1 : -1;
  }
  std::vector<double> parameters = std::vector<double>(parameter_count);
  std::vector<double> inputs = std::vector<double>(input_count * sample_count);
  std::vector<double> targets = std::vector<double>(sample_count);
};

inline double relu(double x) { return std::max(x, 0.0); }
inline double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

/// The layers of one pass; parameters are taken one after the other.
template <class T>
class Layers {
 public:
  explicit Layers(const std::vector<T>& parameters) : parameters_(parameters) {}

  /// out[j] = activation(bias + Σ weight·in[i])
  template <class F>
  void operator()(const std::vector<T>& in, std::vector<T>& out, F activation) {
    for (T& unit : out) {
      T sum = parameters_[at_ + in.size()];
      for (std::size_t i = 0; i < in.size(); ++i) sum += parameters_[at_ + i] * in[i];
      at_ += in.size() + 1;
      unit = activation(sum);
    }
  }

 private:
  const std::vector<T>& parameters_;
  std::size_t at_ = 0;
};

struct W1 {
  static constexpr const char* name = "W1";

  /// The loss of one sample. `h1`, `h2` and `out` are working memory.
  template <class T, class Y>
  static T loss(const std::vector<T>& parameters, const std::vector<T>& in, const Y& target,
                std::vector<T>& h1, std::vector<T>& h2, std::vector<T>& out) {
    const auto activation = [](const T& z) { return T(relu(z)); };
    Layers<T> layer(parameters);
    layer(in, h1, activation);
    layer(h1, h2, activation);
    layer(h2, out, [](const T& z) { return z; });
    const T margin = 1.0 - target * out[0];
    return relu(margin);
  }
  template <class T>
  static T penalty(const std::vector<T>& parameters) {
    T sum = parameters[0] * parameters[0];
    for (std::size_t i = 1; i < parameters.size(); ++i) sum += parameters[i] * parameters[i];
    return 1e-4 * sum;
  }
  static constexpr bool has_penalty = true;
};

struct W2 {
  static constexpr const char* name = "W2";

  template <class T, class Y>
  static T loss(const std::vector<T>& parameters, const std::vector<T>& in, const Y& target,
                std::vector<T>& h1, std::vector<T>& h2, std::vector<T>& out) {
    using std::tanh;
    const auto activation = [](const T& z) { return T(sigmoid(z)); };
    Layers<T> layer(parameters);
    layer(in, h1, [](const T& z) { return T(tanh(z)); });
    layer(h1, h2, activation);
    layer(h2, out, activation);
    const T error = out[0] - target;
    return 0.5 * (error * error);
  }
  static constexpr bool has_penalty = false;
};

/// The whole step: the mean over the samples, and the penalty. `inputs` may be numbers or scalars.
template <class W, class T, class X>
T total_loss(const std::vector<T>& parameters, const std::vector<X>& inputs,
             const std::vector<double>& targets) {
  const T& any = parameters[0];
  std::vector<T> in(input_count, any), h1(hidden, any), h2(hidden, any), out(1, any);
  const auto sample = [&](std::size_t s) {
    for (std::size_t i = 0; i < input_count; ++i) in[i] = T(inputs[input_count * s + i]);
    return W::template loss<T>(parameters, in, targets[s], h1, h2, out);
  };
  T sum = sample(0);
  for (std::size_t s = 1; s < sample_count; ++s) sum += sample(s);
  const T mean = sum * (1.0 / sample_count);
  if constexpr (W::has_penalty) return mean + W::penalty(parameters);
  return mean;
}

}  // namespace benchmarks
