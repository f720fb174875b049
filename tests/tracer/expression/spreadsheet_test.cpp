#include "tracer/expression/spreadsheet.hpp"

#include <gtest/gtest.h>

#include <cctype>

#include "engine/ops.hpp"
#include "tracer/expression/parser.hpp"

namespace chalkgrad {
namespace {

/// a is in A1, b in B1, …; derivatives in Z1.
std::string formula(const Expr& e) {
  return spreadsheet_formula(e, [](const Expr& leaf) -> std::string {
    if (leaf.is(Expr::Kind::derivative)) return "Z1";
    return std::string(1, static_cast<char>(leaf.text()[0] - 'a' + 'A')) + "1";
  });
}

TEST(Spreadsheet, FormulasAreOverCells) {
  struct Case {
    const char *expression, *formula;
  };
  for (const auto& [expression, expected] : {
           Case{"w*x + b", "W1*X1+B1"},
           Case{"1/2*(t - y)^2", "1/2*(T1-Y1)^2"},
           Case{"a - (b - c)", "A1-(B1-C1)"},
           Case{"a/(b*c)", "A1/(B1*C1)"},
           Case{"a - -3", "A1-(-3)"},
           Case{"2*(-3)*x", "2*(-3)*X1"},
           Case{"0.10*x", "0.10*X1"},
           Case{"1.5e-7*x", "1.5E-7*X1"},
           Case{"2*pi*x", "2*PI()*X1"},
           Case{"-pi*x", "-PI()*X1"},
           Case{"ln(x) + exp(y) + sqrt(z)", "LN(X1)+EXP(Y1)+SQRT(Z1)"},
           Case{"sin(x)^2", "SIN(X1)^2"},
           Case{"|a - b|", "ABS(A1-B1)"},
           Case{"max(a + b, 0)", "MAX(A1+B1,0)"},
           Case{"min(a, max(b, c))", "MIN(A1,MAX(B1,C1))"},
           Case{"tanh(x)*asin(y)", "TANH(X1)*ASIN(Y1)"},
           Case{"relu(w*x)", "MAX(0,W1*X1)"},
           Case{"stop(x)", "X1"},
           // Spreadsheets have no function for these: their values.
           Case{"sigmoid(z)", "1/(1+EXP(-Z1))"},
           Case{"1 - sigmoid(w*x + b)", "1-1/(1+EXP(-(W1*X1+B1)))"},
           Case{"softplus(z)", "LN(1+EXP(Z1))"},
           Case{"gelu(z)", "Z1*((1+ERF(Z1/SQRT(2)))/2)"},
           Case{"sigmoid(sigmoid(z))", "1/(1+EXP(-1/(1+EXP(-Z1))))"},
           Case{"leaky_relu(z)", "IF(Z1 > 0,Z1,0.01*Z1)"},
           Case{"step(z - a)", "IF(Z1 >= A1,1,0)"},
           Case{"exp(a)/(exp(a) + exp(b))", "EXP(A1)/(EXP(A1)+EXP(B1))"},
       })
    EXPECT_EQ(formula(parse_expression(expression)), expected) << expression;
}

/// To Excel −2^2 is 4 and 2^3^2 is 64.
TEST(Spreadsheet, SignsAndPowersAreReadAsMathematicsReadsThem) {
  struct Case {
    const char *expression, *formula;
  };
  for (const auto& [expression, expected] : {
           Case{"-x^2", "-(X1^2)"},
           Case{"-x^2*y + b", "-(X1^2*Y1)+B1"},
           Case{"-x^2/2", "-(X1^2/2)"},
           Case{"exp(-x^2/2)", "EXP(-(X1^2/2))"},
           Case{"-x*y^2", "-X1*Y1^2"},
           Case{"(-x)^2", "(-X1)^2"},
           Case{"(-3)^2", "(-3)^2"},
           Case{"-3^2", "-(3^2)"},
           Case{"a - x^2", "A1-X1^2"},
           Case{"a^b^c", "A1^(B1^C1)"},
           Case{"(a^b)^c", "(A1^B1)^C1"},
           Case{"a^exp(b)", "A1^(EXP(B1))"},
           Case{"a^-1", "A1^(-1)"},
           Case{"a^-b", "A1^(-B1)"},
           Case{"2^(1/2)", "2^(1/2)"},
       })
    EXPECT_EQ(formula(parse_expression(expression)), expected) << expression;
}

TEST(Spreadsheet, CasesAndDerivativesHaveCellsToo) {
  const Expr x = Expr::symbol("x");
  EXPECT_EQ(formula(by_sign(x, 1.0, 0.0, -1.0)), "IF(X1 > 0,1,IF(X1 = 0,0,-1))");
  EXPECT_EQ(formula(by_sign(x, 1.0, 0.0, 0.0) * x), "IF(X1 > 0,1,0)*X1");
  EXPECT_EQ(formula(Expr::call(Op::when, {x, x}) + Expr::call(Op::unless, {x, 2.0})),
            "IF(X1 > 0,X1,0)+IF(X1 > 0,0,2)");
  EXPECT_EQ(formula(-Expr::derivative("E", "y") * Expr::derivative("y", "w", true)), "-Z1*Z1");
}

/// An operation says how it is written, or its value does; nothing is left that cells do not know.
TEST(Spreadsheet, EveryOperationHasAFormula) {
  const Expr first = Expr::symbol("a"), second = Expr::symbol("b");
  for_each_operation([&]<class O>(O) {
    if constexpr (O::code != Op::unspecified && O::code != Op::prime && O::code != Op::arguments) {
      const std::string text = formula(is_unary<O> ? Expr::call(O::code, {first})
                                                   : Expr::call(O::code, {first, second}));
      EXPECT_FALSE(text.empty()) << O::name;
      for (const char letter : text)
        EXPECT_TRUE(std::isupper(static_cast<unsigned char>(letter)) ||
                    std::isdigit(static_cast<unsigned char>(letter)) ||
                    std::string("()+-*/^,.<>= ").find(letter) != std::string::npos)
            << O::name << ": " << text;
    }
  });
}

TEST(Spreadsheet, CannotGoOnWithAnInfinity) {
  const auto computable = [](const char* expression, double x) {
    return is_computable_in_cells(parse_expression(expression), [x](const Expr&) { return x; });
  };
  EXPECT_TRUE(computable("sigmoid(x)", -700));
  EXPECT_FALSE(computable("sigmoid(x)", -800));
  EXPECT_FALSE(computable("0*ln(x)", 0));
  EXPECT_TRUE(computable("elu(x)", 800));  // the case that does not hold is not worked out
}

}  // namespace
}  // namespace chalkgrad
