#include "tracer/formats/trace.hpp"

#include <gtest/gtest.h>

#include "engine/backward.hpp"

namespace chalkgrad {
namespace {

class TraceTest : public ::testing::Test {
 protected:
  Graph graph_;
  Value w_ = graph_.variable("w", 0.5), x_ = graph_.constant("x", 2.0),
        t_ = graph_.constant("t", 0.8);
  Value y_ = sigmoid(w_ * x_).named("y");
  Value e_ = (0.5 * pow(t_ - y_, 2)).named("E");
};

TEST_F(TraceTest, FormatsAsText) {
  EXPECT_EQ(fmt::format("{:ascii,brief}", trace(e_, w_)), "  dE/dw = -0.06894*0.3932 = -0.02711");
  EXPECT_EQ(fmt::format("{:brief}", trace(e_, w_)), "  ∂E/∂w = −0.06894·0.3932 = −0.02711");
  const std::string text = fmt::format("{}", trace(e_, w_));
  EXPECT_TRUE(text.starts_with("  ∂E/∂w = ∂E/∂y · ∂y/∂w")) << text;
  EXPECT_TRUE(text.ends_with("−0.02711   from B2, B3")) << text;
}

TEST_F(TraceTest, FormatsAsLatex) {
  EXPECT_EQ(fmt::format("{:latex,brief}", trace(e_, w_)),
            "\\begin{align*}\n\\frac{\\partial E}{\\partial w} &= -0.06894 \\cdot 0.3932 = "
            "-0.02711\n\\end{align*}");
}

TEST_F(TraceTest, TakesTheDigitsOfItsOptions) {
  SheetOptions options;
  options.detail = Detail::brief;
  options.numerals.count = 6;
  EXPECT_EQ(fmt::format("{}", trace(e_, w_, options)),
            "  ∂E/∂w = −0.0689414·0.393224 = −0.0271094");
}

TEST_F(TraceTest, NamesWhatHasNoName) {
  const Value s = w_ * x_ + 1.0;
  const Value z = s * s;
  EXPECT_EQ(fmt::format("{:brief}", trace(z, w_)),
            "  v1 = w·x + 1 = 2\n  v2 = v1·v1 = 4\n\n  ∂v2/∂w = 4·2 = 8");
}

TEST_F(TraceTest, ValuesAreThoseOfTheReverseSweep) {
  const Trace result = trace(e_, w_);
  EXPECT_DOUBLE_EQ(result.derivation().steps.back().value, backward(e_)[w_]);
}

/// C++ code may name a value anything; the reader of a file would not let this pass.
TEST_F(TraceTest, NamesReachLatexEscaped) {
  const Value evil = graph_.variable("\\input{x}%$&#_^~", 2);
  const std::string latex = fmt::format("{:latex,brief}", trace((evil * evil).named("q"), evil));
  EXPECT_EQ(latex.find("\\input"), std::string::npos) << latex;
  EXPECT_EQ(latex.find('$'), latex.find("\\$") + 1) << latex;
  EXPECT_EQ(latex.find('%'), latex.find("\\%") + 1) << latex;
  EXPECT_EQ(latex.find('#'), latex.find("\\#") + 1) << latex;
}

TEST_F(TraceTest, RefusesWrongUse) {
  Graph other;
  const Value z = other.variable("z", 1);
  EXPECT_THROW((void)trace(e_, z), GraphError);
  EXPECT_THROW((void)fmt::format(fmt::runtime("{:html}"), trace(e_, w_)), fmt::format_error);
}

TEST_F(TraceTest, ExpressionsFormatToo) {
  const Expr e = trace(e_, w_).derivation().steps.back().formula;
  EXPECT_EQ(fmt::format("{}", e), "−(t − y)·y·(1 − y)·x");
  EXPECT_EQ(fmt::format("{:latex}", e), "-(t - y) \\cdot y \\cdot (1 - y) \\cdot x");
}

}  // namespace
}  // namespace chalkgrad
