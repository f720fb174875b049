#include "tracer/check/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <vector>

#include "tracer/check/judging/judge.hpp"
#include "tracer/check/judging/step_by_step.hpp"
#include "tracer/check/judging/transposition.hpp"
#include "tracer/check/reading/array_notation.hpp"
#include "tracer/check/reading/own_title.hpp"
#include "tracer/check/reading/reader.hpp"
#include "tracer/check/report/hints.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/expression/utf8.hpp"
#include "tracer/numerals/agreement.hpp"
#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

/// The order in which statements are judged: that of the file, but what a statement uses of the
/// writer's own is judged before it. The adjoints of a table are worked out from below.
std::vector<std::size_t> order_of(const Answer& answer, Scope& scope) {
  const std::size_t count = answer.statements.size();
  std::vector<std::size_t> order, stack;
  std::vector<bool> begun(count), done(count);
  for (std::size_t root = 0; root < count; ++root) {
    stack.push_back(root);
    while (!stack.empty()) {
      const std::size_t at = stack.back();
      if (begun[at]) {
        stack.pop_back();
        if (!done[at]) order.push_back(at);
        done[at] = true;
        continue;
      }
      begun[at] = true;
      scope.stand_at(at);
      for (const WrittenSide& side : answer.statements[at].sides) {
        for_each_leaf(side.expr, [&](const Expr& leaf) {
          if (!leaf.is(Expr::Kind::symbol)) return;
          const auto before = scope.statement_defining(leaf.text());
          if (before && !begun[*before]) stack.push_back(*before);
        });
      }
    }
  }
  return order;
}

std::string reading_of(const Chain& statement) {
  std::string text;
  for (const WrittenSide& side : statement.sides)
    text += (text.empty() ? "" : " = ") + print(side.expr);
  return text;
}

/// NaN if it is not updated.
double value_after_update(const Solution& solution, const std::string& name) {
  for (const Update& update : solution.updates)
    if (update.parameter == name) return update.after;
  return std::numeric_limits<double>::quiet_NaN();
}

/// Where perceptrons learn, w = 0.3 may be w behind any step.
bool is_corrected(const Solution& solution, const std::string& name) {
  return solution.descent &&
         std::any_of(
             solution.descent->parameters.begin(), solution.descent->parameters.end(),
             [&](const Descent::Parameter& one) { return one.correction && one.name == name; });
}

/// Whether the answer is to the same exercise with other numbers: at least two given quantities,
/// and half of those that it states, have another value than in the problem. Empty if not.
std::string other_variant(const Answer& answer, const Solution& solution) {
  std::size_t stated = 0, different = 0;
  std::string example;
  for (const Chain& statement : answer.statements) {
    const Expr& name = statement.sides[0].expr;
    const Expr& number = statement.sides[1].expr;
    if (statement.assigns || statement.sides.size() != 2 || !name.is(Expr::Kind::symbol) ||
        !number.is(Expr::Kind::number))
      continue;
    const Item* item = solution.problem.find(name.text());
    if (item == nullptr || !item->number || is_corrected(solution, item->name)) continue;
    const double updated = value_after_update(solution, item->name);
    ++stated;
    const double here = item->number->value();
    const bool same = std::abs(number.value() - here) <= 1e-9 * std::abs(here);
    if (same || is_agreement(agreement(number.text(), here)) ||
        is_agreement(agreement(number.text(), updated)))
      continue;
    ++different;
    if (example.empty())
      example = fmt::format("{} = {} here, {} in the problem", print(name), print(number),
                            print(*item->number));
  }
  return different >= 2 && 2 * different >= stated ? example + ": another variant?" : "";
}

/// "error going back to out = 3.58" may be about something else than out: what is not right of out
/// is not read, rather than wrong.
std::vector<Finding> benefit_of_doubt(const Chain& statement, std::vector<Finding> findings) {
  if (std::none_of(findings.begin(), findings.end(), is_wrong)) return findings;
  if (statement.has_unread_side) {
    // What was not read may say that something else is meant; that it was not is reported.
    std::erase_if(findings, is_wrong);
    return findings;
  }
  if (statement.has_two_readings)
    return {not_compared(statement, "this can be read in two ways; write the brackets")};
  if (statement.qualifier.empty()) return findings;
  return {not_compared(
      statement, fmt::format("with '{}' beside it, {} may be something else; it was not compared",
                             statement.qualifier, print(statement.sides.front().expr)))};
}

}  // namespace

Checker::Checker(const Solution& solution, CheckOptions options)
    : options_(options),
      vocabulary_(solution),
      base_(&vocabulary_),
      truth_(solution),
      slips_(truth_),
      later_(solution) {
  if (options_.hint > 0) options_.show_answers = false;
}

Checker::Judged Checker::judge(const std::string& text, const Conventions& conventions,
                               const Vocabulary& vocabulary) {
  Judged judged;
  judged.answer = read_answer(
      text, vocabulary, {.decimal_comma = options_.decimal_comma, .conventions = conventions});
  const Answer& answer = judged.answer;
  Scope scope(truth_, answer);
  judged.variant = other_variant(answer, truth_.solution());
  CheckOptions options = options_;
  options.name_slips = judged.variant.empty();  // nothing is learnt from slips in another exercise
  Judge judge(scope, slips_, answer, options);
  StepByStep steps(later_, answer, options);
  for (const std::size_t i : order_of(answer, scope)) {
    const Chain& statement = answer.statements[i];
    std::vector<Finding> findings = steps.judge(statement, i, judge.judge(statement, i));
    for (Finding& finding : benefit_of_doubt(statement, std::move(findings))) {
      if (!statement.element.empty())
        finding.place = statement.element + (finding.place.empty() ? "" : ", " + finding.place);
      judged.findings.push_back(std::move(finding));
    }
  }
  if (vocabulary.arrays().any()) name_transposed(judged.findings, answer, scope);
  return judged;
}

namespace {

/// The text of a report, which is printed, in pages and tables too, and so has to be UTF-8: a byte
/// that is none is a question mark, so that everything stands where it stood.
void make_printable(std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto c = utf8::decode(text, at);
    if (!c) text[at] = '?';
    at += c ? c->bytes : 1;
  }
}

}  // namespace

FileReport Checker::check(std::string path, std::string text) {
  FileReport report;
  report.path = std::move(path);
  report.text = std::move(text);
  // The line ends of old machines.
  if (report.text.find('\n') == std::string::npos)
    std::replace(report.text.begin(), report.text.end(), '\r', '\n');
  std::string text_of_answer = without_title(report.text, truth_.solution().problem.title);
  if (vocabulary_.arrays().any()) blank_labels_within_arrays(text_of_answer);
  Judged judged = judge_in_best_reading(text_of_answer, report);
  report.findings = std::move(judged.findings);
  const Answer& answer = judged.answer;
  report.passed_over = answer.passed_over;
  if (options_.echo)
    for (const Chain& statement : answer.statements)
      report.echoes.push_back(
          {{statement.sides.front().span.begin, statement.sides.back().span.end},
           reading_of(statement)});
  for (const Unreadable& one : answer.unreadable) {
    Finding finding;
    finding.span = one.span;
    finding.verdict = Verdict::unreadable;
    finding.statement = static_cast<std::size_t>(-1);
    finding.message = one.hint.empty() ? one.message : one.message + "; " + one.hint;
    report.findings.push_back(std::move(finding));
  }
  std::stable_sort(report.findings.begin(), report.findings.end(),
                   [](const Finding& a, const Finding& b) { return a.span.begin < b.span.begin; });
  if (options_.hint > 0) keep_to_hints(report, options_.hint);
  make_printable(report.text);
  return report;
}

}  // namespace chalkgrad
