#include "tracer/check/check.hpp"

#include <algorithm>
#include <vector>

#include "tracer/check/judging/judge.hpp"
#include "tracer/check/reading/reader.hpp"
#include "tracer/expression/printer.hpp"

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

}  // namespace

Checker::Checker(const Solution& solution, CheckOptions options)
    : options_(options), vocabulary_(solution), truth_(solution), slips_(truth_) {}

FileReport Checker::check(std::string path, std::string text) {
  FileReport report;
  report.path = std::move(path);
  report.text = std::move(text);
  const Answer answer =
      read_answer(report.text, vocabulary_, {.decimal_comma = options_.decimal_comma});
  Scope scope(truth_, answer);
  Judge judge(scope, slips_, answer, options_);
  for (const std::size_t i : order_of(answer, scope))
    for (Finding& finding : judge.judge(answer.statements[i], i))
      report.findings.push_back(std::move(finding));
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
  return report;
}

}  // namespace chalkgrad
