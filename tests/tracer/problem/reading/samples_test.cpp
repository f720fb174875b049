#include <gtest/gtest.h>

#include <map>

#include "tests/support/problems.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

using testing::errors_of;
using testing::read_text;
using testing::solve_text;

TEST(Samples, RepeatWhatDependsOnTheirColumns) {
  const Problem problem = read_text(
      "target t\nweight w = 2\nc = w^2\nsamples x, t\n 1, 2\n-3, 4 # the second\n\n  0.50 6\n"
      "y = c*x\nE = mean over samples of (t - y)^2\nderive E wrt w\nderive y wrt w");
  std::string names;
  for (const Item& item : problem.items) names += item.name + " ";
  EXPECT_EQ(names, "w t[1] y[1] E[1] x[1] t[2] y[2] E[2] x[2] t[3] y[3] E[3] x[3] c E ");
  EXPECT_EQ(print(*problem.find("y[2]")->definition), "c·x⁽²⁾");
  EXPECT_EQ(print(*problem.find("E")->definition), "1/3·(E⁽¹⁾ + E⁽²⁾ + E⁽³⁾)");
  EXPECT_EQ(print(*problem.find("x[3]")->number), "0.50");
  EXPECT_EQ(problem.find("t[1]")->role, Role::target);
  EXPECT_EQ(problem.samples.count, 3u);
  EXPECT_EQ(problem.derivations.size(), 4u);
}

TEST(Samples, TakeTheNameOfAQuantityThatIsSummedUp) {
  const Problem problem =
      read_text("samples\nx | t\n1 | 2\n3 | 4\nloss = t - x\nE = sum over samples of loss");
  EXPECT_EQ(print(*problem.find("E")->definition), "loss⁽¹⁾ + loss⁽²⁾");
}

/// The gradient of a mini-batch is the mean of those of its samples.
TEST(Samples, GiveTheMeanOfSingleSamples) {
  const std::string network =
      "weight w1..w2 = 0.3, -0.8\nbias b = 0.2\ny = tanh(w1*x1 + w2*x2 + b)\n"
      "E = MEAN binary_cross_entropy(t; (y + 1)/2)\nderive E wrt all\n";
  const auto with = [&](const std::string& mean) {
    std::string text = network;
    return text.replace(text.find("MEAN"), 4, mean);
  };
  const double rows[3][3] = {{1, 2, 1}, {-1, 0.5, 0}, {0.25, -2, 1}};
  std::string table = "samples x1, x2, t\n";
  std::map<std::string, double> mean;
  for (const auto& row : rows) {
    std::string given = "input x1 = " + std::to_string(row[0]) +
                        ", x2 = " + std::to_string(row[1]) +
                        "\ntarget t = " + std::to_string(row[2]) + "\n";
    const Solution single = testing::solve_text(given + with(""));
    for (const auto& [x, value] : single.gradients.at("E")) mean[x] += value / 3;
    table +=
        std::to_string(row[0]) + " " + std::to_string(row[1]) + " " + std::to_string(row[2]) + "\n";
  }
  const Solution batch = testing::solve_text(table + with("mean over samples of"));
  for (const auto& [x, value] : mean) EXPECT_NEAR(batch.gradients.at("E").at(x), value, 1e-14);
}

TEST(Samples, SaysWhatIsWrong) {
  struct Case {
    const char *text, *message;
  };
  for (const auto& [text, message] :
       {Case{"samples x, t\n"
             "1, 2\n"
             "3\n"
             "y = x*t\n"
             "E = mean over samples of y",
             "test.chalk:3:1: error: this sample has 1 number, but the table has 2 columns\n"
             "  3\n"
             "  ^\n"},
        Case{"samples x, t\n"
             "y = x*t\n"
             "E = mean over samples of y",
             "test.chalk:1:1: error: the table of samples has no rows\n"
             "  samples x, t\n"
             "  ^~~~~~~ each line below it has a number for each column\n"},
        Case{"input x\n"
             "target t\n"
             "samples x\n"
             "1\n"
             "y = x*t\n"
             "E = mean over samples of y",
             "test.chalk:2:8: error: 't' has no column in the table of samples\n"
             "  target t\n"
             "         ^ add a column, or give it a number here\n"},
        Case{"input x = 3\n"
             "samples x\n"
             "1\n"
             "y = x\n"
             "E = mean over samples of y",
             "test.chalk:2:9: error: 'x' has a number in line 1, and a column\n"
             "  samples x\n"
             "          ^ declare it without one\n"},
        Case{"input x = 3\n"
             "y = x\n"
             "E = mean over samples of y",
             "test.chalk:3:26: error: there are no samples\n"
             "  E = mean over samples of y\n"
             "                           ^ add a table, as in samples x, t\n"},
        Case{"samples x\n"
             "1\n"
             "z = 3\n"
             "E = mean over samples of z",
             "test.chalk:4:26: error: 'E' does not depend on the samples\n"
             "  E = mean over samples of z\n"
             "                           ^ samples are the columns of the table, and what is "
             "computed from them\n"},
        Case{"samples x\n"
             "1\n"
             "2\n"
             "y = 2*x\n"
             "E = mean over samples of y\n"
             "expect y = 3",
             "test.chalk:6:8: error: 'y' has a value in each sample\n"
             "  expect y = 3\n"
             "         ^ say which, as in y[1]\n"},
        Case{"samples x\n"
             "1\n"
             "2\n"
             "y = 2*x\n"
             "E = mean over samples of y\n"
             "expect y[3] = 3",
             "test.chalk:6:8: error: unknown quantity 'y[3]'\n"
             "  expect y[3] = 3\n"
             "         ^~~~ there are 2 samples\n"},
        Case{"samples x\n"
             "1\n"
             "a\n"
             "y = 2*x\n"
             "E = mean over samples of y",
             "test.chalk:3:2: error: expected '=' after 'a', but found the end of the line\n"
             "  a\n"
             "   ^ a line is a definition, as in y = w*x, or begins with a word such as weight\n"},
        Case{"1, 2, 3\n"
             "y = 1",
             "test.chalk:1:1: error: expected a statement, but found '1'\n"
             "  1, 2, 3\n"
             "  ^ a line begins with a name or a word such as weight\n"},
        Case{"samples x, x\n"
             "1, 2\n"
             "y = x",
             "test.chalk:1:12: error: the column 'x' is there twice\n"
             "  samples x, x\n"
             "             ^\n"},
        Case{"samples x\n"
             "1\n"
             "samples x\n"
             "2\n"
             "y = x",
             "test.chalk:3:1: error: a file has one table of samples\n"
             "  samples x\n"
             "  ^~~~~~~ the first is in line 1\n"},
        Case{"y = x[0]",
             "test.chalk:1:5: error: unknown quantity 'x[0]'\n"
             "  y = x[0]\n"
             "      ^~~~ an array is given or defined, as in input x = [1, 2]\n"}})
    EXPECT_EQ(errors_of(text), message) << text;
}

/// The sample that is derived first is written in full, whichever it is.
TEST(Samples, TheFirstDerivedIsInFull) {
  const std::string text = "samples x, t\n1, 2\n3, 4\nweight w = 1\ny = sigmoid(w*x)\nz = t*y\n";
  const std::string derivatives =
      testing::section_of(testing::sheet_of(text + "derive z[2] wrt w"), "Derivatives");
  EXPECT_TRUE(derivatives.starts_with("  ∂z⁽²⁾/∂w = ∂z⁽²⁾/∂y⁽²⁾ · ∂y⁽²⁾/∂w   chain rule"))
      << derivatives;
}

/// What is wrong with the head of a table, or with every row, is said once.
TEST(Samples, AreReportedOnce) {
  struct Case {
    const char *text, *message;
  };
  for (const auto& [text, message] : {
           Case{"samples x; t\n1; 2\n3; 4\ny = x*t",
                "expected the end of the line, but found ';' [names are separated by commas, "
                "statements by lines]"},
           Case{"samples x, t\n1 -> 2\n3 -> 4\ny = x*t",
                "expected a number, a name or '(', but found '>' [a row has numbers, with commas, "
                "blanks or | between them]"},
           Case{"samples x, t\n(1, 2)\n(3, 4)\ny = x*t",
                "expected a number, but found '(' [a row has numbers, with commas, blanks or | "
                "between them]"},
           Case{"samples x, t\n1, yes\n3, 4\ny = x*t",
                "expected a number, but found 'yes' [a row has numbers, with commas, blanks or | "
                "between them]"},
           Case{"samples x\n1\ny = 2*x\nE = average over samples of y",
                "expected an operator between 'average' and 'over' [write mean over samples of "
                "...]"},
           Case{"samples x\n1\ny = 2*x\nE = sum samples y",
                "expected an operator between 'sum' and 'samples' [write sum over samples of ...]"},
           Case{"samples x\n1\ny = 2*x\nE = mean over samples y",
                "expected 'of', but found 'y' [as in mean over samples of (t - y)^2]"},
       }) {
    std::string told;
    try {
      (void)read_problem(Source("test.chalk", text));
    } catch (const ProblemError& error) {
      for (const Diagnostic& one : error.diagnostics) told += one.message + " [" + one.hint + "]";
    }
    EXPECT_EQ(told, message) << text;
  }
}

TEST(Samples, AreNotDefinedOneByOne) {
  EXPECT_EQ(errors_of("samples x\n1\n2\ny[2] = 3*x\nE = sum over samples of y"),
            "test.chalk:4:1: error: a quantity is defined for all samples at once\n  y[2] = 3*x\n"
            "  ^~~~ write y\n");
  EXPECT_EQ(errors_of("samples x, t\n1 2\n3 4\nweight w = 1\nE = t - w*x\nderive E wrt w\n"
                      "update w rate 0.1"),
            "test.chalk:7:1: error: 'E' has a value in each sample\n  update w rate 0.1\n"
            "  ^~~~~~ derive what brings them together, as in mean over samples of ...\n");
  EXPECT_EQ(errors_of("samples x\n1\nE = 1 + mean over samples of x"),
            "test.chalk:3:14: error: expected an operator between 'mean' and 'over'\n"
            "  E = 1 + mean over samples of x\n"
            "               ^~~~ mean over samples of ... stands alone behind the equals sign\n");
}

TEST(Samples, ASettingReplacesHowTheyAreSummedUp) {
  const auto with = [](const char* setting) {
    Source source("test.chalk", "samples x\n1\n3\nE = mean over samples of x^2\ny = 2*E");
    source.add_setting("--set", setting);
    return print(*read_problem(source).find("E")->definition);
  };
  EXPECT_EQ(with("y=3*E"), "1/2·(E⁽¹⁾ + E⁽²⁾)");
  EXPECT_EQ(with("E=sum over samples of x^3"), "E⁽¹⁾ + E⁽²⁾");
  EXPECT_EQ(with("E=7"), "7");
}

/// Batch normalisation: within a sample, a mean over samples is the mean. m = (1 + 9)/2 = 5, worked
/// out by hand.
TEST(Samples, AMeanWithinASampleIsTheMean) {
  for (const std::string mean :
       {"m = mean over samples of x^2", "q = x^2\nm = mean over samples of q"}) {
    const Solution solution = solve_text("samples x\n  1\n  3\n" + mean +
                                         "\ny = x/m\nE = sum over samples of y\nderive E wrt m\n"
                                         "expect y[1] = 0.2\nexpect y[2] = 0.6\nexpect E = 0.8\n"
                                         "expect dE/dm = -0.16");
    EXPECT_TRUE(solution.all_expectations_hold()) << mean;
  }
}

}  // namespace
}  // namespace chalkgrad
