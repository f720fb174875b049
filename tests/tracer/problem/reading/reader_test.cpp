#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

using testing::errors_of;

Problem read(const std::string& text) { return read_problem(Source("test.chalk", text)); }

TEST(Reader, ReadsEveryStatement) {
  const Problem problem = read(R"(# a comment
title "Two # words"
input  x = 0.10, u      # trailing
weight w1 = -2
bias   b = .5
target t = 1e-3
constant eta = 0.5
y = w1*x + b
E = (t - y)^2
derive E wrt all
update w1 rate eta
expect y = 0.3
expect dE/dw1 = -0.1
expect ∂E/∂b = 0.1
expect w1+ = 2
expect E⁺ = 3
)");
  EXPECT_EQ(problem.title, "Two # words");
  EXPECT_EQ(problem.items.size(), 8u);
  EXPECT_EQ(print(*problem.find("x")->number), "0.10");
  EXPECT_FALSE(problem.find("u")->number);
  EXPECT_EQ(problem.find("b")->number->value(), 0.5);
  EXPECT_EQ(problem.find("w1")->role, Role::weight);
  EXPECT_EQ(problem.derivations.at(0).wrt, (std::vector<std::string>{"w1", "b"}));
  EXPECT_EQ(print(problem.updates.at(0).rate), "eta");
  std::string titles;
  for (const Expectation& expectation : problem.expectations) titles += expectation.title() + " ";
  EXPECT_EQ(titles, "y dE/dw1 dE/db w1+ E+ ");
}

TEST(Reader, ReservesNoWord) {
  const Problem problem = read(
      "input input = 3, e = 1, all = 2\nderive = input*e\n"
      "expect = derive + all\ntitle = expect\nderive title wrt all, e");
  EXPECT_EQ(problem.items.size(), 6u);
  EXPECT_EQ(problem.derivations.at(0).wrt, (std::vector<std::string>{"all", "e"}));
}

TEST(Reader, PutsDefinitionsInAnOrderTheyCanBeComputedIn) {
  const Problem problem = read("E = y*2\ny = x + 1\ninput x = 1\nz = 3");
  std::string order;
  for (const std::size_t i : problem.order) order += problem.items[i].name;
  EXPECT_EQ(order, "xyEz");
}

TEST(Reader, SaysWhatIsWrong) {
  struct Case {
    const char *text, *message;
  };
  for (const auto& [text, message] : {
           Case{"",
                "test.chalk:1:1: error: there is nothing to solve: the file defines no "
                "quantity\n  write a definition, as in y = 2*3\n"},
           Case{"y = a + 1", "test.chalk:1:5: error: unknown quantity 'a'\n  y = a + 1\n      ^\n"},
           Case{"input out_h1 = 1, out_h2 = 2\ny = out_h3",
                "test.chalk:2:5: error: unknown quantity 'out_h3'\n  y = out_h3\n"
                "      ^~~~~~ did you mean 'out_h2'?\n"},
           Case{"input a = 1\na = 2",
                "test.chalk:2:1: error: 'a' is defined twice\n  a = 2\n  ^ first in line 1\n"},
           Case{"a = a + 1",
                "test.chalk:1:1: error: 'a' needs itself: a needs a\n  a = a + 1\n"
                "  ^ a definition cannot go in a circle\n"},
           Case{"c = a\na = b + 1\nb = c*2",
                "test.chalk:1:1: error: 'c' needs itself: c needs a needs b needs c\n  c = a\n"
                "  ^ a definition cannot go in a circle\n"},
           Case{"weight w = abc",
                "test.chalk:1:12: error: expected a number, but found 'abc'\n  weight w = abc\n"
                "             ^~~ a given number depends on nothing; a definition may, as in y = "
                "w*x\n"},
           Case{"weight w = 1.2.3",
                "test.chalk:1:12: error: '1.2.3' is not a number\n  weight w = 1.2.3\n"
                "             ^~~~~\n"},
           Case{"wieght w = 1",
                "test.chalk:1:1: error: unknown statement 'wieght'\n  wieght w = 1\n"
                "  ^~~~~~ did you mean 'weight'?\n"},
           Case{"y = (1 + 2",
                "test.chalk:1:5: error: this '(' is never closed\n  y = (1 + 2\n      ^\n"},
           Case{"y = 1 + 2)",
                "test.chalk:1:10: error: expected the end of the line, but found ')'\n"
                "  y = 1 + 2)\n           ^ no bracket is open here\n"},
           Case{"x = 1\ny = foo(x)",
                "test.chalk:2:5: error: unknown function 'foo'\n  y = foo(x)\n      ^~~\n"},
           Case{"x = 1\ny = pow(x)",
                "test.chalk:2:5: error: pow takes 2 arguments, not 1\n  y = pow(x)\n"
                "      ^~~~~~\n"},
           Case{"x = 1\ny = 2x",
                "test.chalk:2:6: error: expected an operator between '2' and 'x'\n  y = 2x\n"
                "       ^ write * for a product\n"},
           Case{"x = 1\ny = e^x",
                "test.chalk:2:5: error: unknown quantity 'e'\n  y = e^x\n"
                "      ^ for a power of e, write exp(x)\n"},
           Case{"x = 1\nE = 1/(1 + e^-x)",
                "test.chalk:2:12: error: unknown quantity 'e'\n  E = 1/(1 + e^-x)\n"
                "             ^ for a power of e, write exp(x)\n"},
           Case{"x = 1\nE = ReLU(x)",
                "test.chalk:2:5: error: unknown function 'ReLU'\n  E = ReLU(x)\n"
                "      ^~~~ did you mean 'relu'?\n"},
           Case{"x = 1\nE = mse(x; 2)",
                "test.chalk:2:5: error: unknown function 'mse'\n  E = mse(x; 2)\n"
                "      ^~~ did you mean 'mean_squared_error'?\n"},
           Case{"x = 1\ny = sigmoid*x",
                "test.chalk:2:5: error: unknown quantity 'sigmoid'\n  y = sigmoid*x\n"
                "      ^~~~~~~ a function needs its arguments in brackets\n"},
           Case{"x = 1\nderive x wrt all",
                "test.chalk:2:1: error: 'all' means all weights and biases, and there are none\n"
                "  derive x wrt all\n  ^~~~~~\n"},
           Case{"x = 1\nderive x",
                "test.chalk:2:9: error: expected 'wrt', but found the end of the line\n"
                "  derive x\n          ^ as in derive x wrt all\n"},
           Case{"weight x = 1\nupdate x",
                "test.chalk:2:9: error: expected 'rate', but found the end of the line\n"
                "  update x\n          ^ as in update all rate 0.5\n"},
           Case{"x = 1\nexpect x = y",
                "test.chalk:2:12: error: expected a number, but found 'y'\n  expect x = y\n"
                "             ^\n"},
           Case{"x = 1\nexpect x/x = 1",
                "test.chalk:2:8: error: expected a derivative, as in dE/dw5\n  expect x/x = 1\n"
                "         ^\n"},
           Case{"title 3",
                "test.chalk:1:7: error: expected a text in quotes after 'title', but found '3'\n"
                "  title 3\n        ^ as in title \"One neuron\"\n"},
           Case{"= 3",
                "test.chalk:1:1: error: expected a statement, but found '='\n  = 3\n"
                "  ^ a line begins with a name or a word such as weight\n"},
           Case{"x = 1\ny = dx/dx\nz = ∂x/∂y",
                "test.chalk:2:5: error: dx/dx is a derivative by itself\n  y = dx/dx\n      ^~~~~\n"
                "test.chalk:3:5: error: 'x' depends on nothing\n  z = ∂x/∂y\n      ^~~~~ a "
                "derivative is that of a definition\n"},
           Case{"x = 3 \xff",
                "test.chalk:1:7: error: the byte 0xFF is not UTF-8\n  x = 3 ?\n        ^\n"},
       })
    EXPECT_EQ(errors_of(text), message) << text;
}

TEST(Reader, ReportsAllErrorsEachOnce) {
  EXPECT_EQ(errors_of("y = u + u\nz = v*\nw = u + y\nderive z wrt q\n"),
            "test.chalk:1:5: error: unknown quantity 'u'\n  y = u + u\n      ^\n"
            "test.chalk:2:7: error: expected a number, a name or '(', but found the end of the "
            "line\n  z = v*\n        ^\n"
            "test.chalk:4:14: error: unknown quantity 'q'\n  derive z wrt q\n               ^\n");
}

TEST(Reader, ReadsLongLines) {
  std::string text = "input x = 1\ny = x";
  for (int i = 0; i < 250'000; ++i) text += " + x";
  EXPECT_EQ(errors_of(text), "");
  EXPECT_EQ(errors_of("y = " + std::string(1'000'000, 'a')).substr(0, 93),
            "test.chalk:1:5: error: unknown quantity '" + std::string(40, 'a') + "...'\n  y = a");
}

/// One mistake, one error: what a line that cannot be read would have defined is not unknown.
TEST(Reader, AMistakeHasNoFurtherErrors) {
  struct Case {
    const char *text, *message;
  };
  for (const auto& [text, message] : {
           Case{"weights w1, w2 = 1, 2\nE = w1*w2\nderive E wrt all",
                "test.chalk:1:1: error: unknown statement 'weights'\n  weights w1, w2 = 1, 2\n"
                "  ^~~~~~~ did you mean 'weight'?\n"},
           Case{"weight w = 0.5; b = 1\ny = w*b",
                "test.chalk:1:15: error: expected the end of the line, but found ';'\n"
                "  weight w = 0.5; b = 1\n"
                "                ^ names are separated by commas, statements by lines\n"},
           Case{"weight w1-w4 = 1, 2, 3, 4\ny = w2*w3",
                "test.chalk:1:10: error: expected the end of the line, but found '-'\n"
                "  weight w1-w4 = 1, 2, 3, 4\n           ^ a range is written w1..w4\n"},
           Case{"weight: w = 1\ny = 2*w\nderive y wrt w",
                "test.chalk:1:7: error: expected a name after 'weight', but found ':'\n"
                "  weight: w = 1\n        ^ write no colon, as in weight w = 0.5\n"},
           Case{"weight w = 1\nnet := 2*w\nf(x) := x^2\ny = f(net)",
                "test.chalk:2:5: error: expected '=' after 'net', but found ':'\n"
                "  net := 2*w\n      ^ write = for a definition\n"
                "test.chalk:3:2: error: expected '=' after 'f', but found '('\n"
                "  f(x) := x^2\n   ^ a function is defined as in f(x) = x^2\n"},
           Case{"weight w = 1\nnet input = 2*w\ny = (net input)^2",
                "test.chalk:2:1: error: unknown statement 'net'\n  net input = 2*w\n"
                "  ^~~ a name has no blank: net_input\n"},
           Case{"weight w = 1\n1net = 2*w\ny = 1net^2",
                "test.chalk:2:1: error: expected a statement, but found '1'\n  1net = 2*w\n"
                "  ^ a name begins with a letter\n"},
           Case{"weight w = 1\nout-h = 2*w\ny = out-h",
                "test.chalk:2:4: error: expected '=' after 'out', but found '-'\n  out-h = 2*w\n"
                "     ^ a name has no -: out_h\n"},
           Case{"weight w = 1\nE = w^2\nderive dE/dw",
                "test.chalk:3:10: error: expected 'wrt', but found '/'\n  derive dE/dw\n"
                "           ^ write derive E wrt w\n"},
           Case{"input x1, x2 = 1, 2\nlayer hidden 2 sigmoid\nE = out_hidden1^2\nderive E wrt all",
                "test.chalk:2:14: error: expected 'from' and the inputs of the layer, but found "
                "'2'\n  layer hidden 2 sigmoid\n"
                "               ^ as in layer h1, h2 from x1, x2 weights w1..w4 bias b activation "
                "sigmoid\n"},
           Case{"input x1, x2 = 1, 2\nweight w1, w2 = 3, 4\ny = w^T*x",
                "test.chalk:3:5: error: unknown quantity 'w'\n  y = w^T*x\n"
                "      ^ an array of them is defined as in x = [x1, x2]\n"},
           Case{"samples x, t ?\n1, 2\n3, 4\ny = x*t\nE = mean over samples of y",
                "test.chalk:1:14: error: '?' has no meaning here\n  samples x, t ?\n"
                "               ^ a derivative is asked for, as in derive E wrt w\n"},
           Case{"samples x, t\n0,5, 1,0\n0,3, 0,0\ny = x*t\nE = mean over samples of y",
                "test.chalk:2:1: error: this sample has 4 numbers, but the table has 2 columns\n"
                "  0,5, 1,0\n  ^~~~~~~~ a decimal fraction is written with a point: 0.5\n"},
           Case{"weight w\u200B = 1\ny = 2*w\nderive y wrt w",
                "test.chalk:1:9: error: an invisible character (U+200B zero width space) has no "
                "place here\n  weight w\u200B = 1\n          ^ delete it\n"},
           Case{"input \u0445 = 1\ny = 2*x",
                "test.chalk:1:7: error: '\u0445' (U+0445, a Cyrillic letter) has no meaning here\n"
                "  input \u0445 = 1\n        ^ write the Latin x\n"},
       })
    EXPECT_EQ(errors_of(text), message) << text;
}

/// What people write in other words, and what to write.
TEST(Reader, LeadsToTheStatementThatIsMeant) {
  struct Case {
    const char *line, *message;
  };
  const std::string before = "weight w = 1\nE = w^2\n";
  for (const auto& [line, message] : {
           Case{"learning rate 0.5",
                "unknown statement 'learning' [the rate stands in the update, "
                "as in update all rate 0.5]"},
           Case{"lr 0.5",
                "unknown statement 'lr' [the rate stands in the update, as in update all "
                "rate 0.5]"},
           Case{"epochs 100",
                "unknown statement 'epochs' [this stands in the update, as in update "
                "all rate 0.5 momentum 0.9 repeat 100]"},
           Case{"DERIVE E wrt w", "unknown statement 'DERIVE' [did you mean 'derive'?]"},
           Case{"Weight v = 1", "unknown statement 'Weight' [did you mean 'weight'?]"},
           Case{"differentiate E wrt w",
                "unknown statement 'differentiate' [did you mean 'derive'? "
                "as in derive E wrt w]"},
           Case{"param v = 1", "unknown statement 'param' [did you mean 'weight'?]"},
           Case{"let v = 1",
                "unknown statement 'let' [a definition has no word before it, as in y = "
                "w*x]"},
           Case{"import math",
                "unknown statement 'import' [nothing is imported: every function is "
                "there]"},
           Case{"hello world",
                "unknown statement 'hello' [a line is a definition, as in y = w*x, or "
                "begins with a word such as weight]"},
           Case{"dE/dw = 2",
                "expected '=' after 'dE', but found '/' [write expect dE/dw = ..., or "
                "derive E wrt w]"},
           Case{"y == w", "expected a number, a name or '(', but found '=' [write a single =]"},
           Case{"y = w;",
                "expected the end of the line, but found ';' [a line needs no ; at its "
                "end]"},
           Case{"y = 0,5*w",
                "expected the end of the line, but found ',' [a decimal fraction is "
                "written with a point: 0.5]"},
           Case{"y = w > 0",
                "expected the end of the line, but found '>' [choose with max(0, net), "
                "relu, abs or step]"},
           Case{"y = w // half of it", "'//' has no meaning here [a comment begins with #]"},
           Case{"y = [w + 1]^2", "a vector of 1 has no power [round brackets group: (a + b)^2]"},
           Case{"y = math.tanh(w)", "'.' has no meaning here [write tanh without 'math.']"},
           Case{"y = \\frac{1}{2}*w", "'\\frac' has no meaning here [write (a)/(b)]"},
           Case{"p1, p2 = Softmax(w, 1)",
                "several quantities are defined together by softmax only, "
                "but found 'Softmax' [did you mean 'softmax'?]"},
           Case{"derive E",
                "expected 'wrt', but found the end of the line [as in derive E wrt all]"},
           Case{"derive E by w", "expected 'wrt', but found 'by' [as in derive E wrt all]"},
           Case{"derive E wrt weights",
                "unknown quantity 'weights' [all means all weights and "
                "biases]"},
           Case{"derive E wrt w and w",
                "expected the end of the line, but found 'and' [names are "
                "separated by commas]"},
           Case{"expect E \u2248 1", "expected '=', but found '\u2248' [write =]"},
           Case{"expect E 1", "expected '=', but found '1' [as in expect E = 0.2984]"},
           Case{"expect E = 1/3",
                "expected the end of the line, but found '/' [a published figure "
                "is written in digits]"},
           Case{"seed",
                "expected a whole number after 'seed', but found the end of the line [as in "
                "seed 7]"},
       }) {
    const Source source("test.chalk", before + line);
    std::string told;
    try {
      (void)read_problem(source);
    } catch (const ProblemError& error) {
      for (const Diagnostic& one : error.diagnostics)
        told += one.message + (one.hint.empty() ? "" : " [" + one.hint + "]");
    }
    EXPECT_EQ(told, message) << line;
  }
}

TEST(Reader, NamesLettersThatLookAlike) {
  EXPECT_EQ(errors_of("weight w = 1\n\u0395 = w^2\nderive E wrt w"),
            "test.chalk:3:8: error: unknown quantity 'E'\n  derive E wrt w\n"
            "         ^ the '\u0395' of line 2 has a Greek letter (U+0395)\n");
  EXPECT_EQ(errors_of("weight w = 1\nE = w^2\nderive \u0395 wrt w"),
            "test.chalk:3:8: error: unknown quantity '\u0395'\n  derive \u0395 wrt w\n"
            "         ^ this has a Greek letter (U+0395), which the other has not\n");
}

/// No keyword is reserved, and one that is not defined is an unknown quantity like any other.
TEST(Reader, KeywordsAreUnknownQuantities) {
  for (const std::string word : {"expect", "derive", "update", "title", "seed", "layer", "samples",
                                 "input", "weight", "rate", "wrt", "repeat", "random", "of"}) {
    const std::string mark =
        std::string(word.size(), '^').replace(1, word.size() - 1, word.size() - 1, '~');
    EXPECT_EQ(errors_of("weight w = 1\nE = w + " + word + "\nexpect E = 1"),
              "test.chalk:2:9: error: unknown quantity '" + word + "'\n  E = w + " + word +
                  "\n          " + mark + "\n");
  }
  EXPECT_EQ(errors_of("w=1\nexpect expect = 1"),
            "test.chalk:2:8: error: unknown quantity 'expect'\n  expect expect = 1\n"
            "         ^~~~~~\n");
  EXPECT_EQ(errors_of("expect = 2\nexpect expect = 2\nderive = expect^2\nexpect derive = 4"), "");
}

TEST(Reader, SuggestsWhatWasMeant) {
  EXPECT_EQ(errors_of("weight w = 2\nE = w^2\nderive e wrt w"),
            "test.chalk:3:8: error: unknown quantity 'e'\n  derive e wrt w\n"
            "         ^ did you mean 'E'?\n");
  EXPECT_EQ(errors_of("input x = 1\nweight w = 2\nlayer h from x weights w\nE = h^2"),
            "test.chalk:4:5: error: unknown quantity 'h'\n  E = h^2\n"
            "      ^ the output of this unit is 'out_h'\n");
}

/// What is probably not meant is said, and does not stop anybody.
TEST(Reader, WarnsOfWhatIsProbablyNotMeant) {
  struct Case {
    const char *text, *message;
  };
  for (const auto& [text, message] : {
           Case{"input x1, x2 = 1, 2\ny = 2*x1",
                "test.chalk:1:11: warning: 'x2' is given, but nothing uses it\n"
                "  input x1, x2 = 1, 2\n            ^~\n"},
           Case{"weight w = 1\nlr = 0.5\nE = w^2\nderive E wrt w",
                "test.chalk:2:1: warning: 'lr' is used by nothing\n  lr = 0.5\n"
                "  ^~ the rate stands in the update, as in update all rate 0.5\n"},
           Case{"constant learning_rate = 0.5\nweight w = 1\nE = w^2",
                "test.chalk:1:10: warning: 'learning_rate' is used by nothing\n"
                "  constant learning_rate = 0.5\n"
                "           ^~~~~~~~~~~~~ the rate stands in the update, as in update all rate "
                "0.5\n"},
           Case{"input x1, x2 = 0,5\ny = x1*x2",
                "test.chalk:1:16: warning: 0,5 is read as two numbers, 0 and 5\n"
                "  input x1, x2 = 0,5\n"
                "                 ^~~ a decimal fraction is written with a point: 0.5\n"},
           Case{"input x1..x4 = 0,1, 0,2\ny = x1*x2 + x3*x4",
                "test.chalk:1:16: warning: 0,1 is read as two numbers, 0 and 1\n"
                "  input x1..x4 = 0,1, 0,2\n"
                "                 ^~~ a decimal fraction is written with a point: 0.1\n"},
           Case{"weight w = 1\nE = w^2\nderive E wrt w\nupdate w rate 0.1 decay 0.5",
                "test.chalk:4:19: warning: 'decay' is read as weight decay\n"
                "  update w rate 0.1 decay 0.5\n"
                "                    ^~~~~ write weight decay, or rate decay, if the rate "
                "decays\n"},
           Case{"weight w = 1\nepochs = 100\nE = w^2\nderive E wrt w",
                "test.chalk:2:1: warning: 'epochs' is used by nothing\n  epochs = 100\n"
                "  ^~~~~~ this stands in the update, as in update all rate 0.5 repeat 100\n"},
           Case{"seed 7\nweight w = 1\nE = w^2\nderive E wrt w",
                "test.chalk:1:1: warning: the seed is used by nothing\n  seed 7\n"
                "  ^~~~ a random number is written random(-1, 1)\n"},
           Case{"samples x, t\n1, 2\n3, 4\nweight w = 1\nE = sum (t - w*x)^2\nderive E wrt w",
                "test.chalk:5:5: warning: a sum of one value is that value\n"
                "  E = sum (t - w*x)^2\n"
                "      ^~~~~~~~~~~~~ write sum over samples of ..., if all samples are meant\n"},
           Case{"samples x, t\n1, 2\n3, 4\ntarget t\nweight w = 1\nE = (t - w*x)^2\n"
                "derive E wrt w",
                "test.chalk:7:1: warning: 'E' is derived in each sample, and nothing brings them "
                "together\n  derive E wrt w\n"
                "  ^~~~~~ write L = mean over samples of E, and derive L\n"},
           Case{"weight w, all = 1, 2\nE = w*all\nderive E wrt all",
                "test.chalk:3:1: warning: 'all' is the quantity of that name here\n"
                "  derive E wrt all\n  ^~~~~~ rename it, if all weights and biases are meant\n"},
           // What is meant: a sum of several, one over samples, a derivative in each of them.
           Case{
               "samples x, t\n1, 2\n3, 4\nweight w = 1\nE = mean over samples of sum((t - w*x)^2)\n"
               "derive E wrt w",
               ""},
           Case{"samples x\n1\n3\nweight w1, w2 = 1, 2\ny = sum(w1*x, w2)\nderive y wrt w1, w2",
                ""},
           Case{"weight w = 1\nE = sum(w^2)\nderive E wrt w", ""},
           Case{"seed 7\nweight w = random(-1, 1)\nE = w^2\nderive E wrt w", ""},
           // Nothing to say: lists without blanks throughout, and quantities that are derived by.
           Case{"input x1, x2 = 1, 2\nweight w1, w2 = 1, 2\n"
                "layer h from x1, x2 weights w1, w2 activation tanh\nE = out_h^2",
                ""},
           Case{"input x1,x2,x3=1,2,3\ny = x1*x2 + x3", ""},
           Case{"input x1, x2, x3 = 1, 2, 3\ny = x1*x2 + x3", ""},
           Case{"weight w, v = 1, 2\ny = 2*w\nderive y wrt w, v", ""},
           Case{"weight w = 1\nlr = 0.5\nE = w^2\nderive E wrt w\nv = w - lr*E", ""},
       })
    EXPECT_EQ(testing::warnings_of(text), message) << text;
}

TEST(Reader, TwiceAsManyNumbersAreDecimalFractions) {
  EXPECT_EQ(errors_of("weight w1, w2 = 0,5, 0,3\ny = w1*w2"),
            "test.chalk:1:17: error: 2 names but 4 numbers\n  weight w1, w2 = 0,5, 0,3\n"
            "                  ^~~~~~~~ decimal fractions are written with a point: 0.5, 0.3\n");
}

TEST(Reader, SaysNothingOfTheWorkedExamples) {
  for (const std::string& example : testing::worked_examples())
    EXPECT_EQ(testing::warnings_of(testing::example_text(example)), "") << example;
}

}  // namespace
}  // namespace chalkgrad
