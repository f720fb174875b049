#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tests/support/random_network.hpp"
#include "tests/support/slow_build.hpp"
#include "tracer/check/check.hpp"
#include "tracer/formats/markdown.hpp"

/// What solve prints, check accepts: every style, level of detail, rule of digits and rounding, in
/// text and in LaTeX, without a relation that is not read.
namespace chalkgrad {
namespace {

using testing::example_text;
using testing::solve_text;

struct Manner {
  const char* name;
  SheetOptions sheet;
};

/// A problem in arrays has its matrices as well.
std::vector<Manner> styles(const Solution& solution) {
  std::vector<Manner> list = {{"textbook", {.style = Style::textbook}},
                              {"delta", {.style = Style::delta}},
                              {"paths", {.style = Style::paths, .max_paths = 5000}},
                              {"table", {.style = Style::table}},
                              {"tangents", {.style = Style::table, .mode = Mode::forward}}};
  if (default_style(solution.problem) == Style::matrix)
    list.push_back({"matrix", {.style = Style::matrix}});
  return list;
}

constexpr bool slow = testing::is_slow;
constexpr unsigned networks = slow ? 3 : 60;

std::vector<Numerals> rules_of_digits() {
  std::vector<Numerals> list;
  if (slow) return {{Precision::digits, 3}, {Precision::significant, 5}};
  for (const int digits : {1, 2, 3, 4, 6, 10, 15}) list.push_back({Precision::digits, digits});
  for (const int decimals : {1, 2, 3, 5, 9}) list.push_back({Precision::decimals, decimals});
  for (const int significant : {2, 3, 5, 8}) list.push_back({Precision::significant, significant});
  list.push_back({Precision::digits, 4, Rounding::half_even});
  list.push_back({Precision::digits, 4, Rounding::truncate});
  list.push_back({Precision::significant, 3, Rounding::truncate});
  list.push_back({.decimal_comma = true});
  return list;
}

/// What is not accepted, as the checker says it; empty if everything is.
std::string complaints(Checker& checker, const std::string& sheet) {
  const FileReport report = checker.check("sheet", sheet);
  if (status_of(report, {}) == CheckStatus::all_right) return {};
  LineIndex lines(report.text);
  std::string text = report.findings.empty() ? "nothing was checked" : "";
  for (const Finding& finding : report.findings) {
    if (finding.verdict == Verdict::ok || finding.verdict == Verdict::ok_digits ||
        finding.verdict == Verdict::ok_carried)
      continue;
    const Span line = lines.line_around(finding.span.begin);
    text += std::string(verdict_name(finding.verdict)) + ": " + finding.message + "\n" +
            report.text.substr(line.begin, line.end - line.begin) + "\n";
  }
  for (const Span& line : report.passed_over)
    text += "not read: " + report.text.substr(line.begin, line.end - line.begin) + "\n";
  return text;
}

/// Under a sanitizer a sheet in full is written in two formats, others in the three left.
void expect_accepted(const Solution& solution, Checker& checker, const SheetOptions& options) {
  Sheet sheet;
  try {
    sheet = make_sheet(solution, options);
  } catch (const std::domain_error&) {
    return;  // with numbers rounded to so few digits something has no value
  }
  const bool in_full = options.detail == Detail::full;
  if (!slow || in_full) {
    EXPECT_EQ(complaints(checker, render_text(sheet)), "");
    EXPECT_EQ(complaints(checker, render_latex(sheet, {.fragment = false})), "");
  }
  if (!slow || !in_full) {
    EXPECT_EQ(complaints(checker, render_text(sheet, {.ascii = true})), "");
    EXPECT_EQ(complaints(checker, render_latex(sheet, {.fragment = true})), "");
    EXPECT_EQ(complaints(checker, render_markdown(sheet)), "");
  }
}

class ClosedLoop : public ::testing::TestWithParam<std::string> {};

TEST_P(ClosedLoop, SheetsAreAcceptedInEveryManner) {
  const Solution solution = solve_text(example_text(GetParam()));
  Checker checker(solution);
  bool next_in_full = false;
  for (const Manner& style : styles(solution)) {
    SCOPED_TRACE(style.name);
    next_in_full = !next_in_full;
    for (const Detail detail : {Detail::brief, Detail::standard, Detail::full}) {
      if (slow && detail != (next_in_full ? Detail::full : Detail::brief)) continue;
      for (const bool approx : {false, true}) {
        if (slow && approx != (detail == Detail::full)) continue;
        SheetOptions options = style.sheet;
        options.detail = detail;
        options.approx = approx;
        expect_accepted(solution, checker, options);
      }
    }
  }
}

TEST_P(ClosedLoop, SheetsAreAcceptedWithAnyDigits) {
  const Solution solution = solve_text(example_text(GetParam()));
  Checker checker(solution);
  for (const Manner& style : styles(solution)) {
    for (const Carry carry : {Carry::exact, Carry::rounded}) {
      for (Numerals numerals : rules_of_digits()) {
        if (slow && (numerals.precision == Precision::digits) != (carry == Carry::exact)) continue;
        numerals.carry = carry;
        SCOPED_TRACE(::testing::Message()
                     << style.name << ", precision " << static_cast<int>(numerals.precision) << ' '
                     << numerals.count << ", rounding " << static_cast<int>(numerals.rounding)
                     << (carry == Carry::rounded ? ", carried" : ""));
        SheetOptions options = style.sheet;
        options.numerals = numerals;
        Sheet sheet;
        try {
          sheet = make_sheet(solution, options);
        } catch (const std::domain_error&) {
          continue;
        }
        EXPECT_EQ(complaints(checker, render_text(sheet)), "");
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Examples, ClosedLoop, ::testing::ValuesIn(testing::worked_examples()),
                         [](const auto& example) { return example.param; });

TEST(ClosedLoopProperty, SheetsOfRandomNetworksAreAccepted) {
  for (unsigned seed = 1; seed <= networks; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    testing::Random random(seed);
    const std::string text = testing::random_network(random);
    SCOPED_TRACE(text);
    const Solution solution = solve_text(text);
    Checker checker(solution);
    for (const Manner& style : styles(solution)) {
      for (const Carry carry : {Carry::exact, Carry::rounded}) {
        SCOPED_TRACE(style.name);
        SheetOptions options = style.sheet;
        options.numerals.carry = carry;
        options.numerals.count = 3 + static_cast<int>(seed % 4);
        expect_accepted(solution, checker, options);
      }
    }
  }
}

/// A sheet lists 1/3 as it was typed and puts it in as 0.3333.
TEST(ClosedLoopProperty, NumbersGivenAsExpressionsAreAccepted) {
  for (const char* text :
       {"input x1, x2 = 1/3, 2/3\nweight w1..w4 = 1/7, -2/7, 5*10^-1, pi/6\n"
        "weight w5, w6 = sqrt(2)/2, -1/11\nbias b = 1/6\n"
        "layer h1, h2 from x1, x2 weights w1..w4 bias b activation tanh\n"
        "layer o from h1, h2 weights w5, w6 activation sigmoid\n"
        "E = half_squared_error(1/3; out_o)\nderive E wrt all\n"
        "update all rate 0.1 momentum 0.9 weight decay 0.01\n",
        "samples x, t\n1/2 -1/3\npi/3, sqrt(2)\n1 -2/7\nweight w = 5*10^-3\nbias b = -1/3\n"
        "y = sigmoid(w*x + b)\nE = mean over samples of half_squared_error(t; y)\n"
        "derive E wrt all\nupdate all rate 0.5 repeat 3\n"}) {
    const Solution solution = solve_text(text);
    Checker checker(solution);
    for (const Manner& style : styles(solution)) {
      for (const Carry carry : {Carry::exact, Carry::rounded}) {
        SCOPED_TRACE(::testing::Message()
                     << style.name << (carry == Carry::rounded ? ", carried" : ""));
        for (const Detail detail : {Detail::brief, Detail::full}) {
          SheetOptions options = style.sheet;
          options.numerals.carry = carry;
          options.detail = detail;
          expect_accepted(solution, checker, options);
        }
      }
    }
  }
}

}  // namespace
}  // namespace chalkgrad
