#include "tests/benchmark/contestants.hpp"

/// Plain double, which everything is measured by, and the adjoint written by hand, which is as fast
/// as a gradient can be.
namespace benchmarks {

namespace {

template <class W>
class PlainDouble final : public Contestant {
 public:
  [[nodiscard]] std::string name() const override { return "plain double"; }
  [[nodiscard]] bool has_gradient() const override { return false; }
  double step(const Data& data, std::vector<double>&) override {
    return total_loss<W, double>(data.parameters, data.inputs, data.targets);
  }
};

/// Derivatives of the activations, by their values.
struct Relu {
  static double value(double z) { return relu(z); }
  static double derivative(double y) { return y > 0 ? 1 : 0; }
};
struct Tanh {
  static double value(double z) { return std::tanh(z); }
  static double derivative(double y) { return 1 - y * y; }
};
struct Sigmoid {
  static double value(double z) { return sigmoid(z); }
  static double derivative(double y) { return y * (1 - y); }
};
struct Linear {
  static double value(double z) { return z; }
  static double derivative(double) { return 1; }
};

template <class F, std::size_t In, std::size_t Out>
void forward(const double* p, const double* in, double* out) {
  for (std::size_t j = 0; j < Out; ++j, p += In + 1) {
    double sum = p[In];
    for (std::size_t i = 0; i < In; ++i) sum += p[i] * in[i];
    out[j] = F::value(sum);
  }
}

/// From ∂E/∂out to ∂E/∂in, adding to the derivatives of the parameters.
template <class F, std::size_t In, std::size_t Out>
void reverse(const double* p, const double* in, const double* out, const double* out_bar,
             double* in_bar, double* p_bar) {
  for (std::size_t i = 0; i < In; ++i) in_bar[i] = 0;
  for (std::size_t j = 0; j < Out; ++j, p += In + 1, p_bar += In + 1) {
    const double delta = out_bar[j] * F::derivative(out[j]);
    if (delta == 0) continue;
    for (std::size_t i = 0; i < In; ++i) {
      p_bar[i] += delta * in[i];
      in_bar[i] += delta * p[i];
    }
    p_bar[In] += delta;
  }
}

template <class W>
class HandWritten final : public Contestant {
 public:
  [[nodiscard]] std::string name() const override { return "hand-written adjoint"; }

  double step(const Data& data, std::vector<double>& gradient) override {
    constexpr bool w1 = std::is_same_v<W, W1>;
    using First = std::conditional_t<w1, Relu, Tanh>;
    using Second = std::conditional_t<w1, Relu, Sigmoid>;
    using Last = std::conditional_t<w1, Linear, Sigmoid>;
    constexpr std::size_t second = (input_count + 1) * hidden,
                          last = second + (hidden + 1) * hidden;
    const double* const p = data.parameters.data();
    gradient.assign(parameter_count, 0.0);
    double loss = 0;
    double h1[hidden], h2[hidden], out[1], h1_bar[hidden], h2_bar[hidden], in_bar[input_count];
    for (std::size_t s = 0; s < sample_count; ++s) {
      const double* const in = &data.inputs[input_count * s];
      forward<First, input_count, hidden>(p, in, h1);
      forward<Second, hidden, hidden>(p + second, h1, h2);
      forward<Last, hidden, 1>(p + last, h2, out);
      double out_bar[1];
      if constexpr (w1) {
        const double margin = 1 - data.targets[s] * out[0];
        loss += relu(margin);
        out_bar[0] = margin > 0 ? -data.targets[s] / sample_count : 0;
      } else {
        const double error = out[0] - data.targets[s];
        loss += 0.5 * error * error;
        out_bar[0] = error / sample_count;
      }
      double* const g = gradient.data();
      reverse<Last, hidden, 1>(p + last, h2, out, out_bar, h2_bar, g + last);
      reverse<Second, hidden, hidden>(p + second, h1, h2, h2_bar, h1_bar, g + second);
      reverse<First, input_count, hidden>(p, in, h1, h1_bar, in_bar, g);
    }
    loss /= sample_count;
    if constexpr (w1) {
      for (std::size_t i = 0; i < parameter_count; ++i) {
        loss += 1e-4 * p[i] * p[i];
        gradient[i] += 2e-4 * p[i];
      }
    }
    return loss;
  }
};

}  // namespace

template <class W>
double operation_count() {
  constexpr double units = 2 * hidden + 1;
  constexpr double products = input_count * hidden + hidden * hidden + hidden;
  constexpr bool w1 = std::is_same_v<W, W1>;
  // A product and a sum each, an activation for each unit, and the loss.
  const double sample = 2 * products + units + (w1 ? 3 : 4);
  return sample_count * sample + (w1 ? 2 * parameter_count : 0) + 2;
}
template double operation_count<W1>();
template double operation_count<W2>();

template <class W>
void add_plain_double(Contestants& all) {
  all.push_back(std::make_unique<PlainDouble<W>>());
}
template void add_plain_double<W1>(Contestants&);
template void add_plain_double<W2>(Contestants&);

template <class W>
void add_hand_written(Contestants& all) {
  all.push_back(std::make_unique<HandWritten<W>>());
}
template void add_hand_written<W1>(Contestants&);
template void add_hand_written<W2>(Contestants&);

}  // namespace benchmarks
