#include "tracer/expression/exact.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/random_expression.hpp"
#include "tracer/expression/parser.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

using testing::below;
using testing::Random;

std::optional<Exact> exact(const std::string& formula) {
  return exact_value(parse_expression(formula), [](const Expr&) { return std::optional<Exact>(); });
}

std::string written(const std::string& formula) {
  const auto value = exact(formula);
  if (!value) return "nothing";
  const auto expr = value->written();
  return expr ? print(*expr) : "too long";
}

/// By hand.
TEST(Exact, IsWhatOneWritesByHand) {
  for (const auto& [formula, expected] : std::initializer_list<std::pair<const char*, const char*>>{
           {"1/3 + 1/4", "7/12"},
           {"2/3*(1 - 2/3)/2", "1/9"},
           {"sqrt(1/2)", "√(2)/2"},
           {"sqrt(12) + sqrt(3)", "3·√(3)"},
           {"sqrt(2)*sqrt(6)", "2·√(3)"},
           {"1/sqrt(5)", "√(5)/5"},
           {"(1 + sqrt(2))^2", "3 + 2·√(2)"},
           {"(1/4)^(1/2)", "1/2"},
           {"exp(-1)*exp(3)", "exp(2)"},
           {"exp(ln(3))", "3"},
           {"exp(-ln(2))", "1/2"},
           {"ln(1/2)", "−ln(2)"},
           {"ln(6) - ln(6)", "0"},
           {"sigmoid(0)", "1/2"},
           {"sigmoid(ln(2))", "2/3"},
           {"tanh(0)", "0"},
           {"relu(-1/3)", "0"},
           {"abs(1/3 - 1/2)", "1/6"},
           {"max(1/3, 1/4)", "1/3"},
           {"sin(pi/6)", "1/2"},
           {"cos(pi/4)", "√(2)/2"},
           {"cos(pi)", "−1"},
           {"tan(pi/3)", "√(3)"},
           {"2*pi*(1/3)^2", "2·π/9"},
           {"1/pi", "1/π"},
           {"sigmoid(1)", "nothing"},
           {"sin(1)", "nothing"},
           {"ln(0)", "nothing"},
           {"1/(1/2 - 1/2)", "nothing"},
           {"sqrt(-1)", "nothing"},
           {"ln(2)*ln(3)", "nothing"},
           {"exp(pi)", "nothing"},
           {"w + 1", "nothing"},
           {"(1/997)^2", "1/994009"},
           {"1234567/7654321", "too long"},
           {"exp(1/1234567)", "nothing"},
           {"sqrt(exp(0.000000000000001))", "nothing"},
           {"((pi^40)^40)^40", "nothing"},
       })
    EXPECT_EQ(written(formula), expected) << formula;
}

/// Each argument is worked out once, though max(a, b) is written with two of each.
TEST(Exact, OfManyArgumentsTakesNoLonger) {
  std::string formula = "1/2";
  for (int k = 3; k < 40; ++k) formula = "max(" + formula + ", 1/" + std::to_string(k) + ")";
  EXPECT_EQ(written(formula), "1/2");
}

/// Where there is an exact value it is that of double arithmetic.
TEST(Exact, AgreesWithDoubles) {
  Random random(7);
  const char* operands[] = {"1/3", "2", "-3/4", "sqrt(2)", "sqrt(1/3)", "exp(1)", "ln(3)", "pi/6"};
  const char* functions[] = {"", "sqrt", "exp", "ln", "abs", "sin", "cos", "relu", "sigmoid"};
  int known = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string formula = operands[below(random, 8)];
    for (int k = below(random, 4); k >= 0; --k) {
      // One draw after the other: compilers work out operands in orders of their own.
      const char sign = "+-*/"[below(random, 4)];
      const std::string operand = operands[below(random, 8)];
      const std::string function = functions[below(random, 9)];
      formula = function + "((" + formula + ")" + sign + operand + ")";
    }
    const auto value = exact(formula);
    if (!value) continue;
    ++known;
    const double expected =
        evaluate(parse_expression(formula), [](const Expr&) { return std::nan(""); });
    EXPECT_NEAR(value->value(), expected, 1e-9 * std::max(1.0, std::abs(expected))) << formula;
  }
  EXPECT_GT(known, 300);
}

}  // namespace
}  // namespace chalkgrad
