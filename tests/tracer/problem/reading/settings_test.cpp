#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

using testing::errors_of;
using testing::read_text;

std::string errors_with(const std::vector<std::string>& settings) {
  Source source("test.chalk", "act(z) = tanh(z)\nweight w5 = 1\ny = act(w5)");
  for (const std::string& setting : settings) source.add_setting("--set", setting);
  try {
    (void)read_problem(source);
    return {};
  } catch (const ProblemError& error) {
    std::string messages;
    for (const Diagnostic& diagnostic : error.diagnostics) messages += describe(diagnostic, source);
    return messages;
  }
}

TEST(Settings, SaysWhatIsWrongWithThem) {
  struct Case {
    std::vector<std::string> settings;
    const char* message;
  };
  for (const auto& [settings, message] :
       {Case{{"w5"},
             "--set:3: error: expected a name, '=' and what is set\n  w5\n"
             "    ^ as in --set w5=0.3 or --set act=tanh\n"},
        Case{{"w5=2", "w5=3"}, "--set:1: error: 'w5' is set twice\n  w5=3\n  ^~\n"},
        Case{{"w5=1/0"}, "--set:4: error: 1/0 has no value\n  w5=1/0\n     ^~~\n"},
        Case{{"w5=0,5"},
             "--set:5: error: expected the end of the line, but found ','\n  w5=0,5\n"
             "      ^ a fraction is written with a point, another name with --set again\n"},
        Case{{"g=tanh"},
             "--set:1: error: the file has no 'g' to replace\n  g=tanh\n"
             "  ^ let the file have g(z) = sigmoid(z), and use g in it\n"},
        Case{{"w6=1"},
             "--set:1: error: the file has no 'w6' to replace\n  w6=1\n"
             "  ^~ did you mean 'w5'?\n"},
        Case{{"act=tan h"},
             "--set:9: error: expected the end of the line, but found 'h'\n  act=tan h\n"
             "          ^\n"},
        Case{{"act=tanhh"},
             "--set:5: error: unknown function 'tanhh' of one argument\n  act=tanhh\n"
             "      ^~~~~ did you mean 'tanh'?\n"},
        Case{{"y=2*v"}, "--set:5: error: unknown quantity 'v'\n  y=2*v\n      ^\n"},
        Case{{"y=y"},
             "test.chalk:3:1: error: 'y' needs itself: y needs y\n  y = act(w5)\n"
             "  ^ a definition cannot go in a circle\n"},
        Case{{"y=\"a"}, "--set:3: error: this quote is never closed\n  y=\"a\n    ^\n"}})
    EXPECT_EQ(errors_with(settings), message);
}

TEST(Settings, TheCoefficientsOfAnUpdateAreNoQuantities) {
  Source source("test.chalk",
                "weight rate = 1\nE = rate^2\nderive E wrt rate\nupdate all rate 0.5");
  source.add_setting("--set", "rate=3");
  const Problem problem = read_problem(source);
  EXPECT_EQ(problem.find("rate")->number->value(), 3);
  EXPECT_EQ(problem.updates.at(0).rate.value(), 0.5);
}

}  // namespace
}  // namespace chalkgrad
