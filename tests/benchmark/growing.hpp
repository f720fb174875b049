#pragma once

#include <fmt/format.h>

#include <string>

/// Problems of any size, to see how time grows with it.
namespace benchmarks {

/// One sigmoid neuron over so many samples, and a step of gradient descent.
inline std::string many_samples(long count) {
  std::string text = "samples x, t\n";
  for (long i = 0; i < count; ++i)
    text += fmt::format("{:.2f}, {}\n", static_cast<double>(i * 37 % 200 - 100) / 100, i * 7 % 2);
  return text +
         "weight w = 0.4\nbias b = 0.1\nz = w*x + b\no = sigmoid(z)\n"
         "E = mean over samples of half_squared_error(t; o)\nderive E wrt all\n"
         "update all rate 0.5\n";
}

/// One sigmoid neuron with so many weights, and a step of gradient descent.
inline std::string wide_neuron(long weights) {
  std::string net;
  for (long i = 1; i <= weights; ++i) net += fmt::format("w{0}*x{0} + ", i);
  return fmt::format(
      "input x1..x{0} = random(-1, 1)\nweight w1..w{0} = random(-1, 1)\nbias b = 0.1\n"
      "target t = 1\nnet = {1}b\no = sigmoid(net)\nE = half_squared_error(t; o)\n"
      "derive E wrt all\nupdate all rate 0.5\n",
      weights, net);
}

}  // namespace benchmarks
