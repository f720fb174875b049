#include "tracer/expression/expression.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tracer/expression/parser.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

const Expr a = Expr::symbol("a"), b = Expr::symbol("b"), c = Expr::symbol("c");

TEST(Expression, NormalisesTheWritingOnly) {
  EXPECT_EQ((a + b) + c, Expr::sum({{a}, {b}, {c}}));
  EXPECT_NE(a + (b + c), Expr::sum({{a}, {b}, {c}}));
  EXPECT_EQ((-a) * b, -(a * b));
  EXPECT_EQ(-(2.0 * a), Expr(-2.0) * a);
  EXPECT_EQ(-Expr(3.0), Expr(-3.0));
  EXPECT_NE(a + Expr(-3.0), a - 3.0);
  EXPECT_EQ(-Expr(0.0), Expr(0.0));
  EXPECT_EQ(Expr(-0.0).text(), "0");
  EXPECT_NE(a * b, b * a);
}

TEST(Expression, LiteralsCompareByValueAndPrintAsTyped) {
  EXPECT_EQ(Expr::number("0.10"), Expr(0.1));
  EXPECT_EQ(print(Expr::number("0.10")), "0.10");
  EXPECT_EQ(print(-Expr::number("0.10")), "−0.10");
  EXPECT_EQ(print(Expr(1e-9)), "10⁻⁹");
}

TEST(Expression, Evaluates) {
  const auto value = [](const char* text) {
    return evaluate(parse_expression(text),
                    [](const Expr& leaf) { return leaf.text() == "a" ? 2.0 : 5.0; });
  };
  EXPECT_EQ(value("a + b*a - b/a"), 9.5);
  EXPECT_EQ(value("-a^2"), -4);
  EXPECT_EQ(value("(-a)^2"), 4);
  EXPECT_EQ(value("2^3^2"), 512);
  EXPECT_EQ(value("max(a, b) - min(a, b)"), 3);
  EXPECT_EQ(value("(1 if a > b, else 7)"), 7);
  EXPECT_EQ(value("(1 if a > 2, 3 if a = 2, else 7)"), 3);
  EXPECT_EQ(value("|a - b|"), 3);
  EXPECT_DOUBLE_EQ(value("sigmoid(a)"), 1 / (1 + std::exp(-2.0)));
}

TEST(Expression, SubstitutesLeaves) {
  const Expr e = parse_expression("x*(1 - x)/y");
  const Expr replaced = substitute(e, [](const Expr& leaf) {
    return leaf.is(Expr::Kind::symbol) && leaf.text() == "x" ? Expr(-2.0) : leaf;
  });
  EXPECT_EQ(print(replaced), "−2·(1 − (−2))/y");
}

TEST(Expression, TakesOtherParts) {
  const auto doubled = [](const char* text) {
    const Expr e = parse_expression(text);
    std::vector<Term> parts = e.parts();
    for (Term& part : parts) part.expr = 2.0 * part.expr;
    return print(with_parts(e, std::move(parts)));
  };
  EXPECT_EQ(doubled("a - b"), "2·a − 2·b");
  EXPECT_EQ(doubled("a*b/c"), "2·a·(2·b)/(2·c)");
  EXPECT_EQ(doubled("a^b"), "(2·a)^(2·b)");
  EXPECT_EQ(doubled("max(a, b)"), "max(2·a, 2·b)");
  EXPECT_EQ(doubled("(a if b > c, else 1)"), "(2·a if 2·b > 2·c, else 2·1)");
  EXPECT_EQ(doubled("a"), "a");
  EXPECT_EQ(with_parts(a - b, {{c}}), c);
}

TEST(Expression, KnowsItsSize) {
  EXPECT_EQ(a.size(), 1u);
  EXPECT_EQ((a + b * c).size(), 5u);
}

}  // namespace
}  // namespace chalkgrad
