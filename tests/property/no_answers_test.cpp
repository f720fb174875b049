#include <gtest/gtest.h>

#include <set>

#include "tests/support/problems.hpp"
#include "tests/support/random_network.hpp"
#include "tests/support/slow_build.hpp"
#include "tracer/check/check.hpp"
#include "tracer/check/report/formats.hpp"
#include "tracer/numerals/agreement.hpp"
#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {
namespace {

/// The numerals in a text, without their signs.
std::set<std::string> numerals_in(const std::string& text) {
  std::set<std::string> found;
  for (std::size_t at = 0; at < text.size();) {
    const bool begins =
        is_digit(text[at]) && (at == 0 || !(is_letter(text[at - 1]) || text[at - 1] == '_'));
    std::size_t end = at;
    while (end < text.size() && (is_digit(text[end]) || text[end] == '.')) ++end;
    if (begins && end > at) {
      std::string numeral = text.substr(at, end - at);
      while (numeral.ends_with('.')) numeral.pop_back();
      found.insert(numeral);
    }
    at = std::max(end, at + 1);
  }
  return found;
}

/// What a report says, without the lines of the answer that it quotes.
std::string said(const FileReport& report) {
  std::string text;
  for (const Finding& finding : report.findings)
    text += finding.message + " " + finding.slip + " " + finding.place + "\n";
  return text;
}

/// No numeral in a report that is neither in the answer nor given agrees with a true value.
TEST(NoAnswers, NoTrueValueIsTold) {
  for (unsigned seed = 1; seed <= testing::rounds(40); ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    testing::Random random(seed);
    const std::string problem = testing::random_network(random);
    SCOPED_TRACE(problem);
    const Solution solution = testing::solve_text(problem);
    std::vector<double> truths;
    std::string answer;
    const auto ask = [&](const std::string& name, double truth) {
      truths.push_back(truth);
      const double wrong = truth * (0.4 + 0.1 * static_cast<double>(seed % 5)) - 0.3;
      answer += name + " = " +
                fmt::format("{:.{}f}", seed % 3 == 0 ? -truth : wrong, 1 + seed % 4) + "\n";
    };
    for (QuantityIndex q = 0; q < solution.quantities->size(); ++q) {
      const Quantity& quantity = (*solution.quantities)[q];
      if (!quantity.given && !quantity.automatic) ask(quantity.name, quantity.value);
    }
    for (const auto& [y, gradient] : solution.gradients)
      for (const auto& [x, value] : gradient) ask("d" + y + "/d" + x, value);
    for (const Update& update : solution.updates) ask(update.parameter + "+", update.after);
    Checker checker(solution, {.show_answers = false});
    const FileReport report = checker.check("answer.txt", answer);
    ASSERT_FALSE(report.findings.empty());
    const std::set<std::string> allowed = [&] {
      std::set<std::string> known = numerals_in(answer);
      known.merge(numerals_in(problem));
      return known;
    }();
    const std::string json = report_as_json({report}, {.show_answers = false});
    EXPECT_EQ(json.find("\"value\": 0"), std::string::npos);
    for (const std::string& numeral : numerals_in(said(report))) {
      if (allowed.contains(numeral) || numeral.find('.') == std::string::npos) continue;
      for (const double truth : truths)
        EXPECT_FALSE(is_agreement(agreement(numeral, std::abs(truth))))
            << numeral << " is " << truth << ", in\n"
            << said(report);
    }
  }
}

TEST(NoAnswers, WhatTeachesIsKept) {
  const Solution solution = testing::solve_text(testing::example_text("mazur"));
  Checker checker(solution, {.show_answers = false});
  const FileReport report =
      checker.check("", "w5+ = 0.40 - 0.0822 = 0.3178\ndE/dout_o1 = t1 - out_o1");
  EXPECT_EQ(said(report),
            "you wrote 0.0822; that is not η·∂E_total/∂w5; η is missing rate term 2 of 2\n"
            "right with the wrong number it comes from  result 0.3178\n"
            "that is not ∂E_total/∂out_o1; the sign is wrong sign \n");
}

TEST(AnotherVariant, IsRecognisedFirst) {
  const Solution solution = testing::solve_text(testing::example_text("mazur"));
  Checker checker(solution);
  const FileReport report = checker.check(
      "", "w1 = 0.25\nw2 = 0.30\ni1 = 0.05\nnet_h1 = 0.25*0.05 + 0.30*0.10 + 0.35 = 0.3925");
  ASSERT_EQ(report.conventions.size(), 1u);
  EXPECT_EQ(report.conventions[0], "w1 = 0.25 here, 0.15 in the problem: another variant?");
  // One number that differs may be a slip, and those after the update are no variant.
  EXPECT_TRUE(checker.check("", "w1 = 0.25\nw2 = 0.20").conventions.empty());
  EXPECT_TRUE(checker.check("", "w5 = 0.3589\nw6 = 0.4087").conventions.empty());
}

}  // namespace
}  // namespace chalkgrad
