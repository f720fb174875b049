#include "tracer/expression/simplify.hpp"

#include <gtest/gtest.h>

#include "tracer/expression/parser.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

TEST(Simplify, WritesWhatAPersonWould) {
  struct Case {
    const char *input, *expected;
  };
  for (const auto& [input, expected] : {
           Case{"1/2*2*(t1 - out)^(2 - 1)*(-1)", "−(t1 − out)"},
           Case{"1/2*2*(n6 - y)^(2 - 1)", "n6 − y"},
           Case{"x*x + x*x + x*x", "3·x^2"},
           Case{"x + x", "2·x"},
           Case{"1 + 1", "2"},
           Case{"1/3*2*x", "2/3·x"},
           Case{"1/3*x*3", "x"},
           Case{"0.5*3*x", "1.5·x"},
           Case{"0.1*3", "0.3"},
           Case{"1.5*x/3", "0.5·x"},
           Case{"0.5*x/3", "1/6·x"},
           Case{"-(a/b/b)", "−a/b^2"},
           Case{"1/(2*sqrt(x))", "1/(2·√(x))"},
           Case{"2/sqrt(pi)*exp(-x^2)", "2·exp(−x^2)/√(π)"},
           Case{"(1 if x > 0, else 0)/y + (0 if x > 0, else 1)/z", "(1/y if x > 0, else 1/z)"},
           Case{"x - x", "0"},
           Case{"0*x", "0"},
           Case{"x + 0", "x"},
           Case{"1*x*1", "x"},
           Case{"-1*-1*x", "x"},
           Case{"-1*x", "−x"},
           Case{"3*(-x)*y", "−3·x·y"},
           Case{"-(a + b)*(-1)", "a + b"},
           Case{"1 + (-1)*x", "1 − x"},
           Case{"x^2*x^(-3)", "1/x"},
           Case{"x^0", "1"},
           Case{"x^1", "x"},
           Case{"(x^2)^3", "x^6"},
           Case{"(x^0.5)^2", "(x^0.5)^2"},  // not x: the root has a domain
           Case{"a - (b - a)", "a − (b − a)"},
           Case{"out*(1 - out)", "out·(1 − out)"},
           Case{"(1 if x > 0, else 0)*1", "(1 if x > 0, else 0)"},
           Case{"(2 if x > 0, else 1 + 1)", "2"},
           Case{"99999999999999999999*x*2", "2·99999999999999999999·x"},
           Case{"x/0", "x/0"},
       })
    EXPECT_EQ(print(simplify(parse_expression(input))), expected) << input;
}

TEST(Simplify, LeavesLongSumsLong) {
  std::string text = "x1";
  for (int i = 2; i <= 20; ++i) text += " + x" + std::to_string(i);
  const Expr e = parse_expression(text);
  EXPECT_EQ(simplify(e), e);
}

}  // namespace
}  // namespace chalkgrad
