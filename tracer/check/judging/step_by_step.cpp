#include "tracer/check/judging/step_by_step.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tracer/check/reading/vocabulary.hpp"
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
  if (later_.correct()) return of_correction(statement, number, std::move(findings));
  const std::string subject = subject_of(findings);
  const bool is_of_update = subject.ends_with(updated_mark);
  std::size_t step = 0;
  bool wrong = any_wrong(findings);
  // Said a second time, behind an update: of the step that the file has come to.
  const bool again = wrong && reached_ > 0 && said_.contains(subject);
  std::vector<Finding> of_last_step;
  for (std::size_t later = again ? std::min(reached_, most_) : 0; wrong && later > 0; --later) {
    std::vector<Finding> found = in_step(later, statement, number);
    if (later == reached_) of_last_step = found;
    if (found.empty() || any_wrong(found)) continue;
    findings = std::move(found);
    step = later;
    wrong = false;
  }
  const bool known = later_.know_updates() && !slipped_ && !of_last_step.empty();
  if (wrong && again && known) findings = std::move(of_last_step);
  if (wrong && again && !known)
    return {not_compared(
        statement, fmt::format("{} of a later step is not known; it was not compared", subject))};
  said_.insert(subject);
  // E⁺ after the first step is the E of the second; w, which was given, is not w⁺ stated before.
  if (const std::string before = subject.substr(0, subject.size() - updated_mark.size());
      is_of_update && !later_.updates(before))
    said_.insert(before);
  if (is_of_update || std::any_of(findings.begin(), findings.end(), [](const Finding& one) {
        return std::string_view(one.subject).ends_with(updated_mark);
      })) {
    reached_ = std::max(reached_, (wrong && again ? reached_ : step) + 1);
    slipped_ = slipped_ || wrong;
  }
  return findings;
}

std::vector<Finding> StepByStep::of_correction(const Chain& statement, std::size_t number,
                                               std::vector<Finding> findings) {
  const std::string subject = subject_of(findings);
  if (subject.empty() || subject.find(after_steps) != std::string::npos) return findings;
  const Expr& head = statement.sides.front().expr;
  const std::size_t sample = head.is(Expr::Kind::symbol) ? sample_of(head.text()) : 0;
  if (sample > 0 && later_.is_given(head.text())) return findings;
  std::size_t step = turn_;
  while (sample > 0 && step % later_.samples() != sample - 1) ++step;
  if (step > most_)
    return any_wrong(findings)
               ? std::vector<Finding>{not_compared(
                     statement,
                     fmt::format("{} of a later step is not known; it was not compared", subject))}
               : findings;
  if (step != turn_) said_.clear();
  turn_ = step;
  std::vector<Finding> found = corrected_in(step, statement, number, findings);
  // What is said a second time belongs to the next sample.
  if (any_wrong(found) && sample == 0 && said_.contains(subject) && step < most_) {
    std::vector<Finding> next = corrected_in(step + 1, statement, number, findings);
    if (!next.empty() && !any_wrong(next)) {
      said_.clear();
      turn_ = step + 1;
      found = std::move(next);
    }
  }
  said_.insert(subject);
  // Before the first correction the weights are those of the file, in each sample.
  const bool corrects = subject.starts_with(change_mark) || subject.ends_with(updated_mark) ||
                        subject_of(found).ends_with(updated_mark);
  // So are those of who goes on with w = … behind what a sample has come to.
  const bool states_parameter = later_.updates(subject) && has_computed_;
  const bool goes_on = any_wrong(findings) && !any_wrong(found);
  has_corrected_ = has_corrected_ || corrects || states_parameter || goes_on;
  has_computed_ = has_computed_ || sample > 0;
  return any_wrong(found) && !any_wrong(findings) && !has_corrected_ ? findings : found;
}

/// In the step behind that many; `w = 0.5` may be what the step leads to.
std::vector<Finding> StepByStep::corrected_in(std::size_t step, const Chain& statement,
                                              std::size_t number,
                                              const std::vector<Finding>& of_first) {
  std::vector<Finding> found = step == 0 ? of_first : in_step(step, statement, number);
  if (found.empty()) found = of_first;
  const std::string subject = subject_of(found);
  if (!any_wrong(found) || !later_.updates(subject)) return found;
  Chain marked = statement;
  if (!marked.sides.front().expr.is(Expr::Kind::symbol)) return found;
  marked.sides.front().expr = Expr::symbol(subject + std::string(updated_mark));
  std::vector<Finding> after = in_step(step, marked, number);
  return after.empty() || any_wrong(after) ? found : after;
}

std::vector<Finding> StepByStep::in_step(std::size_t step, const Chain& statement,
                                         std::size_t number) {
  std::unique_ptr<Later>& judge = judges_[step];
  Truth* truth = later_.after(step);
  if (truth == nullptr) return {};
  if (!judge) judge = std::make_unique<Later>(*truth, answer_, options_);
  std::vector<Finding> findings = judge->judge.judge(statement, number);
  for (Finding& one : findings) {
    const std::string place = fmt::format("step {}", step + 1);
    one.place = one.place.empty() ? place : place + ", " + one.place;
  }
  return findings;
}

}  // namespace chalkgrad
