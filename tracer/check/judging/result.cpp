#include <fmt/format.h>

#include <cmath>

#include "tracer/check/judging/judge.hpp"
#include "tracer/check/judging/wording.hpp"

/// The part of the judge that knows results: where a number at the end of a chain may come from,
/// and what it is worth to later lines.
namespace chalkgrad {

void Judge::judge_result(std::vector<WorkingSide>& sides, std::size_t at) {
  WorkingSide& side = sides[at];
  Slot& slot = side.slots[0];
  const WorkingSide* before = at > 0 ? &sides[at - 1] : nullptr;
  const bool worked_out = before != nullptr && before->has_numbers() &&
                          !(before->names && before->sound && !before->aligned);
  const Approximation truth = subject_ ? scope_.value(*subject_) : Approximation{std::nan(""), 0};
  slot.truth = truth.value;
  slot.meaning = subject_;
  const Agreement true_value =
      subject_ ? acceptance_.agree(slot, *subject_, truth) : Agreement::wrong;

  Agreement digits = Agreement::wrong;
  std::optional<double> digits_give;
  if (worked_out) {
    const Range range = range_of(*before, scope_, subject_.has_value());
    digits = acceptance_.with_range(slot, range);
    std::vector<double> values;
    for (const Slot& one : before->slots) values.push_back(one.value);
    digits_give = value_with(before->slotted, values, scope_);
  }
  Verdict verdict = verdict_of(true_value);
  std::optional<std::size_t> cause = cause_in_statement();
  if (is_agreement(true_value)) {
    if (worked_out && !is_agreement(digits) && !before->is_result()) verdict = Verdict::mis_copy;
  } else if (worked_out && is_agreement(digits)) {
    verdict =
        before->sound ? (subject_ ? Verdict::ok_carried : verdict_of(digits)) : Verdict::follows;
  } else if (follows_formula(slot, before)) {
    verdict = Verdict::follows;
  } else if (const auto found = carried_to(slot, truth.value, sides, at)) {
    verdict = found->right ? Verdict::ok_carried : Verdict::follows;
    cause = found->cause;
  } else if (worked_out && digits == Agreement::last_digit) {
    verdict = before->sound ? Verdict::last_digit : Verdict::follows;
  } else if (std::isnan(truth.value) && !worked_out) {
    verdict = Verdict::undecided;
  }
  if (options_.strict && verdict == Verdict::ok_carried)
    verdict = true_value == Agreement::last_digit ? Verdict::last_digit : Verdict::wrong;
  slot.verdict = verdict;
  if (verdict == Verdict::follows) slot.cause = cause;
  side.sound = is_right(verdict);
  Finding& finding = add(slot.span, verdict, side.written);
  finding.value = truth.value;
  finding.place = worked_out ? "result " + slot.text : "";
  finding.cause = slot.cause;
  wording::explain_result(finding, slot, before, digits_give, scope_, options_);
  if (verdict == Verdict::wrong && options_.name_slips) {
    const auto found = slips_.in_result(scope_, subject_, slot.text, worked_out ? before : nullptr);
    const auto made = same_slip_before(found);
    if (made && !worked_out) {
      slot.verdict = finding.verdict = Verdict::follows;
      slot.cause = finding.cause = made;
      finding.message = "right with the wrong number it comes from, in all its digits";
    } else {
      name_slip(finding, found, SlipOf::number);
    }
  }
  remember(sides, at);
}

/// What is wrong in this statement so far, or what that follows from.
std::optional<std::size_t> Judge::cause_in_statement() const {
  for (const Finding& one : findings_) {
    if (one.verdict == Verdict::follows) return one.cause;
    if (!is_right(one.verdict)) return one.span.begin;
  }
  return std::nullopt;
}

/// The value of a formula before it that is wrong.
bool Judge::follows_formula(const Slot& slot, const WorkingSide* before) {
  if (before == nullptr || before->has_numbers() || before->sound) return false;
  const Approximation value = scope_.value(before->written);
  return is_agreement(agreement(slot.text, value.value, value.error));
}

/// What follows for a result from what was written before it: in the formulas of this chain, or in
/// the definitions of its subject.
std::optional<Carried> Judge::carried_to(const Slot& slot, double truth,
                                         const std::vector<WorkingSide>& sides, std::size_t at) {
  if (!subject_) return std::nullopt;
  if (const auto* entry = acceptance_.earlier(slot, *subject_)) return entry->carried();
  std::vector<Expr> formulas;
  for (std::size_t before = at; before-- > 0 && before + longest_look_back > at;)
    if (sides[before].names && !(sides[before].written == *subject_))
      formulas.push_back(sides[before].written);
  if (is_name(*subject_)) {
    for (const Expr& definition : scope_.definitions(*subject_)) formulas.push_back(definition);
  } else {
    formulas.push_back(*subject_);  // np.outer(delta, x), behind a wrong delta
  }
  for (const Expr& formula : formulas) {
    if (const auto* entry = acceptance_.earlier(slot, formula)) return entry->carried();
    const Carried found = acceptance_.carried(formula);
    if (!found.any) continue;
    const Range range = acceptance_.range_of_carried(formula, found, truth);
    if (is_agreement(acceptance_.with_range(slot, range))) return found;
  }
  return std::nullopt;
}

/// What a wrong formula comes to is what its writer goes on from, all digits of it.
void Judge::remember_formula(const WorkingSide& side, double value) {
  if (!subject_ || !is_name(*subject_) || !std::isfinite(value)) return;
  acceptance_.write(*subject_,
                    Ledger::Entry{fmt::format("{:.17g}", value), value, false, side.span.begin});
}

/// The number is the value of the subject, of other names in the chain if they are right, and of
/// products of derivatives: those of paths, that are added up later.
void Judge::remember(const std::vector<WorkingSide>& sides, std::size_t at) {
  if (!subject_) return;
  const Slot& slot = sides[at].slots[0];
  // A last digit that is off by one is a blemish here; those who go on from it are right.
  const bool right = is_right(slot.verdict) || slot.verdict == Verdict::last_digit;
  const Ledger::Entry entry{slot.text, slot.value, right, slot.cause.value_or(slot.span.begin)};
  acceptance_.write(*subject_, entry);
  for (std::size_t before = at; before-- > 0 && before + longest_look_back > at;) {
    const WorkingSide& side = sides[before];
    if (!side.has_numbers() && side.sound && !(side.written == *subject_))
      acceptance_.write(side.written, entry);
  }
}

}  // namespace chalkgrad
