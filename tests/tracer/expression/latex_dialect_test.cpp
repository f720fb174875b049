#include <gtest/gtest.h>

#include "tracer/expression/dialect.hpp"
#include "tracer/expression/parser.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

TEST(LatexDialect, Functions) {
  struct Case {
    const char *input, *latex;
  };
  for (const auto& [input, latex] : {
           Case{"sigmoid(net)", "\\sigma(\\mathrm{net})"},
           Case{"ln(x)", "\\ln(x)"},
           Case{"exp(-x)", "\\mathrm{e}^{-x}"},
           Case{"atan(x)", "\\arctan(x)"},
           Case{"relu(x)", "\\operatorname{ReLU}(x)"},
           Case{"leaky_relu(x)", "\\operatorname{leaky\\_relu}(x)"},
           Case{"softplus(x/y)", "\\operatorname{softplus}\\mathopen{}\\left(\\frac{x}{y}\\right)"},
           Case{"|x/y|", "\\left|\\frac{x}{y}\\right|"},
           Case{"|-x|", "\\lvert -x\\rvert "},
           Case{"1e-9*x", "10^{-9} \\cdot x"},
           Case{"min(x, 2)", "\\min(x, 2)"},
           Case{"2*pi", "2 \\cdot \\pi"},
           Case{"-pi*x", "-\\pi \\cdot x"},
       })
    EXPECT_EQ(print(parse_expression(input), latex_dialect()), latex) << input;
}

TEST(Dialects, WritePiWithItsSign) {
  const Expr e = parse_expression("2 - x*(-pi)");
  EXPECT_EQ(print(e, text_dialect()), "2 − x·(−π)");
  EXPECT_EQ(print(e, ascii_dialect()), "2 - x*(-pi)");
  EXPECT_EQ(print(e, latex_dialect()), "2 - x \\cdot (-\\pi)");
  EXPECT_NE(print(e, mathml_dialect()).find("−</mo><mi>π</mi>"), std::string::npos)
      << print(e, mathml_dialect());
}

}  // namespace
}  // namespace chalkgrad
