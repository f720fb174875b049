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
