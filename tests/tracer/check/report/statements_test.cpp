#include "tracer/check/report/statements.hpp"

#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/check/check.hpp"
#include "tracer/check/report/class_summary.hpp"
#include "tracer/check/report/formats.hpp"

namespace chalkgrad {
namespace {

using testing::example_text;
using testing::solve_text;

std::string report_on(const std::string& answer, const CheckOptions& options = {}) {
  const Solution solution = solve_text(example_text("mazur"));
  Checker checker(solution, options);
  return report_as_text(checker.check("a.txt", answer), options);
}

// The figures are those of the tutorial that the example is from; σ(0.3575) is Python's.
const char* const slip_and_what_follows =
    "net_h1 = 0.05*0.15 + 0.10*0.20 + 0.35 = 0.3775\n"
    "dE/dw7 = 0.0226\n"
    "out_h1 = sigmoid(0.3775) = 0.5983\n"
    "net_o1 = 0.4*0.5983 + 0.45*0.5969 + 0.6 = 1.1079\n"
    "dE/dw8 = -0.0227\n";

TEST(TextReport, BeginsWithTheFirstMistakeAndFoldsWhatFollows) {
  EXPECT_EQ(report_on(slip_and_what_follows),
            "a.txt: the first mistake is in line 2, ∂E_total/∂w7: ∂E_total/∂w7 = −0.0226 "
            "(−0.0226025405); "
            "the sign is wrong\n"
            "a.txt:2: ∂E_total/∂w7: wrong\n"
            "    dE/dw7 = 0.0226\n"
            "             ^~~~~~ ∂E_total/∂w7 = −0.0226 (−0.0226025405); the sign is wrong\n"
            "a.txt:3: out_h1: wrong\n"
            "    out_h1 = sigmoid(0.3775) = 0.5983\n"
            "                               ^~~~~~ out_h1 = 0.5933 (0.593269992); your digits give "
            "0.5933; looks like 0.5933\n"
            "a.txt: line 4 follows from it, and is otherwise right\n"
            "a.txt: 4 ok, 2 follows, 2 wrong\n");
}

TEST(TextReport, ListsWhatIsRightIfAsked) {
  EXPECT_EQ(report_on("dE/dw8 = -0.0227\nout_h1 = 0.5932\n", {.list_all = true}),
            "a.txt:1: ∂E_total/∂w8: ok\n"
            "a.txt:2: out_h1: ok-digits, truncated (rounding gives 0.5933)\n"
            "a.txt: 1 ok, 1 ok-digits\n");
}

TEST(Hints, SayWhereThenWhatKindThenTheFormula) {
  const struct {
    int level;
    const char* expected;
  } table[] = {
      {1,
       "a.txt:1: ∂E_total/∂w5: wrong\n    dE/dw5 = -0.0822\n             ^~~~~~~\na.txt: 1 "
       "wrong\n"},
      {2,
       "a.txt:1: ∂E_total/∂w5: wrong\n    dE/dw5 = -0.0822\n             ^~~~~~~ Look at the "
       "signs.\n"
       "a.txt: 1 wrong\n"},
      {3,
       "a.txt:1: ∂E_total/∂w5: wrong\n    dE/dw5 = -0.0822\n             ^~~~~~~ Look at the "
       "signs. "
       "∂E_total/∂w5 = ∂E_total/∂out_o1 · ∂out_o1/∂net_o1 · ∂net_o1/∂w5 = "
       "−(t1 − out_o1)·(out_o1·(1 − out_o1))·out_h1\na.txt: 1 wrong\n"},
  };
  for (const auto& row : table)
    EXPECT_EQ(report_on("dE/dw5 = -0.0822\n", {.hint = row.level}), row.expected) << row.level;
}

TEST(LineRanges, AreShort) {
  EXPECT_EQ(line_ranges({5, 3, 3, 6, 7, 12}), "3, 5–7 and 12");
  EXPECT_EQ(line_ranges({4, 5}), "4 and 5");
  EXPECT_EQ(line_ranges({9}), "9");
  EXPECT_EQ(line_ranges({}), "");
}

TEST(ClassMistakes, AreCountedOnceAFile) {
  const Solution solution = solve_text(example_text("mazur"));
  Checker checker(solution);
  const std::vector<FileReport> reports = {
      checker.check("a", "dE/dw5 = -0.0822\ndE/dw5 = -0.0822\n"),
      checker.check("b", "dE/dw5 = -0.0822"), checker.check("c", "dE/dw5 = 0.0822\ndE/dw7 = 0.7\n"),
      checker.check("d", "net_h1 = 0.3775\n")};
  std::string all;
  for (const ClassMistake& one : class_mistakes(reports)) all += in_words(one) + "\n";
  EXPECT_EQ(all, "a sign in ∂E_total/∂w5: 2 of 3\nwrong in ∂E_total/∂w7: 1 of 1\n");
}

}  // namespace
}  // namespace chalkgrad
