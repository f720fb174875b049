#include "tracer/expression/parser.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

/// "column: message; hint", or what was read.
std::string read(const std::string& text, ParseContext context = {}) {
  try {
    return print(parse_expression(text, std::move(context)));
  } catch (const SyntaxError& error) {
    return std::to_string(error.span.begin + 1) + ": " + error.what() +
           (error.hint.empty() ? "" : "; " + error.hint);
  }
}

TEST(Parser, ReadsTypographicSigns) {
  EXPECT_EQ(read("a × b · c − d ⋅ e"), "a·b·c − d·e");
  EXPECT_EQ(read("1.5·10⁻⁷·x"), "1.5·10⁻⁷·x");
  EXPECT_EQ(read("σ(x) + ln(x) + √(x)"), "σ(x) + ln(x) + √(x)");
  EXPECT_EQ(read("arctan(x)"), "atan(x)");
  EXPECT_EQ(read("2*pi*r"), "2·π·r");
  EXPECT_EQ(read("1e+5*x + 1E-07 + 10⁻⁹ + 2e00"), "10⁵·x + 10⁻⁷ + 10⁻⁹ + 2");
  EXPECT_EQ(read("1e-400"), "1: '1e-400' is too small for a number");
  EXPECT_EQ(read("square(x) + pow(x, 3)"), "x^2 + x^3");
}

TEST(Parser, SaysWhatItExpected) {
  struct Case {
    const char *text, *message;
  };
  for (const auto& [text, message] : {
           Case{"", "1: expected a number, a name or '(', but found the end of the line"},
           Case{"a +", "4: expected a number, a name or '(', but found the end of the line"},
           Case{"a + * b", "5: expected a number, a name or '(', but found '*'"},
           Case{"(a + b", "1: this '(' is never closed"},
           Case{"a + b)", "6: expected an operator, but found ')'"},
           Case{"sin(a", "4: this '(' is never closed; the arguments of sin begin here"},
           Case{"|a", "1: this '|' is never closed"},
           Case{"2x", "2: expected an operator between '2' and 'x'; write * for a product"},
           Case{"1/2x", "4: expected an operator between '2' and 'x'; write * for a product"},
           Case{"a b", "3: expected an operator between 'a' and 'b'; write * for a product"},
           Case{"(a)(b)", "4: expected an operator between ')' and '('; write * for a product"},
           Case{"sigmod(x)", "1: unknown function 'sigmod'; did you mean 'sigmoid'?"},
           Case{"frobnicate(x)", "1: unknown function 'frobnicate'"},
           Case{"sin()", "1: sin takes 1 argument, not 0"},
           Case{"pow(a)", "1: pow takes 2 arguments, not 1"},
           Case{"sigmoid(a, b)", "1: sigmoid takes 1 argument, not 2"},
           Case{"1.2.3", "1: '1.2.3' is not a number"},
           Case{"1e400", "1: '1e400' is too large for a number"},
           Case{"a \x01 b", "3: a control character (U+0001) has no place here"},
           Case{"a \xff", "3: the byte 0xFF is not UTF-8"},
           Case{"∂E", "1: expected a derivative, as in ∂E/∂w5"},
           Case{"(1 if x = 0, else 2)", "12: expected a condition with >, but found ','"},
       })
    EXPECT_EQ(read(text), message) << text;
}

TEST(Parser, RefusesToNestTooDeep) {
  const std::string message = "201: the expression nests deeper than 200 levels";
  EXPECT_EQ(read(std::string(100'000, '(')), message);
  EXPECT_EQ(read(std::string(100'000, '-') + "x"), message);
  std::string powers = "x";
  for (int i = 0; i < 1000; ++i) powers += "^x";
  EXPECT_EQ(read(powers).substr(4), " the expression nests deeper than 200 levels");
  EXPECT_EQ(read(std::string(190, '(') + "x" + std::string(190, ')')), "x");
}

TEST(Parser, ReadsLongSumsWithoutDepth) {
  std::string text = "x";
  for (int i = 0; i < 200'000; ++i) text += i % 2 == 0 ? "+x" : "-x";
  const Expr e = parse_expression(text);
  EXPECT_EQ(e.parts().size(), 200'001u);
}

TEST(Parser, TellsDerivativesFromQuotients) {
  const ParseContext context{[](std::string_view name) { return name == "E" || name == "w5"; }};
  EXPECT_EQ(read("dE/dw5 * 2", context), "∂E/∂w5·2");
  EXPECT_EQ(read("dE/dw6", context), "dE/dw6");
  EXPECT_EQ(read("dE/dw5|direct", context), "∂E/∂w5|direct");
  EXPECT_EQ(read("dE/dw5"), "dE/dw5");
  const ParseContext other{[](std::string_view) { return true; }};
  EXPECT_EQ(print(parse_expression("dE/dw5", other)), "dE/dw5");
  EXPECT_TRUE(parse_expression("dE/dw5", other).is(Expr::Kind::product));
  EXPECT_TRUE(parse_expression("dE/dw5", context).is(Expr::Kind::derivative));
  EXPECT_EQ(read("w5(2)", context),
            "3: expected an operator between 'w5' and '('; write * for a product");
}

TEST(Parser, PiMayBeAName) {
  EXPECT_TRUE(parse_expression("pi").is(Expr::Kind::number));
  const ParseContext context{[](std::string_view name) { return name == "pi"; }};
  EXPECT_TRUE(parse_expression("pi", context).is(Expr::Kind::symbol));
}

TEST(Parser, WordsAreNotReserved) {
  EXPECT_EQ(read("e + o + input*loss/E"), "e + o + input·loss/E");
}

}  // namespace
}  // namespace chalkgrad
