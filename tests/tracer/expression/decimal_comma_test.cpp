#include "tracer/expression/decimal_comma.hpp"

#include <gtest/gtest.h>

#include "tracer/expression/parser.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

TEST(DecimalComma, StandsInEveryDialect) {
  const struct {
    const char *input, *text, *ascii, *latex;
  } table[] = {
      {"0.5*w - 12.25", "0,5·w − 12,25", "0,5*w - 12,25", "0{,}5 \\cdot w - 12{,}25"},
      {"-0.75", "−0,75", "-0,75", "-0{,}75"},
      {"2.1e-8", "2,1·10⁻⁸", "2,1e-8", "2{,}1 \\cdot 10^{-8}"},
      {"1e-9", "10⁻⁹", "1e-9", "10^{-9}"},
      {"max(0, z)", "max(0, z)", "max(0, z)", "\\max(0, z)"},
      {"2*x^3", "2·x^3", "2*x^3", "2 \\cdot x^{3}"},
  };
  for (const auto& row : table) {
    const Expr e = with_decimal_comma(parse_expression(row.input));
    EXPECT_EQ(print(e, text_dialect()), row.text);
    EXPECT_EQ(print(e, ascii_dialect()), row.ascii);
    EXPECT_EQ(print(e, latex_dialect()), row.latex);
  }
}

TEST(DecimalComma, LeavesTheValue) {
  EXPECT_EQ(with_decimal_comma(parse_expression("0.1")).value(), 0.1);
  EXPECT_EQ(with_decimal_comma(parse_expression("-2.5e3")).value(), -2500);
}

TEST(DecimalComma, InWordsStandsBetweenDigits) {
  EXPECT_EQ(with_decimal_comma(std::string("before it was 0.125.")), "before it was 0,125.");
  EXPECT_EQ(with_decimal_comma(std::string("Stopped after 3 steps. 4 more")),
            "Stopped after 3 steps. 4 more");
  EXPECT_EQ(with_decimal_comma(std::string()), "");
}

}  // namespace
}  // namespace chalkgrad
