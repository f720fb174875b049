#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

using testing::errors_of;
using testing::read_text;

TEST(ListFunctions, StandForTheirFormulas) {
  struct Case {
    const char *call, *meant;
  };
  for (const auto& [call, meant] :
       {Case{"sum(a, b, c)", "a + b + c"}, Case{"sum(a)", "a"},
        Case{"mean(a, b, c)", "1/3·(a + b + c)"}, Case{"2*mean(a)", "2·a"},
        Case{"dot(x1..x3; a, b, c)", "x1·a + x2·b + x3·c"},
        Case{"max(a, b, c)", "max(max(a, b), c)"}, Case{"min(x1..x3)", "min(min(x1, x2), x3)"},
        Case{"half_squared_error(a; b)", "1/2·(a − b)^2"},
        Case{"half_squared_error(a, b)", "1/2·(a − b)^2"},
        Case{"half_squared_error(a, b; x1, x2)", "1/2·(a − x1)^2 + 1/2·(b − x2)^2"},
        Case{"squared_error(a, b; x1, x2)", "(a − x1)^2 + (b − x2)^2"},
        Case{"mean_squared_error(a, b; x1, x2)", "1/2·((a − x1)^2 + (b − x2)^2)"},
        Case{"mean_squared_error(a; b)", "(a − b)^2"},
        Case{"cross_entropy(a, b; x1, x2)", "−(a·ln(x1) + b·ln(x2))"},
        Case{"binary_cross_entropy(a; b)", "−(a·ln(b) + (1 − a)·ln(1 − b))"}})
    EXPECT_EQ(
        print(*read_text("input a, b, c, x1..x3\ny = " + std::string(call)).find("y")->definition),
        meant)
        << call;
}

TEST(ListFunctions, SoftmaxDefinesAsManyQuantitiesAsItTakes) {
  const Problem problem = read_text("input z1, z2\np1, p2 = softmax(z1..z2)");
  EXPECT_EQ(print(*problem.find("p1")->definition), "exp(z1)/(exp(z1) + exp(z2))");
  EXPECT_EQ(print(*problem.find("p2")->definition), "exp(z2)/(exp(z1) + exp(z2))");
}

TEST(ListFunctions, SaysWhatIsWrong) {
  struct Case {
    const char *text, *message;
  };
  for (const auto& [text, message] :
       {Case{"y = sum()",
             "test.chalk:1:5: error: the list of sum is empty\n"
             "  y = sum()\n"
             "      ^~~~~\n"},
        Case{"y = mean_squared_error(1, 2; 3)",
             "test.chalk:1:5: error: the lists of mean_squared_error have 2 and 1 entries, and "
             "must match\n"
             "  y = mean_squared_error(1, 2; 3)\n"
             "      ^~~~~~~~~~~~~~~~~~~~~~~~~~~\n"},
        Case{"y = cross_entropy(1, 2, 3)",
             "test.chalk:1:5: error: cross_entropy takes two lists, separated by a semicolon\n"
             "  y = cross_entropy(1, 2, 3)\n"
             "      ^~~~~~~~~~~~~~~~~~~~~~ as in cross_entropy(t1, t2; p1, p2)\n"},
        Case{"y = softmax(1, 2)",
             "test.chalk:1:5: error: softmax gives as many values as it takes arguments\n"
             "  y = softmax(1, 2)\n"
             "      ^~~~~~~~~~~~~ write p1, p2 = softmax(z1, z2)\n"},
        Case{"p1, p2 = softmax(1, 2, 3)\n"
             "y = p1",
             "test.chalk:1:10: error: softmax gives one value for each argument: 2 names, but 3 "
             "arguments\n"
             "  p1, p2 = softmax(1, 2, 3)\n"
             "           ^~~~~~~~~~~~~~~~\n"},
        Case{"p1, p2 = 3\n"
             "y = p1",
             "test.chalk:1:10: error: several quantities are defined together by softmax only, but "
             "found '3'\n"
             "  p1, p2 = 3\n"
             "           ^ given numbers have a word before them, as in weight p1, p2 = …\n"},
        Case{"y = min()",
             "test.chalk:1:5: error: min takes 2 arguments, not 0\n"
             "  y = min()\n"
             "      ^~~~~\n"}})
    EXPECT_EQ(errors_of(text), message) << text;
}

}  // namespace
}  // namespace chalkgrad
