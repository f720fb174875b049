#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

using testing::errors_of;
using testing::read_text;

TEST(Requests, ReadTheOptionsOfAnUpdate) {
  const Problem problem = read_text(
      "weight w = 1\nconstant m = 0.9\nE = w^2\nderive E wrt w\n"
      "update all rate 0.5 repeat 10 momentum m weight decay 0.01 until E < 1e-3");
  const UpdateStatement& update = problem.updates.at(0);
  EXPECT_EQ(print(update.coefficients.at(0)), "m");
  EXPECT_EQ(print(*update.decay), "0.01");
  EXPECT_EQ(update.repeat, 10u);
  EXPECT_EQ(update.until->what, UpdateStatement::Until::What::error);
  EXPECT_TRUE(update.is_training());
}

/// The rate and the number of steps by the names that people have for them, in any order.
TEST(Requests, ReadUpdatesInOtherWords) {
  for (const char* words :
       {"w rate 0.5 repeat 10", "w rate = 0.5 repeat = 10", "w lr 0.5 epochs 10",
        "w learning_rate=0.5, steps=10", "w learning rate 0.5 iterations 10",
        "w with rate 0.5 repeat 10", "w repeat 10 rate 0.5", "w, rate 0.5, repeat 10",
        "w: eta 0.5, repeat 10", "all η 0.5 repeat 10", "w alpha = 0.5 steps 10"}) {
    const Problem problem =
        read_text("weight w = 1\nE = w^2\nderive E wrt w\nupdate " + std::string(words));
    const UpdateStatement& update = problem.updates.at(0);
    EXPECT_EQ(update.parameters, std::vector<std::string>{"w"}) << words;
    EXPECT_EQ(update.rate.value(), 0.5) << words;
    EXPECT_EQ(update.repeat, 10u) << words;
  }
  for (const char* mark : {"w+", "w^+", "w\u207A"}) {
    const Problem problem = read_text(
        "weight w = 1\nE = w^2\nderive E wrt w\nupdate w rate 0.1\n"
        "expect " +
        std::string(mark) + " = 0.8");
    EXPECT_EQ(problem.expectations.at(0).title(), "w+") << mark;
  }
  // Quantities of these names are quantities.
  const Problem problem = read_text(
      "weight rate, eta = 1, 2\nE = rate*eta\nderive E with respect to rate\n"
      "update rate, eta rate 0.5");
  EXPECT_EQ(problem.updates.at(0).parameters, (std::vector<std::string>{"rate", "eta"}));
  EXPECT_EQ(problem.derivations.at(0).wrt, std::vector<std::string>{"rate"});
}

TEST(Requests, SaysHowAnUpdateIsWritten) {
  struct Case {
    const char *line, *message;
  };
  for (const auto& [line, message] : {
           Case{"update w",
                "expected 'rate', but found the end of the line [as in update all rate "
                "0.5]"},
           Case{"update w using 0.5",
                "expected 'rate', but found 'using' [as in update all rate 0.5]"},
           Case{"update w 0.5", "expected 'rate', but found '0.5' [as in update all rate 0.5]"},
           Case{"update w rate 0.5 rate 0.1", "'rate' is given twice []"},
           Case{"update w rate 0,5",
                "expected the end of the line, but found ',' [a decimal "
                "fraction is written with a point: 0.5]"},
           Case{"update w rate 1/3",
                "expected the end of the line, but found '/' [a coefficient is "
                "a decimal, or the name of a quantity: constant eta = 1/3]"},
           Case{"update w rate 0.5 10 times",
                "expected the end of the line, but found '10' [as in repeat 100]"},
           Case{"update w rate 0.5 repeat 10 times",
                "expected a method, 'weight decay', 'rate decay', 'repeat' or 'until', but found "
                "'times' [as in repeat 100]"},
           Case{"update w rate 0.5 for 10 steps",
                "expected a method, 'weight decay', 'rate decay', 'repeat' or 'until', but found "
                "'for' [as in repeat 100]"},
           Case{"update w rate 0.5 momentun 0.9",
                "expected a method, 'weight decay', 'rate decay', 'repeat' or 'until', but found "
                "'momentun' [did you mean 'momentum'?]"},
           Case{"update w rate 0.5 momentum 0.9 adam", "an update has one method []"},
           Case{"update w rate 0.5 adam beta1 1", "beta1 is at least 0 and below 1 []"},
           Case{"update w rate 0.5 rmsprop -0.1", "rmsprop is at least 0 and below 1 []"},
           Case{"update w rate 0.5 nesterov 0.9 beta2 0.9",
                "'beta2' belongs to another method [adam has it]"},
           Case{"update w rate 0.5 adam velocity 0.5",
                "'velocity' belongs to another method [momentum has it]"},
           Case{"update w rate 0.5 velocity 0.5",
                "'velocity' belongs to another method [momentum has it]"},
           Case{"update w rate 0.5 nesterov 0.9 velocity 0.5",
                "'velocity' belongs to another method [momentum has it]"},
           Case{"update w rate 0.5 momentum 0.9 velocity 0.5 velocity 0.5",
                "'velocity' is given twice []"},
           Case{"update w rate 0.5 beta1 0.9", "'beta1' belongs to another method [adam has it]"},
           Case{"update w rate 0.5 rate decay -1", "the decay of a rate is at least 0 []"},
           Case{"update w rate 0.5 repeat 3\nupdate v rate 1 repeat 4",
                "the updates of a file are repeated equally often [line 4 says repeat 3]"},
           Case{"v = 0.5\nupdate v rate 0.1",
                "'v' is a definition, which no update changes [write "
                "weight v = 0.5 in line 4]"},
       }) {
    std::string told;
    try {
      (void)read_text("weight w = 1\nE = w^2\nderive E wrt w\n" + std::string(line));
    } catch (const ProblemError& error) {
      for (const Diagnostic& one : error.diagnostics) told += one.message + " [" + one.hint + "]";
    }
    EXPECT_EQ(told, message) << line;
  }
}

TEST(Requests, SettingsReplaceTheCoefficientsOfAnUpdate) {
  Source source("test.chalk",
                "weight w = 1\nE = w^2\nderive E wrt w\n"
                "update w rate 0.5 momentum 0.9 weight decay 0.1");
  for (const char* setting : {"rate=-0.25", "momentum=0.5", "decay=0"})
    source.add_setting("--set", setting);
  const Problem problem = read_problem(source);
  EXPECT_EQ(problem.updates.at(0).rate.value(), -0.25);
  EXPECT_EQ(problem.updates.at(0).coefficients.at(0).value(), 0.5);
  EXPECT_EQ(problem.updates.at(0).decay->value(), 0);
  ASSERT_EQ(problem.warnings.size(), 1u);
  EXPECT_EQ(describe(problem.warnings[0], source),
            "--set:6: warning: the rate is negative: each step goes uphill\n  rate=-0.25\n"
            "       ^ write ascend in place of update, if that is meant\n");
}

/// The figures of a file hold for the file as it stands, and for a variant that they name.
TEST(Requests, FiguresBelongToAVariant) {
  const std::string text =
      "act(z) = sigmoid(z)\ny = act(0)\nexpect y = 0.5\nexpect y = 0 when act = tanh\n"
      "expect y = 1 when act = cos";
  const auto written = [&](const std::vector<std::string>& settings) {
    Source source("test.chalk", text);
    for (const std::string& setting : settings) source.add_setting("--set", setting);
    std::string list;
    for (const Expectation& one : read_problem(source).expectations) list += one.written + " ";
    return list;
  };
  EXPECT_EQ(written({}), "0.5 ");
  EXPECT_EQ(written({"act=tanh"}), "0 ");
  EXPECT_EQ(written({"act=cos"}), "1 ");
  EXPECT_EQ(written({"act=sin"}), "");
  EXPECT_EQ(written({"act=tanh", "y=act(1)"}), "");
  EXPECT_EQ(errors_of("y = 1\nexpect y = 1 when foo = 3"),
            "test.chalk:2:19: error: the file has no 'foo' to set\n  expect y = 1 when foo = 3\n"
            "                    ^~~\n");
}

TEST(Requests, SaysWhatIsWrong) {
  struct Case {
    const char *text, *message;
  };
  for (const auto& [text, message] :
       {Case{"weight w = 1\n"
             "E = w^2\n"
             "derive E wrt w\n"
             "update w rate 0.1 repeat 0",
             "test.chalk:4:26: error: expected a whole number from 1 to 1000000, but found '0'\n"
             "  update w rate 0.1 repeat 0\n"
             "                           ^\n"},
        Case{"weight w = 1\n"
             "E = w^2\n"
             "derive E wrt w\n"
             "update w rate 0.1 repeat x",
             "test.chalk:4:26: error: expected a whole number, but found 'x'\n"
             "  update w rate 0.1 repeat x\n"
             "                           ^\n"},
        Case{"weight w = 1\n"
             "E = w^2\n"
             "derive E wrt w\n"
             "update w rate 0.1 until change < 0",
             "test.chalk:4:34: error: the change must be allowed to be positive\n"
             "  update w rate 0.1 until change < 0\n"
             "                                   ^ as in until change < 1e-6\n"},
        Case{"weight w = 1\n"
             "E = w^2\n"
             "derive E wrt w\n"
             "update w rate 0.1 foo 3",
             "test.chalk:4:19: error: expected a method, 'weight decay', 'rate decay', 'repeat' or "
             "'until', but found 'foo'\n"
             "  update w rate 0.1 foo 3\n"
             "                    ^~~\n"},
        Case{"weight w = 1\n"
             "E = w^2\n"
             "derive E wrt w\n"
             "update w rate 0.1 repeat 3 repeat 4",
             "test.chalk:4:28: error: 'repeat' is given twice\n"
             "  update w rate 0.1 repeat 3 repeat 4\n"
             "                             ^~~~~~\n"},
        Case{"weight w = 1\n"
             "E = w^2\n"
             "derive E wrt w\n"
             "update w rate 0.1 repeat 3\n"
             "expect w after 5 = 1",
             "test.chalk:5:8: error: w after 5 has no value: the training stops after 3 steps\n"
             "  expect w after 5 = 1\n"
             "         ^\n"},
        Case{"weight w = 1\n"
             "E = w^2\n"
             "derive E wrt w\n"
             "update w rate 0.1\n"
             "expect w after 5 = 1",
             "test.chalk:5:8: error: w after 5 has no value: there is no training\n"
             "  expect w after 5 = 1\n"
             "         ^ let the update repeat, as in update all rate 0.5 repeat 100\n"}})
    EXPECT_EQ(errors_of(text), message) << text;
}

/// relu′ = [1, 0], so ∂L/∂z = [1, 0], ∂L/∂W = [1, 0]·[1, −1]ᵀ and ∂L/∂x = Wᵀ·[1, 0], by hand.
TEST(Upstream, IsGivenFromAbove) {
  const Solution solution = testing::solve_text(
      "input x = [1, -1]\nweight W = [[0.5, 0.2], [0.1, 0.3]]\nz = W*x + [0.1, 0]\nh = relu(z)\n"
      "given dL/dh = [1, 2]\nderive L wrt W, x\n");
  const std::map<std::string, double> expected = {{"w11", 1}, {"w12", -1}, {"w21", 0},
                                                  {"w22", 0}, {"x1", 0.5}, {"x2", 0.2}};
  for (const auto& [name, value] : expected)
    EXPECT_DOUBLE_EQ(solution.gradients.at("L").at(name), value) << name;
  const std::string sheet = testing::sheet_of(
      "input x = 2\nweight w = 0.5\ny = sigmoid(w*x)\ngiven ∂E/∂y = -0.4\nderive E wrt w\n"
      "update w rate 1\n");
  EXPECT_NE(sheet.find("g_y = ∂E/∂y = −0.4"), std::string::npos) << sheet;
  EXPECT_EQ(sheet.find("E = "), std::string::npos) << sheet;
  EXPECT_EQ(sheet.find("E⁺"), std::string::npos) << sheet;
}

TEST(Upstream, IsOfNothingThatIsDefined) {
  EXPECT_EQ(testing::errors_of("weight x = 2\ny = x\ngiven dy/dx = 3\nderive y wrt x\n"),
            "test.chalk:3:7: error: 'y' has a definition, so its derivatives are not given\n"
            "  given dy/dx = 3\n        ^~ leave out one of the two\n");
  EXPECT_EQ(
      testing::errors_of("weight x = 2\nz = x\ngiven dL/dq = 3\nderive L wrt x\n").substr(0, 40),
      "test.chalk:3:7: error: unknown quantity ");
}

TEST(Wrt, MayBeElementsOfArrays) {
  const std::string text =
      "weight W = [[1, 2],\n            [3, 4]]\ny = sum(W .* W)\nderive y wrt W\n";
  const struct {
    const char* wrt;
    std::vector<std::string> expected;
  } table[] = {{"W[1,2]", {"w12"}},
               {"W[2,:], W[1,1]", {"w11", "w21", "w22"}},
               {"W[:,2]", {"w12", "w22"}},
               {"W", {"w11", "w12", "w21", "w22"}}};
  for (const auto& row : table) {
    const Solution solution = testing::solve_text(text, {row.wrt});
    std::vector<std::string> names;
    for (const auto& [name, slope] : solution.gradients.at("y")) names.push_back(name);
    EXPECT_EQ(names, row.expected) << row.wrt;
  }
  EXPECT_THROW((void)testing::solve_text(text, {"W[3,3]"}), UsageError);
}

TEST(Requests, AFamilyIsNoQuantity) {
  const std::string family = "weight w = 3\nE[1] = 1/2*w^2\n";
  EXPECT_EQ(errors_of(family + "derive E wrt w"),
            "test.chalk:3:1: error: 'E' has members such as E[1] and no value of its own\n"
            "  derive E wrt w\n"
            "  ^~~~~~ say which is meant\n");
  EXPECT_EQ(errors_of(family + "derive E[1] wrt w\nexpect E = 4.5"),
            "test.chalk:4:8: error: 'E' has members such as E[1] and no value of its own\n"
            "  expect E = 4.5\n"
            "         ^ say which is meant\n");
  EXPECT_EQ(errors_of(family + "update w of E rate 0.1"),
            "test.chalk:3:1: error: 'E' has members such as E[1] and no value of its own\n"
            "  update w of E rate 0.1\n"
            "  ^~~~~~ say which is meant\n");
}

}  // namespace
}  // namespace chalkgrad
