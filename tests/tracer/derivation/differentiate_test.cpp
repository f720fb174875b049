#include "tracer/derivation/differentiate.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tracer/expression/parser.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

double value_at(const Expr& e, double w) {
  return evaluate(e, [w](const Expr& leaf) {
    return leaf.text() == "w" ? w : leaf.text() == "a" ? 0.7 : -1.3;
  });
}

/// Against the central difference.
TEST(Differentiate, AgreesWithTheCentralDifference) {
  const SlopeOfName slope = [](const Expr& symbol) -> Expr {
    return symbol.text() == "w" ? 1.0 : 0.0;
  };
  for (const char* formula : {"3", "w", "a", "a*w + b", "w*w*a/b", "a/w", "(a - w)^2/2",
                              "w^3 - w^a", "a^w", "sigmoid(a*w)", "tanh(w)^2*exp(-w)",
                              "-(a*log(w) + (1 - a)*log(1 - w/9))", "sqrt(w)/(1 + abs(b*w))",
                              "max(a*w, b)", "(w^2 if w > 1, else w)", "1/(1 + exp(-w*a - b))"}) {
    const Expr e = parse_expression(formula);
    const Expr derivative = differentiate(e, slope);
    for (const double w : {0.35, 1.9}) {
      const double h = 1e-5;
      const double difference = (value_at(e, w + h) - value_at(e, w - h)) / (2 * h);
      EXPECT_NEAR(value_at(derivative, w), difference, 1e-7 * (1 + std::abs(difference)))
          << formula << " at " << w << ": " << print(derivative);
    }
  }
}

TEST(Differentiate, IsToldWhatANameDependsOn) {
  const Expr e = parse_expression("a + b*w");
  EXPECT_EQ(print(differentiate(e,
                                [](const Expr& symbol) -> Expr {
                                  if (symbol.text() == "w") return 1.0;
                                  return symbol.text() == "a" ? Expr::derivative("a", "w") : 0.0;
                                })),
            "∂a/∂w + b");
}

}  // namespace
}  // namespace chalkgrad
