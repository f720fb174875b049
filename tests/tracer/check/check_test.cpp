#include "tracer/check/check.hpp"
#include "tests/support/slow_build.hpp"

#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/check/reading/answer.hpp"

namespace chalkgrad {
namespace {

using testing::example_text;
using testing::solve_text;

/// line:written:verdict[:slip] of every finding that is not plainly ok.
std::string verdicts(const Solution& solution, const std::string& text,
                     const CheckOptions& options = {}) {
  Checker checker(solution, options);
  const FileReport report = checker.check("answers.txt", text);
  LineIndex lines(report.text);
  std::string result;
  for (const Finding& finding : report.findings) {
    if (finding.verdict == Verdict::ok) continue;
    result += (result.empty() ? "" : ", ") +
              std::to_string(lines.position(finding.span.begin).line) + ":" +
              text.substr(finding.span.begin, finding.span.end - finding.span.begin) + ":" +
              std::string(verdict_name(finding.verdict)) +
              (finding.slip.empty() ? "" : ":" + finding.slip);
  }
  return result.empty() ? "ok" : result;
}

class Mazur : public ::testing::Test {
 protected:
  std::string check(const std::string& text, const CheckOptions& options = {}) const {
    return verdicts(solution_, text, options);
  }
  Solution solution_ = solve_text(example_text("mazur"));
};

/// The figures of shared/published_numbers.md, section 2, with the verdicts stated there.
TEST(Slides, HaveTheirExactVerdicts) {
  EXPECT_EQ(
      verdicts(solve_text(example_text("merceron")),
               testing::file_text(testing::source_path("worked_examples/answers/merceron.txt"))),
      "5:0.25:wrong:wrong-neuron, 5:0.3775:mis-copy, 6:0.5932:ok-digits, "
      "7:0.20:wrong:wrong-neuron, 7:0.3925:mis-copy, 8:0.5968:ok-digits, "
      "9:0.5932:ok-digits, 9:0.5968:ok-digits, 9:0.50:wrong:wrong-neuron, "
      "9:1.1059:mis-copy, 17:0.5932:ok-digits, 18:0.1816:wrong, 18:0.5932:ok-digits, "
      "18:0.0821:mis-copy, 19:0.0821:ok-digits");
}

/// Section 1: all right, but for the last digit of one and the error after the step.
TEST_F(Mazur, TutorialHasItsExactVerdicts) {
  EXPECT_EQ(check(testing::file_text(testing::source_path("worked_examples/answers/mazur.md"))),
            "32:-0.019049119:last-digit, 33:-0.019049119:ok-carried, "
            "42:0.291027924:wrong:updated-weight");
}

TEST_F(Mazur, EveryVerdict) {
  const struct {
    const char *input, *expected;
  } table[] = {
      {"out_h1 = 0.5933", "ok"},
      {"out_h1 = 0.5932", "1:0.5932:ok-digits"},
      {"out_h1 = 0.594", "1:0.594:last-digit"},
      {"out_h1 = 0.5939", "1:0.5939:wrong:digit"},
      {"out_h1 = 0.593 = 0.5930", "1:0.5930:ok-carried"},
      {"E = 1/2*(0.01 - 0.75)^2 + 1/2*(0.99 - 0.77)^2 = 0.2980", "1:0.2980:ok-carried"},
      {"dE/dw5 = 0.7414*0.1868*0.5933 = 0.0822", "ok"},
      {"dE/dw5 = 0.7414*0.1816*0.5933 = 0.0822", "1:0.1816:wrong, 1:0.0822:mis-copy"},
      {"dE/dw5 = 0.7414*0.1816*0.5933 = 0.0799", "1:0.1816:wrong, 1:0.0799:follows"},
      {"dE/dw5 = 0.0872\nw5+ = 0.4 - 0.5*0.0872 = 0.3564",
       "1:0.0872:wrong:digit, 2:0.0872:follows, 2:0.3564:follows"},
      {"foo = 0.5", "1:foo:unreadable"},
      {"E = nan", "1:nan:wrong"},
      {"E = ∞", "1:∞:wrong"},
  };
  for (const auto& row : table) EXPECT_EQ(check(row.input), row.expected) << row.input;
}

TEST_F(Mazur, NumbersAsPeopleWriteThem) {
  const struct {
    const char *input, *expected;
  } table[] = {
      {"w7 = 0.5", "ok"},
      {"w7 = 0.50", "ok"},
      {"w7 = .5", "ok"},
      {"w7 = 5e-1", "ok"},
      {"w7 = 0.6", "1:0.6:wrong"},  // given numbers are exact
      {"net_h1 = 0.38", "ok"},      // 0.3775
      {"out_h1 = 1.", "ok"},        // to no decimals, and said so
      {"dE/dw1 = 0.000438568", "ok"},
      {"dE/dw1 = 4.386*10^-4", "ok"},
      {"dE/dw1 = 4.386*10^-5", "1:4.386*10^-5:wrong:digit"},
      {"dE/dw7 = -2.26*10^-2", "ok"},
      {"dE/dw7 = 0.0226", "1:0.0226:wrong:sign"},
      {"E_o1 = 0.2748 = 0.27", "ok"},
  };
  for (const auto& row : table) EXPECT_EQ(check(row.input), row.expected) << row.input;
}

/// Programs say in a comment what comes out; a remark is none, and behind += it is not known of
/// what it is.
TEST_F(Mazur, NumbersInComments) {
  const struct {
    const char *input, *expected;
  } table[] = {
      {"dE/dw5 = 0.7414*0.1868*0.5933   # 0.0822", "ok"},
      {"dE/dw5 = 0.7414*0.1868*0.5933   # 0.0922", "1:0.0922:wrong:digit"},
      {"dE/dw7 = -0.2171*0.1755*0.5933  # -0.0226\r\nout_h1 = 0.5933", "ok"},
      {"out_h1 = 0.5933   # 2 of 4", "ok"},
      {"out_h1 = 0.5933   # 1", "ok"},
  };
  for (const auto& row : table) EXPECT_EQ(check(row.input), row.expected) << row.input;
  EXPECT_EQ(check("w5 -= 0.5*0.0822   # 0.0411"), check("w5 -= 0.5*0.0822"));
}

/// Found by the fuzzer: 1/2x is told with its dividend, and there may be none.
TEST_F(Mazur, ADivisionOfNothingIsUnreadable) {
  for (const char* written : {"/2(3 = 0.5", "\\frac{\\frdE/dw5ac{\\frac{ x ={{{ 1"})
    EXPECT_NE(check(written), "ok") << written;
}

/// 0.41405 exactly: a whole exponent has no error, so the bound holds below a negative base.
TEST(CheckOfTies, KnowsThemBehindNegativeNumbers) {
  const Solution solution = testing::solve_text(
      "input out = 0.5\ntarget t = -0.41\ne = 1/2*(t - out)^2\nderive e wrt out\n");
  Checker checker(solution, {});
  for (const char* written : {"e = 1/2*(-0.41 - 0.5)^2 = 0.4141", "e = 1/2*(-0.91)^2 = 0.4140"})
    for (const Finding& one : checker.check("answer.txt", written).findings)
      EXPECT_NE(verdict_name(one.verdict), "mis-copy") << written << one.message;
}

/// A gradient of 1e-9 is not 2e-9; a tie may be rounded either way; zeros are zeros.
TEST(Numbers, SmallOnesTiesAndZeros) {
  const Solution solution = solve_text(
      "input x = 0.000000001\nweight w = 0.4985, v = 3\nbias b = 0\ny = w*x + b\nz = w + b\n"
      "u = v*v - 9\nderive y wrt w\n");
  EXPECT_EQ(verdicts(solution, "dy/dw = 1e-9\n"), "ok");
  EXPECT_EQ(verdicts(solution, "dy/dw = 2e-9\n"), "1:2e-9:wrong:half");
  EXPECT_EQ(verdicts(solution, "dy/dw = 0\n"), "1:0:wrong");
  EXPECT_EQ(verdicts(solution, "z = 0.499\n"), "ok");
  EXPECT_EQ(verdicts(solution, "z = 0.498\n"), "ok");
  EXPECT_EQ(verdicts(solution, "z = 0.497\n"), "1:0.497:wrong:digit");
  EXPECT_EQ(verdicts(solution, "y = 0.4985*0.000000001 + 0 = 0.0000000004985\n"), "ok");
  const Solution flat =
      solve_text("input x = 1e-5\nweight w = 3\nn = w*x\ny = tanh(n)\nderive y wrt w\n");
  EXPECT_EQ(verdicts(flat, "dy/dn = 1\n"), "ok");
  EXPECT_EQ(verdicts(flat, "dy/dw = (1 - tanh(n)^2)*x = 1*0.00001 = 0.00001\n"), "ok");
  EXPECT_EQ(verdicts(solution, "u = 0\n"), "ok");
  EXPECT_EQ(verdicts(solution, "u = 0.00\n"), "ok");
}

/// Lines without a left side: about what they fit, or mere arithmetic, which is exact.
TEST_F(Mazur, LinesOfNumbersAlone) {
  const struct {
    const char *input, *expected;
  } table[] = {
      {"0.15*0.05 + 0.20*0.10 + 0.35 = 0.3775", "ok"},
      {"0.7414 * 0.1868 * 0.5933 = 0.0822", "ok"},
      {"0.1 + 0.2 = 0.3", "ok"},
      {"0.1 + 0.2 = 0.4", "1:0.4:wrong"},
      {"0.5*0.0822 = 0.0412", "1:0.0412:wrong:digit"},
  };
  for (const auto& row : table) EXPECT_EQ(check(row.input), row.expected) << row.input;
}

TEST_F(Mazur, FormulasAreComparedWhateverTheNumbers) {
  const struct {
    const char *input, *expected;
  } table[] = {
      {"dE/dw5 = (out_o1 - t1)*out_o1*(1 - out_o1)*out_h1", "ok"},
      {"dE/dw5 = dE/dnet_o1 * dnet_o1/dw5", "ok"},
      {"dE/dw5 = dE/dout_o1 * dnet_o1/dw5", "1:dE/dout_o1 * dnet_o1/dw5:wrong:missing-factor"},
      {"dE/dout_h1 = dE_o1/dout_h1", "1:dE_o1/dout_h1:wrong:missing-path"},
      {"dE/dw5 = -(t1 - out_o1)*out_o1*out_h1",
       "1:-(t1 - out_o1)*out_o1*out_h1:wrong:missing-complement"},
      {"dE/dout_o1 = t1 - out_o1 = -0.7414", "1:t1 - out_o1:wrong:sign, 1:-0.7414:follows"},
      {"w5+ = w5 - dE/dw5", "1:w5 - dE/dw5:wrong:rate"},
      {"dE/dw5 = 2*(out_o1 - t1)*out_o1*(1 - out_o1)*out_h1", "1:2:wrong:half"},
      {"dnet_h1/dw1 = i1 = 0.05", "ok"},
      {"dnet_h1/dw1 = i2/2", "1:i2/2:wrong:wrong-neuron"},  // 0.05 too, but only here
  };
  for (const auto& row : table) EXPECT_EQ(check(row.input), row.expected) << row.input;
}

TEST_F(Mazur, Options) {
  EXPECT_EQ(check("out_h1 = 0.5932", {.strict = true}), "1:0.5932:last-digit");
  EXPECT_EQ(check("E = 0.27 + 0.02 = 0.29", {.strict = true}), "1:0.29:last-digit");
  Checker hidden(solution_, {.show_answers = false});
  for (const char* text : {"out_h1 = 0.5939", "dE/dw5 = 0.7414*0.1816*0.5933 = 0.0822",
                           "dE/dw5 = out_h1", "out_h1 = 0.5932", "dE/dw5 = 0.1 + 0.3"}) {
    for (const Finding& finding : hidden.check("", text).findings) {
      EXPECT_EQ(finding.message.find("0.593"), std::string::npos) << finding.message;
      EXPECT_EQ(finding.message.find("0.186"), std::string::npos) << finding.message;
      EXPECT_EQ(finding.message.find("0.082"), std::string::npos) << finding.message;
    }
  }
  // "The sign is wrong" tells the number; of a formula it is a hint.
  EXPECT_EQ(check("dE/dw7 = 0.0226", {.show_answers = false}), "1:0.0226:wrong:sign");
  EXPECT_EQ(check("dE/dout_o1 = t1 - out_o1", {.show_answers = false}), "1:t1 - out_o1:wrong:sign");
  FileReport report;
  EXPECT_EQ(status_of(report, {}), CheckStatus::unusable);
  report.findings.emplace_back();
  EXPECT_EQ(status_of(report, {}), CheckStatus::all_right);
  report.findings[0].verdict = Verdict::last_digit;
  EXPECT_EQ(status_of(report, {}), CheckStatus::statement_wrong);
  EXPECT_EQ(status_of(report, {.accept_last_digit = true}), CheckStatus::all_right);
}

TEST_F(Mazur, HostileTextIsReadToItsEnd) {
  std::string lines;
  for (int i = 0; i < testing::rounds(20'000); ++i) lines += "out_h1 = 0.5933\nout_h2 = 0.1234\n";
  EXPECT_EQ(Checker(solution_).check("", lines).findings.size(),
            2u * static_cast<unsigned>(testing::rounds(20'000)));
  std::string long_line = "net_h1 = 0.3775 ";
  while (long_line.size() < static_cast<std::size_t>(testing::rounds(1'000'000)))
    long_line += "and so on, ";
  EXPECT_EQ(check(long_line + " out_h1 = 0.1"), "1:0.1:wrong");
  std::string chain = "out_h1";
  while (chain.size() < static_cast<std::size_t>(testing::rounds(300'000))) chain += " = 0.5933";
  EXPECT_EQ(check(chain), "ok");
  std::string digits = "out_h1 = 0.";
  EXPECT_EQ(check(digits + std::string(static_cast<std::size_t>(testing::rounds(1'000'000)), '5'))
                .substr(0, 9),
            "1:0.55555");
  std::string fractions = "out_h1 = ";
  for (int i = 0; i < 3000; ++i) fractions += "\\frac{1}{";
  EXPECT_NE(check(fractions + "1" + std::string(3000, '}')), "");
  EXPECT_NE(check(std::string("out_h1 = ") + std::string(5000, '{')), "");
  std::string sum = "E = 0.1";
  while (sum.size() < static_cast<std::size_t>(testing::rounds(1'000'000))) sum += " + 0.1";
  EXPECT_EQ(Checker(solution_).check("", sum).findings.size(), 1u);
  EXPECT_EQ(check("\xff\xfe Gr\xfc\xdf"
                  "e: out_h1 = 0.5933\nout_h2 = 0.5969"),
            "ok");
  EXPECT_FALSE(check(std::string(100'000, '(') + " = 1").empty());
  EXPECT_FALSE(check("E = " + std::string(100'000, '{')).empty());
  EXPECT_FALSE(check(std::string("E = 0.2984\0\1\2 = 3", 17)).empty());
  std::string circle = "a = b + w1\nb = a + w1\na = 3\n";
  EXPECT_FALSE(check(circle).empty());
}

/// It is printed, and stands in pages and tables.
TEST_F(Mazur, TheTextOfAReportIsUtf8AndAsLong) {
  const struct {
    const char *input, *text;
  } table[] = {
      {"w5 = 0.4\xff\xe2\x88", "w5 = 0.4???"},
      {"δ_o1 = 0.1385", "δ_o1 = 0.1385"},
      {"\xb4 = 1\xe2", "? = 1?"},
  };
  for (const auto& row : table)
    EXPECT_EQ(Checker(solution_).check("", row.input).text, row.text) << row.text;
}

/// Where the numbers decide a case, nobody writes the others: its formula is right, here.
TEST(Check, TheCaseThatHoldsIsRight) {
  const std::string problem =
      "input x = 2\nweight w = -0.5\nweight v = 3\nnet = w*x\nh = elu(net)\ny = relu(v*x)\n"
      "E = |y - 2*h|\nderive E wrt w, v";
  const Solution solution = testing::solve_text(problem);
  const auto verdicts = [&](const std::string& answer) {
    Checker checker(solution);
    std::string text;
    for (const Finding& one : checker.check("a.txt", answer).findings)
      text += std::string(verdict_name(one.verdict)) + " ";
    return text;
  };
  EXPECT_EQ(verdicts("dh/dnet = exp(net)\n"), "ok ");
  EXPECT_EQ(verdicts("dy/dv = x = 2\n"), "ok ok ");
  EXPECT_EQ(verdicts("y = v*x = 6\nE = y - 2*h\n"), "ok ok ok ");
  EXPECT_EQ(verdicts("dE/dy = 1\ndE/dh = -2\n"), "ok ok ");
  // A condition claims nothing; what is said without one is read like everything else.
  EXPECT_EQ(verdicts("dy/dv = x = 2   because v*x = 6 > 0\n"), "ok ok ");
  EXPECT_EQ(verdicts("because y = 7, E = 3\n"), "wrong wrong ");
  // The other case is not.
  EXPECT_EQ(verdicts("dh/dnet = 1\n"), "wrong ");
  EXPECT_EQ(verdicts("E = 2*h - y\n"), "wrong ");
}

}  // namespace
}  // namespace chalkgrad
