#include "tracer/check/reading/reader.hpp"

#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

class Reading : public ::testing::Test {
 protected:
  /// Everything that was read, one chain a line; what could not be read as line:column: message.
  std::string read(const std::string& text, const ReadingOptions& options = {}) const {
    const Answer answer = read_answer(text, vocabulary_, options);
    LineIndex lines(text);
    std::string result;
    for (const Chain& chain : answer.statements) {
      std::string line;
      for (const WrittenSide& side : chain.sides)
        line += (line.empty() ? "" : " = ") + print(side.expr);
      result += (result.empty() ? "" : "; ") + line;
    }
    for (const Unreadable& one : answer.unreadable) {
      const auto at = lines.position(one.span.begin);
      result += (result.empty() ? "" : "; ") + std::to_string(at.line) + ":" +
                std::to_string(at.column) + ": " + one.message +
                (one.hint.empty() ? "" : " (" + one.hint + ")");
    }
    return result;
  }

  Solution solution_ = testing::solve_text(testing::example_text("mazur"));
  Vocabulary vocabulary_{solution_};
};

TEST_F(Reading, KnowsDerivativesInEveryNotation) {
  for (const char* written :
       {"dE/dw5", "∂E/∂w5", "∂E/∂w₅", "∂E_total/∂w_5", "d(E)/d(w5)", "dE_total / dw5", "δE/δw5",
        "\\frac{\\partial E}{\\partial w_5}", "\\dfrac{\\partial E_{total}}{\\partial w_{5}}",
        "{\\partial E \\over \\partial w_5}", "\\frac{dE}{dw_5}",
        "\\frac{\\mathrm{d} E}{\\mathrm{d} w_5}", "grad(w5)", "w5.grad",
        "$\\frac{\\partial E}{\\partial w_{5}}$"})
    EXPECT_EQ(read(std::string(written) + " = 0.0822"), "∂E_total/∂w5 = 0.0822") << written;
  for (const char* written : {"δ_o1", "delta_o1", "\\delta_{o1}", "dE/dnet_o1", "δ_{o1}"})
    EXPECT_EQ(read(std::string(written) + " = 0.1385"), "∂E_total/∂net_o1 = 0.1385") << written;
  EXPECT_EQ(read("dout_o1/dnet = 0.1868"), "∂out_o1/∂net_o1 = 0.1868");
}

TEST_F(Reading, ASideAfterSomethingUnreadableIsLeftOut) {
  for (const char* right : {"w5", "dE/dw5", "0.4"})
    EXPECT_EQ(read("1 2) = " + std::string(right)),
              "1:3: expected an operator between '1' and '2' (write * for a product)")
        << right;
}

TEST_F(Reading, PowersOfTenBelongToTheirNumber) {
  EXPECT_EQ(read("net_h1 = 3.775*10^-1"), "net_h1 = 3.775·10⁻¹");
  EXPECT_EQ(read("net_h1 = 3.775e-3 * 10^2"), "net_h1 = 3.775·10⁻¹");
  EXPECT_EQ(read("net_h1 = 3.775e2 * 10^(-3)"), "net_h1 = 3.775·10⁻¹");
}

TEST_F(Reading, RowsOfMarkdownTablesAreCells) {
  EXPECT_EQ(read("| $w_{5}$ | | $= 0.40$ | | $\\bar{w}_{5}$ | $= 0.1385 \\cdot 0.5933$ |"),
            "w5 = 0.40; ∂E_total/∂w5 = 0.1385·0.5933");
}

TEST_F(Reading, KnowsUpdatesInEveryNotation) {
  for (const char* written : {"w5+ =", "w5+=", "w5^+ =", "w5⁺ =", "w5' =", "w5_new =", "w_5^{+} =",
                              "w_{5}^{new} =", "new_w5 ="})
    EXPECT_EQ(read(std::string(written) + " 0.3589"), "w5⁺ = 0.3589") << written;
  EXPECT_EQ(read("w5 := w5 - 0.5*0.0822"), "w5 = w5 − 0.5·0.0822");
  EXPECT_EQ(read("w5 <- w5 - eta*dE/dw5"), "w5 = w5 − η·∂E_total/∂w5");
}

TEST_F(Reading, KnowsExpressionsInEveryNotation) {
  const struct {
    const char *input, *expected;
  } table[] = {
      {"E_o1 = 0.5(0.01 - 0.7514)^2", "E_o1 = 0.5·(0.01 − 0.7514)^2"},
      {"E_o1 = ½·(t1 − out_o1)²", "E_o1 = 1/2·(t1 − out_o1)^2"},
      {"E_{o1} = \\tfrac12 \\left( t_1 - \\mathrm{out}_{o1} \\right)^2",
       "E_o1 = 1/2·(t1 − out_o1)^2"},
      {"E_{o1} = \\frac{1}{2}(t_1 - \\text{out}_{o1})^{2}", "E_o1 = 1/2·(t1 − out_o1)^2"},
      {"out_h1 = \\sigma(net_{h1}) = 1/(1+e^{-0.3775})",
       "out_h1 = σ(net_h1) = 1/(1 + exp(−0.3775))"},
      {"out_h1 = 1/(1+exp(-net_h1))", "out_h1 = 1/(1 + exp(−net_h1))"},
      {"out_h1 = f(0.3775)", "out_h1 = σ(0.3775)"},
      {"net_h1 = (0.15)(0.05) + 0.20×0.10 + 0.35", "net_h1 = 0.15·0.05 + 0.20·0.10 + 0.35"},
      {"net_h1 = 0.15 x 0.05 + 0.20 x 0.10 + 0.35", "net_h1 = 0.15·0.05 + 0.20·0.10 + 0.35"},
      {"\\mathrm{net}_{h1} = w_1 i_1 + w_2 i_2 + b_1", "net_h1 = w1·i1 + w2·i2 + b1"},
      {"dE/dw1 = 4.386*10^-4", "∂E_total/∂w1 = 4.386·10⁻⁴"},
      {"dE/dw1 = 4.386 \\cdot 10^{-4}", "∂E_total/∂w1 = 4.386·10⁻⁴"},
      {"dE/dw1 = 4.386e-4", "∂E_total/∂w1 = 4.386·10⁻⁴"},
      {"dE/dw7 = −.0226", "∂E_total/∂w7 = −.0226"},
      {"E ≈ 0.2984", "E_total = 0.2984"},
      {"E \\approx 0.2984 \\tag{A11}", "E_total = 0.2984"},
      {"E &= E_{o1} + E_{o2} \\\\ &= 0.2984", "E_total = E_o1 + E_o2 = 0.2984"},
      {"E &= E_{o1} + E_{o2} \\displaybreak[0] \\\\*[1ex] &= 0.2984",
       "E_total = E_o1 + E_o2 = 0.2984"},
      {"E &= E_{o1} + E_{o2} \\\\ & \\text{squares, because $t_1 + t_2$ = 1} \\\\ &= 0.2984",
       "E_total = E_o1 + E_o2 = 0.2984"},
      {"\\newcommand{\\apart}{\\postdisplaypenalty=0\\relax}\n\\apart\nE = 0.2984",
       "E_total = 0.2984"},
      {"out_o1 (1 - out_o1) = 0.1868", "out_o1·(1 − out_o1) = 0.1868"},
      {"σ(z) = 1/(1 + e^(-z))", "σ(?z) = 1/(1 + exp(−?z))"},
      {"σ'(net_o1) = 0.1868", "σ(net_o1)·(1 − σ(net_o1)) = 0.1868"},
      {"a = out_o1*(1-out_o1) = 0.1868", "a = out_o1·(1 − out_o1) = 0.1868"},
  };
  for (const auto& row : table) EXPECT_EQ(read(row.input), row.expected) << row.input;
}

TEST_F(Reading, PassesOverProse) {
  const struct {
    const char *input, *expected;
  } table[] = {
      {"", ""},
      {"First the forward pass, then the backward pass.", ""},
      {"Exercise 1\n==========", ""},
      {"So we get out_h1 = 0.5933, which is right.", "out_h1 = 0.5933"},
      {"1. dE/dw5 = 0.0822 (see above)", "∂E_total/∂w5 = 0.0822"},
      {"a) E = 0.2984.", "E_total = 0.2984"},
      {"- out_h1 = 0.5933\n- out_h2 = 0.5969", "out_h1 = 0.5933; out_h2 = 0.5969"},
      {"**out_h1** = `0.5933`", "out_h1 = 0.5933"},
      {"out_h1 = 0.59 (2 decimals)", "out_h1 = 0.59"},
      {"out_h1 = $0.5933$", "out_h1 = 0.5933"},
      {"w_5 out_{h1} + w_6 out_{h2} = 0.5", "w5·out_h1 + w6·out_h2 = 0.5"},
      {"- out_h1 = 0.5933\n2. out_h2 = 0.5969\n\\begin{align}\nE &= 0.2984\n\\end{align}",
       "out_h1 = 0.5933; out_h2 = 0.5969; E_total = 0.2984"},
      {"| w5 = 0.40 | w6 = 0.45 |", "w5 = 0.40; w6 = 0.45"},
      {"E = E_o1 + E_o2\n  = 0.2748 + 0.0236\n  = 0.2984",
       "E_total = E_o1 + E_o2 = 0.2748 + 0.0236 = 0.2984"},
      {"% out_h1 = 7\n\\(out_{h1} = 0.5933\\)", "out_h1 = 0.5933"},
  };
  for (const auto& row : table) EXPECT_EQ(read(row.input), row.expected) << row.input;
}

TEST_F(Reading, SaysWhatItCannotRead) {
  const struct {
    const char *input, *expected;
  } table[] = {
      {"out_h3 = 0.5", "1:1: unknown quantity 'out_h3' (did you mean 'out_h2'?)"},
      {"net_h1 = w1*zz", "1:13: unknown quantity 'zz'"},
      {"E_o1 = 1/2x", "1:8: this can be read in two ways: (1/2)·x or 1/(2·x) (write the brackets)"},
      {"E_o1 = 1/2(t1 - out_o1)^2",
       "1:8: this can be read in two ways: (1/2)·(…) or 1/(2·(…)) (write the brackets)"},
      {"out_h1 = 0,5933\nnet_h1 = 0.3775",
       "net_h1 = 0.3775; 1:10: a number with a comma (--decimal-comma reads it as a decimal "
       "point)"},
      {"E = (1 + 2", "1:5: this '(' is never closed"},
      {"E = foo(1)\nE = 0.2984", "E_total = 0.2984; 1:5: unknown function 'foo'"},
      {"Δw9 = -0.0411", "1:1: unknown quantity 'Δw9'"},
      {"dE/dw99 = 1", "1:4: unknown quantity 'w99'"},
  };
  for (const auto& row : table) EXPECT_EQ(read(row.input), row.expected) << row.input;
  EXPECT_EQ(read("out_h1 = 0,5933", {.decimal_comma = true}), "out_h1 = 0.5933");
  EXPECT_EQ(read("out_h1 = 0,5933"), "out_h1 = 0.5933");
}

}  // namespace
}  // namespace chalkgrad
