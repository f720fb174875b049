#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

using testing::errors_of;
using testing::read_text;

std::string definition(const std::string& text) {
  return print(*read_text(text).find("y")->definition);
}

TEST(Functions, AreExpandedWhereTheyAreUsed) {
  struct Case {
    const char *text, *meant;
  };
  for (const auto& [text, meant] :
       {Case{"act(z) = sigmoid(z)\ninput x\ny = act(2*x)", "σ(2·x)"},
        Case{"input x\ny = f(x + 1)\nf(a) = a^2", "(x + 1)^2"},
        Case{"f(a, b) = a/b\ninput x\ny = f(x - 1, f(1, x))", "(x − 1)/(1/x)"},
        Case{"g(z) = f(z) + 1\nf(z) = k*z\nconstant k = 3\ninput x\ny = g(-x)", "k·(−x) + 1"},
        // A parameter hides the quantity of that name.
        Case{"f(x) = x^2\ninput x\ny = x*f(3)", "x·3^2"}})
    EXPECT_EQ(definition(text), meant) << text;
}

TEST(Functions, ASettingReplacesThem) {
  for (const auto& [setting, meant] :
       {std::pair{"act=tanh", "tanh(x)"}, std::pair{"act(u)=u*u", "x·x"},
        std::pair{"act=other", "x + 1"}}) {
    Source source("test.chalk", "act(z) = sigmoid(z)\nother(z) = z + 1\ninput x\ny = act(x)");
    source.add_setting("--set", setting);
    EXPECT_EQ(print(*read_problem(source).find("y")->definition), meant);
  }
}

TEST(Functions, WhatIsTooLongWrittenOutIsRefused) {
  std::string text = "f0(x) = x + x\n";
  for (int i = 1; i < 40; ++i) {
    const std::string before = "f" + std::to_string(i - 1);
    text += "f" + std::to_string(i) + "(x) = " + before + "(" + before + "(x))\n";
  }
  EXPECT_NE(errors_of(text + "y = f39(2)").find("written out, this call of f"), std::string::npos);
}

TEST(Functions, SaysWhatIsWrong) {
  struct Case {
    const char *text, *message;
  };
  for (const auto& [text, message] :
       {Case{"f(x) = f(x)\n"
             "y = f(1)",
             "test.chalk:1:8: error: 'f' calls itself\n"
             "  f(x) = f(x)\n"
             "         ^~~~ a function of a file cannot be recursive\n"},
        Case{"f(x) = g(x)\n"
             "g(x) = f(x)\n"
             "y = f(1)",
             "test.chalk:2:8: error: 'f' calls itself: f calls g calls f\n"
             "  g(x) = f(x)\n"
             "         ^~~~ a function of a file cannot be recursive\n"},
        Case{"f(x) = x\n"
             "f(y) = y\n"
             "y = f(1)",
             "test.chalk:2:1: error: the function 'f' is defined twice\n"
             "  f(y) = y\n"
             "  ^ first in line 1\n"},
        Case{"relu(x) = x\n"
             "y = relu(1)",
             "test.chalk:1:1: error: 'relu' is a function already\n"
             "  relu(x) = x\n"
             "  ^~~~ choose another name\n"},
        Case{"f(x) = x + q\n"
             "y = f(1)",
             "test.chalk:1:12: error: unknown quantity 'q'\n"
             "  f(x) = x + q\n"
             "             ^\n"},
        Case{"f(x, x) = x\n"
             "y = f(1)",
             "test.chalk:1:6: error: 'f' has two parameters 'x'\n"
             "  f(x, x) = x\n"
             "       ^\n"},
        Case{"f(x) = x +\n"
             "y = f(1)",
             "test.chalk:1:11: error: expected a number, a name or '(', but found the end of the "
             "line\n"
             "  f(x) = x +\n"
             "            ^\n"},
        Case{"f(x) = x\n"
             "y = f(1, 2)",
             "test.chalk:2:5: error: f takes 1 argument, not 2\n"
             "  y = f(1, 2)\n"
             "      ^~~~~~~\n"},
        Case{"f(x) = x\n"
             "f = 3\n"
             "y = f(1)",
             "test.chalk:2:1: error: 'f' is the name of a function already\n"
             "  f = 3\n"
             "  ^\n"},
        Case{"f(x) = x\n"
             "y = f",
             "test.chalk:2:5: error: unknown quantity 'f'\n"
             "  y = f\n"
             "      ^ a function needs its arguments in brackets\n"}})
    EXPECT_EQ(errors_of(text), message) << text;
}

}  // namespace
}  // namespace chalkgrad
