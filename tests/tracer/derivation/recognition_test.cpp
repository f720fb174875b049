#include "tracer/derivation/recognition.hpp"

#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/expression/parser.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

TEST(Recognition, FindsNamedQuotientsAmongFactors) {
  const Solution solution = testing::solve_text(
      "input a = 1, b = 2, c = 3\np = exp(a)/(exp(a) + exp(b))\nq = exp(b)/(exp(a) + exp(b))\n"
      "r = 2*c/(1 + a)");
  const Recognition recognition(*solution.quantities);
  struct Case {
    const char *written, *recognised;
  };
  for (const auto& [written, recognised] :
       {Case{"exp(a)/(exp(a) + exp(b))", "p"}, Case{"c*exp(a)/(exp(a) + exp(b))*b", "c·p·b"},
        Case{"-exp(b)*exp(a)/(exp(a) + exp(b))^2", "−q·p"},
        Case{"p - exp(a)^2/(exp(a) + exp(b))^2", "p·(1 − p)"},
        Case{"exp(a)/(exp(a) + exp(b)) - p/c", "p·(1 − 1/c)"},
        Case{"exp(c)/(exp(a) + exp(b))", "exp(c)/(exp(a) + exp(b))"},
        Case{"exp(a)/(exp(a) - exp(b))", "exp(a)/(exp(a) − exp(b))"},
        Case{"exp(a)/(exp(a) + exp(b))/c", "exp(a)/(exp(a) + exp(b))/c"}, Case{"a + b", "a + b"}})
    EXPECT_EQ(print(recognition.recognise(parse_expression(written))), recognised) << written;
}

}  // namespace
}  // namespace chalkgrad
