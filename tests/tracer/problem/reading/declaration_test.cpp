#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

using testing::errors_of;
using testing::read_text;

/// The given numbers as they print: "w1 = 0.15, w2".
std::string given(const std::string& text) {
  std::string list;
  for (const Item& item : read_text(text).items) {
    if (item.definition) continue;
    list += (list.empty() ? "" : ", ") + item.name;
    if (item.number) list += " = " + print(*item.number);
  }
  return list;
}

TEST(Declaration, ReadsListsAndRanges) {
  struct Case {
    const char *text, *meant;
  };
  for (const auto& [text, meant] :
       {Case{"weight w1..w3 = 0.10, -2, .5", "w1 = 0.10, w2 = −2, w3 = .5"},
        Case{"weight w1…w3 = 1, 2, 3", "w1 = 1, w2 = 2, w3 = 3"},
        Case{"input a, b, c = 1, 2, 3", "a = 1, b = 2, c = 3"},
        Case{"input a = 1, b = 2", "a = 1, b = 2"},
        // One number is for the last name, as ever; the others are unknown.
        Case{"constant k, c = 2", "k, c = 2"}, Case{"weight w1..w3", "w1, w2, w3"},
        Case{"weight a, w1..w2 = 1, 2, 3, b = 4", "a = 1, w1 = 2, w2 = 3, b = 4"},
        Case{"weight x08..x11 = 1, 2, 3, 4", "x08 = 1, x09 = 2, x10 = 3, x11 = 4"},
        Case{"weight w1..w1 = 7", "w1 = 7"}})
    EXPECT_EQ(given(text), meant) << text;
}

/// Values by hand, and π and √2 from mpmath 1.3.
TEST(Declaration, ReadsNumbersThatAreExpressions) {
  struct Case {
    const char *text, *typed;
    double value;
  };
  for (const auto& [text, typed, value] :
       {Case{"weight w = 1/3", "1/3", 0.3333333333333333},
        Case{"weight w = -2/7", "−2/7", -0.2857142857142857},
        Case{"weight w = pi/6", "π/6", 0.5235987755982989},
        Case{"weight w = sqrt(2)", "√(2)", 1.4142135623730951},
        Case{"weight w = 5*10^-3", "5·10^(−3)", 0.005}, Case{"weight w = ½", "1/2", 0.5},
        Case{"weight w = 1 - 1/4", "1 − 1/4", 0.75}, Case{"weight w = (0.50)", "0.50", 0.5},
        Case{"weight w = 2^-2*3", "2^(−2)·3", 0.75}, Case{"weight v, w = 1/4, 3/4", "3/4", 0.75},
        Case{"half(z) = z/2\nweight w = half(3)", "3/2", 1.5},
        Case{"weight v, w = 1, pi", "π", 3.141592653589793},
        // Where the file has a pi of its own, that is a name.
        Case{"weight w = 2, pi = 3", "2", 2}}) {
    const Problem problem = read_text(text);
    const Item& w = *problem.find("w");
    EXPECT_DOUBLE_EQ(w.number->value(), value) << text;
    EXPECT_EQ(print(w.as_typed()), typed) << text;
  }
  const Problem table = read_text("samples x, t\n1/2 -1/3\n2 -1\ny = x*t");
  EXPECT_EQ(table.find("x[1]")->number->value(), 0.5);
  EXPECT_EQ(print(table.find("t[1]")->as_typed()), "−1/3");
  EXPECT_EQ(table.find("t[2]")->number->value(), -1);
  Source source("test.chalk", "weight w = 0.5\ny = w");
  source.add_setting("--set", "w=1/3");
  EXPECT_EQ(print(read_problem(source).find("w")->as_typed()), "1/3");
  Source random("test.chalk", "seed 7\nweight w = 1/2\ny = w");
  random.add_setting("--set", "w=random(-1, 1, step 0.05)");
  EXPECT_EQ(print(read_problem(random).find("w")->as_typed()), "−0.05");
}

TEST(Declaration, SaysWhatIsNoNumber) {
  struct Case {
    const char *line, *message;
  };
  for (const auto& [line, message] : {
           Case{"weight w =",
                "expected a number, but found the end of the line [a name without = is "
                "unknown, and derived in symbols only]"},
           Case{"weight w = 1/0", "1/0 has no value []"},
           Case{"weight w = x/2",
                "expected a number, but found 'x' [a given number depends on "
                "nothing; a definition may, as in y = w*x]"},
           Case{"weight w = 2*x",
                "expected a number, but found 'x' [a given number depends on "
                "nothing; a definition may, as in y = w*x]"},
           Case{"weight w = rand()", "expected a number, but found 'rand' [write random(-1, 1)]"},
           Case{"weight w = e",
                "expected a number, but found 'e' [write exp(1), or exp(x) for a "
                "power of e]"},
           Case{"weight v, w = (1, 2)",
                "expected a number, but found '(' [a list of numbers has no brackets]"},
           Case{"weight w = 2 cm",
                "expected the end of the line, but found 'cm' [a given number has "
                "no unit]"},
           Case{"weight v = 1 w = 2",
                "expected the end of the line, but found 'w' [a comma is missing before w]"},
           Case{"weight v w = 1, 2",
                "expected the end of the line, but found 'w' [a comma is missing before w]"},
           Case{"weight v, w = 1 2",
                "expected the end of the line, but found '2' [numbers are separated by commas]"},
           Case{"weight w 0.5",
                "expected the end of the line, but found '0.5' [write =, as in w = 0.5]"},
           Case{"weight w: 0.5",
                "expected the end of the line, but found ':' [write =, as in w = 0.5]"},
           Case{"weight w := 0.5",
                "expected the end of the line, but found ':' [write = for a definition]"},
           Case{"weight w1..4 = 1",
                "expected a name, but found '4' [a range has two names, as in "
                "w1..w4]"},
           Case{"weight w1:w4 = 1",
                "expected the end of the line, but found ':' [a range is written w1..w4]"},
           Case{"input v = 1, weight w = 2",
                "expected the end of the line, but found 'w' [write one statement a line]"},
           Case{"weight v..w = 1, 2",
                "'v' to 'w' is no range: both names must end in a number [a "
                "range counts up, as in w1..w8]"},
       }) {
    std::string told;
    try {
      (void)read_text("input x = 1\n" + std::string(line));
    } catch (const ProblemError& error) {
      for (const Diagnostic& one : error.diagnostics) told += one.message + " [" + one.hint + "]";
    }
    EXPECT_EQ(told, message) << line;
  }
}

TEST(Declaration, ASettingReplacesANumber) {
  Source source("test.chalk", "weight w1..w2 = 1, 2\ny = w1 + w2");
  source.add_setting("--set", "w2=-0.30");
  source.add_setting("--set", "y=w1*w2");
  const Problem problem = read_problem(source);
  EXPECT_EQ(print(*problem.find("w2")->number), "−0.30");
  EXPECT_EQ(print(*problem.find("y")->definition), "w1·w2");
}

TEST(Declaration, RandomNumbersDependOnTheSeedAlone) {
  const std::string text =
      "weight w1..w4 = random(-1, 1, step 0.05)\ninput x = random(0, 9, step 1)";
  // By an independent implementation of mt19937_64 (C++ standard, [rand.predef]) in Python.
  EXPECT_EQ(given("seed 7\n" + text), "w1 = −0.05, w2 = −0.75, w3 = 0.75, w4 = 0.45, x = 1");
  EXPECT_EQ(given(text), given("seed 1\n" + text));
  EXPECT_NE(given("seed 8\n" + text), given("seed 7\n" + text));
  const Problem other = read_problem(Source("test.chalk", "seed 8\n" + text), 7);
  EXPECT_EQ(print(*other.find("w1")->number),
            print(*read_text("seed 7\n" + text).find("w1")->number));
}

TEST(Declaration, SaysWhatIsWrong) {
  struct Case {
    const char *text, *message;
  };
  for (const auto& [text, message] :
       {Case{"weight w1..w3 = 1, 2\n"
             "y = w1",
             "test.chalk:1:17: error: 3 names but 2 numbers\n"
             "  weight w1..w3 = 1, 2\n"
             "                  ^~~~ each name needs a number\n"},
        Case{"weight w1..w3 = 1\n"
             "y = w1",
             "test.chalk:1:17: error: 3 names but 1 number\n"
             "  weight w1..w3 = 1\n"
             "                  ^ each name needs a number: 1, 1, 1\n"},
        Case{"weight w = 0,5\n"
             "y = w",
             "test.chalk:1:12: error: 1 name but 2 numbers\n"
             "  weight w = 0,5\n"
             "             ^~~ a decimal fraction is written with a point\n"},
        Case{"weight w3..w1 = 1, 2, 3\n"
             "y = w1",
             "test.chalk:1:8: error: 'w3' to 'w1' is no range: it counts down\n"
             "  weight w3..w1 = 1, 2, 3\n"
             "         ^~~~~~ a range counts up, as in w1..w8\n"},
        Case{"weight w1..v3 = 1, 2, 3\n"
             "y = w1",
             "test.chalk:1:8: error: 'w1' to 'v3' is no range: the names differ before their "
             "numbers\n"
             "  weight w1..v3 = 1, 2, 3\n"
             "         ^~~~~~ a range counts up, as in w1..w8\n"},
        Case{"weight w..v = 1\n"
             "y = w1",
             "test.chalk:1:8: error: 'w' to 'v' is no range: both names must end in a number\n"
             "  weight w..v = 1\n"
             "         ^~~~ a range counts up, as in w1..w8\n"},
        Case{
            "weight w1..w9999999 = 1\n"
            "y = 1",
            "test.chalk:1:8: error: 'w1' to 'w9999999' is no range: it has more than 100000 names\n"
            "  weight w1..w9999999 = 1\n"
            "         ^~~~~~~~~~~~ a range counts up, as in w1..w8\n"},
        Case{
            "weight w = random(1, -1)\n"
            "y = w",
            "test.chalk:1:12: error: no random number: the first number is larger than the second\n"
            "  weight w = random(1, -1)\n"
            "             ^~~~~~ as in random(-1, 1, step 0.05)\n"},
        Case{"weight w = random(1, 2, step 0)\n"
             "y = w",
             "test.chalk:1:12: error: no random number: the step must be positive\n"
             "  weight w = random(1, 2, step 0)\n"
             "             ^~~~~~ as in random(-1, 1, step 0.05)\n"},
        Case{"weight w = random(1)\n"
             "y = w",
             "test.chalk:1:20: error: expected ',', but found ')'\n"
             "  weight w = random(1)\n"
             "                     ^ as in random(-1, 1, step 0.05)\n"},
        Case{"seed x\n"
             "weight w = random(0,1)\n"
             "y = w",
             "test.chalk:1:6: error: expected a whole number after 'seed', but found 'x'\n"
             "  seed x\n"
             "       ^ as in seed 7\n"},
        Case{"seed 1.5\n"
             "weight w = random(0,1)\n"
             "y = w",
             "test.chalk:1:6: error: expected a whole number as the seed, but found '1.5'\n"
             "  seed 1.5\n"
             "       ^~~\n"},
        Case{"seed 1\n"
             "seed 2\n"
             "y = 1",
             "test.chalk:2:1: error: the seed is given twice\n"
             "  seed 2\n"
             "  ^~~~\n"}})
    EXPECT_EQ(errors_of(text), message) << text;
}

}  // namespace
}  // namespace chalkgrad
