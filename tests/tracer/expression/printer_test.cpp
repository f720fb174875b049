#include "tracer/expression/printer.hpp"

#include <gtest/gtest.h>

#include "tracer/expression/parser.hpp"

namespace chalkgrad {
namespace {

TEST(Printer, BracketsAreThoseThatPrecedenceNeeds) {
  struct Case {
    const char *input, *text, *latex;
  };
  for (const auto& [input, text, latex] : {
           Case{"a-(b+c)", "a − (b + c)", "a - (b + c)"},
           Case{"a-(b-c)", "a − (b − c)", "a - (b - c)"},
           Case{"(a+b)+c", "a + b + c", "a + b + c"},
           Case{"(a*b)*c", "a·b·c", "a \\cdot b \\cdot c"},
           Case{"a*(b+c)", "a·(b + c)", "a \\cdot (b + c)"},
           Case{"(a+b)*c", "(a + b)·c", "(a + b) \\cdot c"},
           Case{"(a+b)/(c+d)", "(a + b)/(c + d)", "\\frac{a + b}{c + d}"},
           Case{"a/(b*c)", "a/(b·c)", "\\frac{a}{b \\cdot c}"},
           Case{"a/b*c", "a/b·c", "\\frac{a}{b} \\cdot c"},
           Case{"a/(b/c)", "a/(b/c)", "\\frac{a}{\\frac{b}{c}}"},
           Case{"(a/b)/c", "a/b/c", "\\frac{a}{b \\cdot c}"},
           Case{"a^b^c", "a^b^c", "a^{b^{c}}"},
           Case{"(a^b)^c", "(a^b)^c", "(a^{b})^{c}"},
           Case{"(a+b)^2", "(a + b)^2", "(a + b)^{2}"},
           Case{"a^(b+1)", "a^(b + 1)", "a^{b + 1}"},
           Case{"(a/b)^2", "(a/b)^2", "\\left(\\frac{a}{b}\\right)^{2}"},
           Case{"sin(x)^2", "sin(x)^2", "\\sin(x)^{2}"},
           Case{"exp(x)^2", "exp(x)^2", "(\\mathrm{e}^{x})^{2}"},
           Case{"sqrt(a/b)", "√(a/b)", "\\sqrt{\\frac{a}{b}}"},
           Case{"|a-b|", "|a − b|", "\\lvert a - b\\rvert "},
           Case{"a/b*c/d", "a/b·c/d", "\\frac{a}{b} \\cdot \\frac{c}{d}"},
           Case{"a*b/c/(d+e)*f", "a·b/c/(d + e)·f",
                "\\frac{a \\cdot b}{c \\cdot (d + e)} \\cdot f"},
           Case{"max(a+b, c)", "max(a + b, c)", "\\max(a + b, c)"},
           Case{"1/2*(t1-out_o1)^2", "1/2·(t1 − out_o1)^2",
                "\\frac{1}{2} \\cdot (t_{1} - \\mathrm{out}_{o1})^{2}"},
       }) {
    EXPECT_EQ(print(parse_expression(input)), text);
    EXPECT_EQ(print(parse_expression(input), latex_dialect()), latex);
  }
}

TEST(Printer, NegativesAreBracketedUnlessTheyComeFirst) {
  struct Case {
    const char *input, *text, *latex;
  };
  for (const auto& [input, text, latex] : {
           Case{"-3^2", "−3^2", "-3^{2}"},
           Case{"(-3)^2", "(−3)^2", "(-3)^{2}"},
           Case{"a + (-3)", "a + (−3)", "a + (-3)"},
           Case{"a - (-3)", "a − (−3)", "a - (-3)"},
           Case{"a - -3", "a − (−3)", "a - (-3)"},
           Case{"-3 + a", "−3 + a", "-3 + a"},
           Case{"-4*(-3)", "−4·(−3)", "-4 \\cdot (-3)"},
           Case{"2*-3*x", "2·(−3)·x", "2 \\cdot (-3) \\cdot x"},
           Case{"a + (-2)*b", "a + (−2)·b", "a + (-2) \\cdot b"},
           Case{"-(-x)", "−(−x)", "-(-x)"},
           Case{"-(a+b)", "−(a + b)", "-(a + b)"},
           Case{"-a*b", "−a·b", "-a \\cdot b"},
           Case{"x^-2", "x^(−2)", "x^{-2}"},
           Case{"a/-2", "a/(−2)", "\\frac{a}{-2}"},
           Case{"-3/4", "−3/4", "-\\frac{3}{4}"},
           Case{"-0", "0", "0"},
           Case{"0.008401 + (-0.06189)", "0.008401 + (−0.06189)", "0.008401 + (-0.06189)"},
           Case{"-0.2171*0.1755*0.50", "−0.2171·0.1755·0.50", "-0.2171 \\cdot 0.1755 \\cdot 0.50"},
       }) {
    EXPECT_EQ(print(parse_expression(input)), text);
    EXPECT_EQ(print(parse_expression(input), latex_dialect()), latex);
  }
}

TEST(Printer, NumbersWithAPowerOfTen) {
  EXPECT_EQ(print(parse_expression("1.2e-7*x")), "1.2·10⁻⁷·x");
  EXPECT_EQ(print(parse_expression("x/1.2e-7")), "x/(1.2·10⁻⁷)");
  EXPECT_EQ(print(parse_expression("1.2e7^2")), "(1.2·10⁷)^2");
  EXPECT_EQ(print(parse_expression("1.2e-7*x"), latex_dialect()), "1.2 \\cdot 10^{-7} \\cdot x");
  EXPECT_EQ(print(parse_expression("1.2e-7*x"), ascii_dialect()), "1.2e-7*x");
}

TEST(Printer, Derivatives) {
  const Expr e = parse_expression("∂E_total/∂out_o1 * ∂out_o1/∂net_o1");
  EXPECT_EQ(print(e), "∂E_total/∂out_o1 · ∂out_o1/∂net_o1");
  EXPECT_EQ(print(e, ascii_dialect()), "dE_total/dout_o1 * dout_o1/dnet_o1");
  EXPECT_EQ(print(e, latex_dialect()),
            "\\frac{\\partial E_{\\mathrm{total}}}{\\partial \\mathrm{out}_{o1}} \\cdot "
            "\\frac{\\partial \\mathrm{out}_{o1}}{\\partial \\mathrm{net}_{o1}}");
  EXPECT_EQ(print(parse_expression("η*∂E/∂w")), "η·∂E/∂w");
  EXPECT_EQ(print(pow(Expr::derivative("E", "w"), 2.0)), "(∂E/∂w)^2");
  EXPECT_EQ(print(Expr::derivative("E", "w", true)), "∂E/∂w|direct");
  EXPECT_EQ(print(Expr::derivative("E", "w", true), latex_dialect()),
            "\\left.\\frac{\\partial E}{\\partial w}\\right|_{\\text{direct}}");
}

TEST(Printer, Cases) {
  const char* three = "(1 if a > b, 1/2 if a = b, else 0)";
  EXPECT_EQ(print(parse_expression(three)), three);
  EXPECT_EQ(print(parse_expression("(1 if x > 0, else 0)*y")), "(1 if x > 0, else 0)·y");
  EXPECT_EQ(print(parse_expression("(1 if x >= 0, else -1)")), "(1 if x ≥ 0, else −1)");
  EXPECT_EQ(print(parse_expression("(1 if x >= 0, else -1)"), ascii_dialect()),
            "(1 if x >= 0, else -1)");
  EXPECT_EQ(print(parse_expression("(1 if x > 0, else 0)*y"), latex_dialect()),
            "\\left(\\begin{cases} 1 & \\text{if } x > 0 \\\\ 0 & \\text{otherwise} "
            "\\end{cases}\\right) \\cdot y");
}

TEST(Printer, PiecesJoinToTheWhole) {
  const Expr e = parse_expression("-a*b*c + d/e*f - (g + h) + sin(x)");
  std::string joined;
  int terms = 0;
  for (const Piece& piece : print_pieces(e, text_dialect())) {
    joined += piece.text;
    terms += piece.depth == 0 ? 1 : 0;
  }
  EXPECT_EQ(joined, print(e));
  EXPECT_EQ(terms, 4);
}

TEST(Printer, UpdatedNames) {
  EXPECT_EQ(print(Expr::symbol("w5⁺")), "w5⁺");
  EXPECT_EQ(print(Expr::symbol("w5⁺"), ascii_dialect()), "w5+");
  EXPECT_EQ(print(pow(Expr::symbol("w5⁺"), 2.0), latex_dialect()), "(w_{5}^{+})^{2}");
}

}  // namespace
}  // namespace chalkgrad
