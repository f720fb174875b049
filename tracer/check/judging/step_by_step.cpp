#include "tracer/check/judging/step_by_step.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tracer/expression/name.hpp"

namespace chalkgrad {

namespace {

bool any_wrong(const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(), is_wrong);
}

std::string subject_of(const std::vector<Finding>& findings) {
  return findings.empty() ? "" : findings.front().subject;
}

}  // namespace

Finding not_compared(const Chain& statement, std::string why) {
  Finding finding;
  finding.span = statement.sides.front().span;
  finding.verdict = Verdict::unreadable;
  finding.statement = static_cast<std::size_t>(-1);
  finding.message = std::move(why);
  return finding;
}

std::vector<Finding> StepByStep::judge(const Chain& statement, std::size_t number,
                                       std::vector<Finding> findings) {
  if (most_ == 0) return findings;
  std::size_t step = 0;
  bool wrong = any_wrong(findings);
  // Said a second time, behind an update: of the step that the file has come to.
  const bool again = wrong && reached_ > 0 && said_.contains(subject_of(findings));
  std::vector<Finding> of_last_step;
  for (std::size_t later = again ? reached_ : 0; wrong && later > 0; --later) {
    std::vector<Finding> found = in_step(later, statement, number);
    if (later == reached_) of_last_step = found;
    if (found.empty() || any_wrong(found)) continue;
    findings = std::move(found);
    step = later;
    wrong = false;
  }
  if (wrong && again && later_.know_updates()) return of_last_step;
  if (wrong && again)
    return {not_compared(
        statement,
        fmt::format("{} of a later step is not known; it was not compared", subject_of(findings)))};
  if (wrong) return findings;
  said_.insert(subject_of(findings));
  for (const Finding& one : findings)
    if (std::string_view(one.subject).ends_with(updated_mark))
      reached_ = std::max(reached_, std::min(step + 1, most_));
  return findings;
}

std::vector<Finding> StepByStep::in_step(std::size_t step, const Chain& statement,
                                         std::size_t number) {
  std::unique_ptr<Later>& judge = judges_[step];
  if (!judge) judge = std::make_unique<Later>(later_.after(step), answer_, options_);
  std::vector<Finding> findings = judge->judge.judge(statement, number);
  for (Finding& one : findings) {
    const std::string place = fmt::format("step {}", step + 1);
    one.place = one.place.empty() ? place : place + ", " + one.place;
  }
  return findings;
}

}  // namespace chalkgrad
