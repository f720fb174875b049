#include <gtest/gtest.h>

#include <map>

#include "tests/support/problems.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

using testing::errors_of;
using testing::read_text;

std::map<std::string, std::string> definitions(const std::string& text) {
  std::map<std::string, std::string> list;
  for (const Item& item : read_text(text).items)
    if (item.definition) list[item.name] = print(*item.definition);
  return list;
}

TEST(Layer, GivesTheDefinitionsOfItsUnits) {
  const std::string given = "input i1, i2\nweight w1..w6\nbias b1, b2\n";
  const auto shared = definitions(given +
                                  "layer h1, h2 from i1, i2 weights w1..w4 bias b1 "
                                  "activation sigmoid\n"
                                  "layer o from h1, h2 weights w5, w6");
  EXPECT_EQ(shared.at("net_h2"), "w3·i1 + w4·i2 + b1");
  EXPECT_EQ(shared.at("out_h2"), "σ(net_h2)");
  EXPECT_EQ(shared.at("net_o"), "w5·out_h1 + w6·out_h2");
  EXPECT_EQ(shared.at("out_o"), "net_o");
  const auto own = definitions(given +
                               "layer h1, h2 from i1, i2 weights w1..w4 bias b1, b2 "
                               "activation none");
  EXPECT_EQ(own.at("net_h1"), "w1·i1 + w2·i2 + b1");
  EXPECT_EQ(own.at("net_h2"), "w3·i1 + w4·i2 + b2");
  const auto softmax =
      definitions(given + "layer o1, o2 from i1 activation softmax weights w1, w2");
  EXPECT_EQ(softmax.at("out_o2"), "exp(net_o2)/(exp(net_o1) + exp(net_o2))");
}

/// What a layer file gives is what the same file written by hand gives, to the last character.
TEST(Layer, EqualsTheFileWrittenByHand) {
  std::string text = testing::file_text(testing::source_path("worked_examples/mazur.chalk"));
  const auto first = text.find("net_h1 ="), last = text.find("E_o1 =");
  ASSERT_NE(first, std::string::npos);
  const std::string by_hand = text;
  text.replace(first, last - first,
               "layer h1, h2 from i1, i2 weights w1..w4 bias b1 activation sigmoid\n"
               "layer o1, o2 from h1, h2 weights w5..w8 bias b2 activation sigmoid\n");
  for (const Style style : {Style::textbook, Style::delta, Style::paths, Style::table})
    EXPECT_EQ(testing::sheet_of(text, {.style = style}),
              testing::sheet_of(by_hand, {.style = style}));
  EXPECT_EQ(render_latex(make_sheet(testing::solve_text(text), {})),
            render_latex(make_sheet(testing::solve_text(by_hand), {})));
}

TEST(Layer, ReadsItsPartsInOtherWords) {
  for (const char* parts :
       {"weights w bias b activation tanh", "weight w bias b activation tanh",
        ", weights w, bias b, activation tanh", "with weights w bias b activation = tanh",
        "weights: w, biases: b, activation: tanh"}) {
    const Problem problem =
        read_text("input x = 1\nweight w = 2\nbias b = 3\nlayer h from x " + std::string(parts));
    EXPECT_EQ(print(*problem.find("net_h")->definition), "w·x + b") << parts;
    EXPECT_EQ(print(*problem.find("out_h")->definition), "tanh(net_h)") << parts;
  }
}

TEST(Layer, SaysHowItsPartsAreWritten) {
  struct Case {
    const char *parts, *message;
  };
  for (const auto& [parts, message] : {
           Case{"weights w activation linear",
                "unknown function 'linear' of one argument [did you mean 'none'?]"},
           Case{"weights w activation \"tanh\"",
                "expected a name, but found 'tanh' [a name has no quotes]"},
           Case{"weights 0.5",
                "expected a name, but found '0.5' [weights and biases have names, "
                "given in a line of their own]"},
           Case{"weights w wiht b",
                "expected 'weights', 'bias' or 'activation', but found 'wiht' [as in layer h1, h2 "
                "from x1, x2 weights w1..w4 bias b activation sigmoid]"},
       }) {
    std::string told;
    try {
      (void)read_text("input x = 1\nweight w = 2\nlayer h from x " + std::string(parts));
    } catch (const ProblemError& error) {
      for (const Diagnostic& one : error.diagnostics) told += one.message + " [" + one.hint + "]";
    }
    EXPECT_EQ(told, message) << parts;
  }
}

TEST(Layer, SaysWhatIsWrong) {
  struct Case {
    const char *text, *message;
  };
  for (const auto& [text, message] :
       {Case{"input i = 1\n"
             "weight w1..w3 = 1, 2, 3\n"
             "layer h1, h2 from i weights w1..w3\n"
             "y = out_h1",
             "test.chalk:3:29: error: this layer needs 2 weights, one for each of 2 units and each "
             "of 1 input, but 3 are given\n"
             "  layer h1, h2 from i weights w1..w3\n"
             "                              ^~~~~~ weights run unit by unit\n"},
        Case{"input i = 1\n"
             "weight w1, w2 = 1, 2\n"
             "layer h1, h2 from j weights w1, w2\n"
             "y = out_h1",
             "test.chalk:3:19: error: unknown unit or quantity 'j'\n"
             "  layer h1, h2 from j weights w1, w2\n"
             "                    ^ a layer is fed by quantities or by the units of another "
             "layer\n"},
        Case{"input i = 1\n"
             "weight w1, w2 = 1, 2\n"
             "layer h1, h2 from i weights w1, w2 activation foo\n"
             "y = out_h1",
             "test.chalk:3:47: error: unknown function 'foo' of one argument\n"
             "  layer h1, h2 from i weights w1, w2 activation foo\n"
             "                                                ^~~\n"},
        Case{"input i = 1\n"
             "weight w1, w2 = 1, 2\n"
             "layer h1, h2 from i weights w1, w2 bias b\n"
             "y = out_h1",
             "test.chalk:3:41: error: unknown quantity 'b'\n"
             "  layer h1, h2 from i weights w1, w2 bias b\n"
             "                                          ^\n"},
        Case{"input i = 1\n"
             "weight w1, w2 = 1, 2\n"
             "bias b1..b3 = 1,2,3\n"
             "layer h1, h2 from i weights w1, w2 bias b1..b3\n"
             "y = out_h1",
             "test.chalk:4:41: error: this layer needs one bias, or one for each of 2 units, but 3 "
             "are given\n"
             "  layer h1, h2 from i weights w1, w2 bias b1..b3\n"
             "                                          ^~~~~~\n"},
        Case{"input i = 1\n"
             "layer h1 from i\n"
             "y = out_h1",
             "test.chalk:2:16: error: expected 'weights' and their names, but found the end of the "
             "line\n"
             "  layer h1 from i\n"
             "                 ^ as in weights w1..w4, which are given in a line of their own\n"},
        Case{"input i = 1\n"
             "layer h1 weights i\n"
             "y = out_h1",
             "test.chalk:2:10: error: expected 'from' and the inputs of the layer, but found "
             "'weights'\n"
             "  layer h1 weights i\n"
             "           ^~~~~~~ as in layer h1, h2 from x1, x2 weights w1..w4 bias b activation "
             "sigmoid\n"},
        Case{"input i = 1\n"
             "weight w = 1\n"
             "layer h1 from i weights w\n"
             "layer h1 from i weights w\n"
             "y = out_h1",
             "test.chalk:4:7: error: 'net_h1' is defined twice\n"
             "  layer h1 from i weights w\n"
             "        ^~ first in line 3\n"}})
    EXPECT_EQ(errors_of(text), message) << text;
}

}  // namespace
}  // namespace chalkgrad
