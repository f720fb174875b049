#include "tracer/problem/evaluation.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/value.hpp"
#include "tests/support/problems.hpp"

namespace chalkgrad {
namespace {

using testing::errors_of;

TEST(Evaluation, ComputesEveryOperation) {
  const Solution solution = testing::solve_text(R"(
input x = 0.5, y = -2
a = -x^2 + 3*y - y/x
b = sin(x) + cos(x) + tan(x) + sinh(x) + cosh(x) + tanh(x)
c = asin(x) + acos(x) + atan(x) + erf(x) + exp(x) + ln(x) + sqrt(x)
d = sigmoid(x) + softplus(x) + gelu(x) + relu(y) + leaky_relu(y) + elu(y)
e = abs(y) + |y| + sign(y) + step(x) + min(x, y) + max(x, y) + square(y) + pow(y, 3)
f = 2^-x + pi
)");
  const auto value = [&](const char* name) { return solution.evaluation.graph->at(name).value(); };
  const double x = 0.5, y = -2;
  EXPECT_DOUBLE_EQ(value("a"), -0.25 - 6 + 4);
  EXPECT_DOUBLE_EQ(value("b"), std::sin(x) + std::cos(x) + std::tan(x) + std::sinh(x) +
                                   std::cosh(x) + std::tanh(x));
  EXPECT_DOUBLE_EQ(value("c"), std::asin(x) + std::acos(x) + std::atan(x) + std::erf(x) +
                                   std::exp(x) + std::log(x) + std::sqrt(x));
  EXPECT_DOUBLE_EQ(value("d"), 1 / (1 + std::exp(-x)) + std::log(1 + std::exp(x)) +
                                   x * (1 + std::erf(x / std::sqrt(2.0))) / 2 + 0 + 0.01 * y +
                                   std::exp(y) - 1);
  EXPECT_DOUBLE_EQ(value("e"), 2 + 2 - 1 + 1 - 2 + 0.5 + 4 - 8);
  EXPECT_DOUBLE_EQ(value("f"), std::pow(2, -0.5) + std::acos(-1.0));
}

TEST(Evaluation, NamesWhatHasNoValue) {
  struct Case {
    const char *text, *message;
  };
  for (const auto& [text, message] : {
           Case{"input x = 3\ny = 1 + log(x - 3)",
                "test.chalk:2:9: error: 'y' has no value: ln(x − 3), where x − 3 is 0\n"
                "  y = 1 + log(x - 3)\n          ^~~~~~~~~~ the logarithm needs a positive "
                "argument\n"},
           Case{"input x = -2\ny = ln(x)",
                "test.chalk:2:5: error: 'y' has no value: ln(x), where x is −2\n"
                "  y = ln(x)\n      ^~~~~ the logarithm needs a positive argument\n"},
           Case{"input x = 3, z = 0\ny = x/z",
                "test.chalk:2:5: error: 'y' has no value: x/z, where z is 0\n  y = x/z\n"
                "      ^~~ division by zero\n"},
           Case{"y = 0/0",
                "test.chalk:1:5: error: 'y' has no value: 0/0\n  y = 0/0\n"
                "      ^~~ division by zero\n"},
           Case{"input x = -2\ny = 3*x^0.5",
                "test.chalk:2:7: error: 'y' has no value: x^0.5 is (−2)^0.5\n  y = 3*x^0.5\n"
                "        ^~~~~ a negative base needs an integer exponent\n"},
           Case{"input x = 0\ny = x^-1",
                "test.chalk:2:5: error: 'y' has no value: x^(−1) is 0^(−1)\n  y = x^-1\n"
                "      ^~~~ zero has no negative power\n"},
           Case{"input x = 2\ny = asin(x)",
                "test.chalk:2:5: error: 'y' has no value: asin(x), where x is 2\n  y = asin(x)\n"
                "      ^~~~~~~ the arc sine needs an argument from -1 to 1\n"},
           Case{"input x = -1\ny = sqrt(x)",
                "test.chalk:2:5: error: 'y' has no value: √(x), where x is −1\n  y = sqrt(x)\n"
                "      ^~~~~~~ the square root needs an argument that is not negative\n"},
           Case{"input x = 1000\ny = exp(x)",
                "test.chalk:2:5: error: 'y' has no value: exp(x) is too large\n  y = exp(x)\n"
                "      ^~~~~~ a number can be at most 1.8e308\n"},
           Case{"input x = 1e200\ny = x*x",
                "test.chalk:2:5: error: 'y' has no value: x·x is too large\n  y = x*x\n"
                "      ^~~ a number can be at most 1.8e308\n"},
       })
    EXPECT_EQ(errors_of(text), message) << text;
}

TEST(Evaluation, UnknownsAreNoErrors) {
  EXPECT_EQ(errors_of("input x, z = 2\ny = log(x)/z + sqrt(x)^x"), "");
  EXPECT_EQ(errors_of("input x\ny = x/0"),
            "test.chalk:2:5: error: 'y' has no value: x/0\n  y = x/0\n      ^~~ division by "
            "zero\n");
}

double recorded_value(const Solution& solution, const std::string& name) {
  return (*solution.quantities)[*solution.quantities->find(name)].value;
}

/// E = −ln(1 − σ(z)) = ln(1 + e^z), ∂E/∂w = z·σ(z); the figures are mpmath's at 50 digits.
TEST(Saturation, KeepsTheDigitsOfLogLosses) {
  const struct {
    const char* definition;
    double z, loss, slope;
  } table[] = {
      {"sigmoid(w*x)", 22, 22.000000000278947, 21.99999999386317},
      {"1/(1 + exp(-w*x))", 28, 28.000000000000691, 27.99999999998064},
      {"sigmoid(w*x)", 40, 40, 40},
      {"sigmoid(w*x)", 300, 300, 300},
  };
  for (const auto& row : table) {
    const Solution solution = testing::solve_text(
        "weight w = 1\ninput x = " + std::to_string(row.z) + "\np = " + row.definition +
        "\nE = binary_cross_entropy(0; p)\nderive E wrt w\n");
    EXPECT_NEAR(recorded_value(solution, "E"), row.loss, 1e-12 * row.loss) << row.z;
    EXPECT_NEAR(solution.gradients.at("E").begin()->second, row.slope, 1e-11 * row.slope) << row.z;
  }
}

TEST(Zeros, OfSinesAndCosinesAreZero) {
  const Solution solution = testing::solve_text(
      "input s = pi/2\nc = cos(s)\nd = sin(2*s)\ne = sin(1)\ny = c + d + e\nderive y wrt s\n");
  EXPECT_EQ(recorded_value(solution, "c"), 0);
  EXPECT_EQ(recorded_value(solution, "d"), 0);
  EXPECT_EQ(recorded_value(solution, "e"), std::sin(1.0));
}

}  // namespace
}  // namespace chalkgrad
