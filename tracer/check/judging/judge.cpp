#include "tracer/check/judging/judge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tracer/check/judging/fractions.hpp"
#include "tracer/check/judging/wording.hpp"
#include "tracer/check/reading/assembly.hpp"
#include "tracer/derivation/decided_cases.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {

namespace {

/// How bad a verdict is, to choose the one that speaks for a link.
int severity(Verdict verdict) {
  switch (verdict) {
    case Verdict::wrong: return 6;
    case Verdict::mis_copy: return 5;
    case Verdict::last_digit: return 4;
    case Verdict::follows: return 3;
    case Verdict::ok_carried: return 2;
    case Verdict::ok_digits: return 1;
    default: return 0;
  }
}

}  // namespace

Judge::Judge(Scope& scope, SlipFinder& slips, const Answer& answer, const CheckOptions& options)
    : scope_(scope), slips_(slips), options_(options), acceptance_(scope, answer, options) {}

Verdict Judge::verdict_of(Agreement agreement) {
  switch (agreement) {
    case Agreement::rounded: return Verdict::ok;
    case Agreement::truncated: return Verdict::ok_digits;
    case Agreement::last_digit: return Verdict::last_digit;
    case Agreement::wrong: break;
  }
  return Verdict::wrong;
}

bool Judge::is_right(Verdict verdict) { return severity(verdict) <= 2; }

std::vector<Finding> Judge::judge(const Chain& statement, std::size_t number) {
  statement_ = number;
  scope_.stand_at(number);
  const bool states_value = statement.sides.size() == 2 && states_parameter(statement);
  const auto later = updates_written_ || states_value ? after_update(statement) : std::nullopt;
  if (!later) return judge_fractions(statement);
  const Previous before = previous_;
  acceptance_.begin_trial();
  std::vector<Finding> findings = judge_as(statement);
  const bool right = all_right(findings);
  acceptance_.end_trial(right);
  if (right) return findings;
  previous_ = before;
  acceptance_.begin_trial();
  std::vector<Finding> after = judge_as(*later);
  const bool right_after = all_right(after);
  acceptance_.end_trial(right_after);
  if (right_after) return after;
  previous_ = before;
  return judge_fractions(statement);
}

/// −8/9 is a number as −0.8889 is, if that makes the statement right.
std::vector<Finding> Judge::judge_fractions(const Chain& statement) {
  const auto whole = with_fractions_as_numbers(statement);
  if (!whole) return judge_as(statement);
  const Previous before = previous_;
  for (const Chain& reading : {statement, *whole}) {
    acceptance_.begin_trial();
    std::vector<Finding> findings = judge_as(reading);
    const bool right = all_right(findings);
    acceptance_.end_trial(right);
    if (right) return findings;
    previous_ = before;
  }
  return judge_as(statement);
}

std::vector<Finding> Judge::judge_as(const Chain& statement) {
  findings_.clear();
  subject_.reset();
  if (!may_go_on(statement)) acceptance_.begin_chain();
  std::vector<WorkingSide> sides;
  for (const WrittenSide& side : statement.sides) {
    sides.emplace_back(side);
    for (Slot& slot : sides.back().slots) slot.datum = acceptance_.is_datum(slot.value);
  }
  choose_subject(sides, statement.assigns);
  const std::size_t from = go_on(sides);
  for (std::size_t at = from; at < sides.size(); ++at) judge_link(sides, at);
  leave_out_definition(statement);
  if (subject_ && subject_->is(Expr::Kind::product)) {
    recent_products_.push_back(*subject_);
  } else {
    recent_products_.clear();
  }
  if (subject_ && subject_->is(Expr::Kind::symbol) && subject_->text().ends_with(updated_mark))
    updates_written_ = true;
  previous_ = {statement_, subject_, std::move(sides)};
  std::stable_sort(findings_.begin(), findings_.end(),
                   [](const Finding& a, const Finding& b) { return a.span.begin < b.span.begin; });
  return std::move(findings_);
}

bool Judge::all_right(const std::vector<Finding>& findings) {
  return std::all_of(findings.begin(), findings.end(),
                     [](const Finding& one) { return is_right(one.verdict); });
}

// --- links

void Judge::judge_link(std::vector<WorkingSide>& sides, std::size_t at) {
  WorkingSide& side = sides[at];
  const bool numbers_only = !side.names;
  // i2/2 for i1 is no line with numbers put in, but another formula.
  const bool formula =
      side.names && std::all_of(side.slots.begin(), side.slots.end(), [](const Slot& one) {
        return !one.datum && one.text.find_first_of(".eE") == std::string::npos;
      });
  if (!side.has_numbers() && side.names) {
    judge_names(sides, at);
  } else if (side.is_result()) {
    judge_result(sides, at);
  } else if (formula && subject_ &&
             scope_.compare(side.written, *subject_) == Sameness::different &&
             !lay_over(side, sides, at)) {
    judge_names(sides, at);
  } else if (numbers_only || !subject_ ||
             scope_.compare(side.written, *subject_) != Sameness::same) {
    judge_numbers(sides, at);
  } else {
    add(side, Verdict::ok);
  }
}

/// A side that has no numbers but those of formulas.
void Judge::judge_names(std::vector<WorkingSide>& sides, std::size_t at) {
  WorkingSide& side = sides[at];
  if (side.written == Expr::symbol(std::string(no_number))) {
    side.sound = false;
    add(side, Verdict::wrong).message = "NaN and infinity are equal to nothing";
    return;
  }
  const Sameness sameness = scope_.compare(side.written, *subject_);
  if (sameness == Sameness::same) {
    add(side, Verdict::ok);
    return;
  }
  const double here = scope_.value(side.written).value, truth = scope_.value(*subject_).value;
  // O3 = O4 = 0.7311 is said of their values.
  const bool values = is_name(side.written) && is_name(*subject_) && sides.back().is_result();
  if (values && std::abs(here - truth) <= 1e-12 * std::abs(truth)) {
    add(side, Verdict::ok).message = "the same value here";
    return;
  }
  if (sameness == Sameness::undecided && !(std::isfinite(here) && std::isfinite(truth))) {
    add(side, Verdict::undecided).message =
        "neither can be evaluated, here or at any point that was tried";
    side.sound = false;
    return;
  }
  if (holds_in_the_case_here(side.written)) {
    add(side, Verdict::ok);
    return;
  }
  const bool same_here = std::abs(here - truth) <= 1e-9 * std::abs(truth);
  if (agrees_with_own_numbers(side) || (same_here && rests_on_own_numbers(side.written))) {
    add(side, Verdict::ok_carried);
    return;
  }
  side.sound = false;
  remember_formula(side, here);
  const bool same_as_before = sides[at - 1].names && !sides[at - 1].sound &&
                              scope_.compare(side.written, sides[at - 1].written) == Sameness::same;
  const auto cause = cause_in_statement();
  Finding& finding = add(side, same_as_before ? Verdict::follows : Verdict::wrong);
  if (same_as_before) {
    finding.cause = cause;
    finding.message = "the same as the side before it, which is wrong";
    return;
  }
  wording::explain_formula(finding, side.written, *subject_, scope_, options_);
  if (options_.name_slips)
    name_slip(finding, slips_.in_formula(scope_, *subject_, side.written), SlipOf::formula);
}

/// Of relu′(net) = 1, because net > 0, nobody writes the other case.
bool Judge::holds_in_the_case_here(const Expr& written) {
  constexpr std::size_t longest = 200;
  const auto value_of = [this](const Expr& e) -> std::optional<Approximation> {
    const Approximation value = scope_.value(e);
    return std::isnan(value.value) ? std::nullopt : std::optional(value);
  };
  for (const Expr& definition : scope_.definitions(*subject_)) {
    if (definition.size() > longest) continue;
    const auto decided = decide_cases(with_branches(definition), value_of);
    if (decided && scope_.compare(written, decided->expr) == Sameness::same) return true;
  }
  return false;
}

bool Judge::lay_over(WorkingSide& side, const std::vector<WorkingSide>& sides, std::size_t at) {
  std::vector<double> values;
  for (const Slot& slot : side.slots) values.push_back(slot.value);
  Aligner aligner(scope_, values, [&](std::size_t slot, const Expr& meaning) {
    return acceptance_.fits(side.slots[slot], meaning);
  });
  std::optional<Alignment> best;
  const auto attempt = [&](const Expr& symbolic, bool sound) {
    if (best && best->mismatches == 0) return;
    const bool thorough = searches_left_ > 0;
    auto found = thorough ? aligner.align(side.slotted, symbolic)
                          : aligner.align_in_order(side.slotted, symbolic);
    if (thorough && (!found || found->mismatches > 0)) --searches_left_;
    if (!found || (best && found->mismatches >= best->mismatches)) return;
    best = std::move(found);
    side.sound = sound;
  };
  for (std::size_t before = at; before-- > 0 && before + longest_look_back > at;)
    if (sides[before].names) attempt(sides[before].written, sides[before].sound);
  if (subject_) attempt(*subject_, true);
  if (recent_products_.size() > 1 && recent_products_.size() == side.slots.size()) {
    std::vector<Term> terms;
    for (const Expr& product : recent_products_) terms.push_back({product, false});
    attempt(Expr::sum(std::move(terms)), true);
  }
  if (!best) return false;
  const auto paired = static_cast<int>(best->pairs.size());
  if (2 * best->mismatches > paired && !(side.names && paired == 1)) return false;
  for (Alignment::Pair& pair : best->pairs) side.slots[pair.slot].meaning = std::move(pair.meaning);
  side.aligned = true;
  return true;
}

void Judge::judge_numbers(std::vector<WorkingSide>& sides, std::size_t at) {
  WorkingSide& side = sides[at];
  if (!lay_over(side, sides, at)) {
    side.sound = true;
    return judge_by_value(sides, at);
  }
  const bool right_formula = side.sound;
  judge_slots(side);
  if (const auto slip = right_formula ? missing_factor(side) : std::nullopt) {
    judge_by_value(sides, at);
    if (findings_.back().verdict == Verdict::wrong && findings_.back().slip.empty())
      name_slip(findings_.back(), slip, SlipOf::formula);
    return;
  }
  for (const Slot& slot : side.slots) side.sound = side.sound && is_right(slot.verdict);
  const bool right_numbers = std::all_of(side.slots.begin(), side.slots.end(), [](const Slot& one) {
    return one.verdict == Verdict::ok;
  });
  if (!right_formula && right_numbers) {
    const auto cause = cause_in_statement();
    Finding& finding = add(side, Verdict::follows);
    finding.message = "right for the formula before it, which is wrong";
    finding.cause = cause;
  } else {
    report_slots(side);
  }
  take_parts(side);
}

/// Each number by what it stands for; signs may be written otherwise where that comes to the same.
void Judge::judge_slots(WorkingSide& side) {
  for (Slot& slot : side.slots) judge_slot(slot);
  accept_signs_that_do_not_matter(side);
  accept_signs_drawn_out(side);
  if (side.sound && (is_right_but_for_signs(side) || comes_to_the_same(side)))
    for (Slot& slot : side.slots) slot.verdict = Verdict::ok;
}

void Judge::judge_slot(Slot& slot) {
  if (!slot.meaning) return;
  const Approximation truth = scope_.value(*slot.meaning);
  slot.truth = truth.value;
  slot.verdict = verdict_of(acceptance_.agree(slot, *slot.meaning, truth));
  if (slot.verdict == Verdict::ok || slot.verdict == Verdict::ok_digits) return;
  if (const auto* entry = acceptance_.earlier(slot, *slot.meaning)) {
    slot.verdict = entry->right ? Verdict::ok_carried : Verdict::follows;
    slot.cause = entry->carried().cause;
    if (options_.strict && entry->right) slot.verdict = Verdict::last_digit;
    return;
  }
  Carried value = acceptance_.carried(*slot.meaning);
  if (!value.any) return;
  const Range range = acceptance_.range_of_carried(*slot.meaning, value, slot.truth);
  if (!is_agreement(acceptance_.with_range(slot, range))) return;
  slot.verdict = value.right ? Verdict::ok_carried : Verdict::follows;
  slot.cause = value.cause;
}

/// One finding for the link, about its worst number, and one for each other that is not plainly
/// right.
void Judge::report_slots(const WorkingSide& side) {
  const Slot* worst = nullptr;
  for (const Slot& slot : side.slots)
    if (severity(slot.verdict) > (worst == nullptr ? 0 : severity(worst->verdict))) worst = &slot;
  if (worst == nullptr) {
    add(side, Verdict::ok);
    return;
  }
  for (std::size_t i = 0; i < side.slots.size(); ++i) {
    const Slot& slot = side.slots[i];
    if (severity(slot.verdict) == 0) continue;
    Finding& finding = add(slot.span, slot.verdict, side.written);
    finding.quantity = print(*slot.meaning);
    finding.value = slot.truth;
    finding.place = place_of(side, i);
    if (slot.verdict == Verdict::follows) finding.cause = slot.cause;
    finding.formula = formula_of(*slot.meaning, finding.verdict);
    wording::explain_number(finding, slot, scope_, options_,
                            acceptance_.earlier(slot, *slot.meaning));
    if (slot.verdict == Verdict::wrong && options_.name_slips)
      name_slip(finding, slips_.in_number(scope_, *slot.meaning, slot.text), SlipOf::number);
  }
}

void Judge::take_parts(const WorkingSide& side) {
  for (const Slot& slot : side.slots)
    if (slot.meaning)
      acceptance_.take_part(*slot.meaning, Ledger::Entry{"", slot.value, is_right(slot.verdict),
                                                         slot.cause.value_or(slot.span.begin)}
                                               .carried());
}

/// A side of numbers that fits no formula that is known.
void Judge::judge_by_value(std::vector<WorkingSide>& sides, std::size_t at) {
  WorkingSide& side = sides[at];
  find_likely_values(side);
  const Range range = range_of(side, scope_, subject_.has_value());
  const double truth = subject_ ? scope_.value(*subject_).value : std::nan("");
  const auto contains = [](Range r, double x) {
    const double slack = 1e-9 * std::max(std::abs(x), std::abs(r.high - r.low));
    return x >= r.low - slack && x <= r.high + slack;
  };
  if (contains(range, truth)) {
    add(side, Verdict::ok);
    return;
  }
  if (subject_ && std::isfinite(truth) && agrees_with_own_numbers(side)) {
    add(side, Verdict::ok_carried);
    return;
  }
  const WorkingSide& before = sides[at - 1];
  if (before.has_numbers()) {
    const Range other = range_of(before, scope_, subject_.has_value());
    const double noise = other.error + range.error;
    if (other.low <= range.high + noise && range.low <= other.high + noise) {
      const bool right = before.sound || std::isnan(truth);
      side.sound = right;
      const auto cause = right ? std::nullopt : cause_in_statement();
      add(side, right ? (std::isnan(truth) ? Verdict::ok : Verdict::ok_carried) : Verdict::follows)
          .cause = cause;
      return;
    }
  }
  if (subject_) {
    // What was written for the subject itself says nothing about this line.
    const Carried value = is_name(*subject_) ? acceptance_.carried_by_definition(*subject_)
                                             : acceptance_.carried(*subject_);
    if (value.any && contains(range, value.value)) {
      side.sound = value.right;
      add(side, value.right ? Verdict::ok_carried : Verdict::follows).cause = value.cause;
      return;
    }
  }
  side.sound = false;
  if (std::isnan(truth) && !before.has_numbers()) {
    add(side, Verdict::undecided).message =
        subject_ ? fmt::format("{} has no value to compare with", print(*subject_))
                 : "there is nothing to compare it with";
    return;
  }
  if (side.names) remember_formula(side, scope_.value(side.written).value);
  Finding& finding = add(side, Verdict::wrong);
  wording::explain_value(finding, side, truth, scope_, options_);
  if (!subject_ || !options_.name_slips) return;
  auto slip = side.names ? slips_.in_formula(scope_, *subject_, side.written) : std::nullopt;
  if (!slip)
    slip = slips_.in_side(scope_, *subject_, side, [&](std::size_t slot, const Expr& e) {
      return acceptance_.fits(side.slots[slot], e);
    });
  name_slip(finding, slip, SlipOf::formula);
}

// --- findings

Finding& Judge::add(Span span, Verdict verdict, const Expr& reading) {
  Finding& finding = findings_.emplace_back();
  finding.span = span;
  finding.verdict = verdict;
  finding.statement = statement_;
  finding.reading = print(reading);
  if (subject_) {
    finding.subject = finding.quantity = print(*subject_);
    finding.value = scope_.value(*subject_).value;
    finding.formula = formula_of(*subject_, verdict);
  }
  return finding;
}

/// ∂E/∂w5 = ∂E/∂out·∂out/∂w5 = …, where a hint may tell it.
std::string Judge::formula_of(const Expr& what, Verdict verdict) {
  constexpr int level_of_formulas = 3;
  constexpr std::size_t longest = 80;
  if (options_.hint < level_of_formulas || is_right(verdict)) return {};
  const std::vector<Expr> definitions =
      is_name(what) ? scope_.definitions(what) : std::vector<Expr>{};
  if (definitions.empty() || definitions.front().size() > longest) return {};
  const Expr& first = definitions.front();
  std::string text = print(what) + " = " + print(first);
  const Expr worked_out =
      substitute(first, [this](const Expr& leaf) { return in_short(leaf, scope_); });
  if (!(worked_out == first)) text += " = " + print(worked_out);
  return text;
}

void Judge::name_slip(Finding& finding, const std::optional<Slip>& slip, SlipOf) const {
  if (!slip) return;
  // What the digits look like is the answer itself, and so is the value of another quantity.
  const bool tells = slip->id == slip::digit || slip->id == slip::neuron ||
                     slip->id == slip::updated || slip->id == slip::net_for_out ||
                     slip->id == slip::derivative;
  if (!options_.show_answers && options_.hint == 0 && tells) return;
  finding.slip = slip->id;
  finding.message += fmt::format("{}{}", finding.message.empty() ? "" : "; ", slip->description);
}

/// Where the same slip was made in another quantity before: "(1 − out_o1) is missing" in ∂E/∂net_o1
/// is what ∂E/∂w1 goes on from, with all digits of the calculator.
std::optional<std::size_t> Judge::same_slip_before(const std::optional<Slip>& slip) {
  if (!slip || !subject_) return std::nullopt;
  const bool of_a_formula = slip->id != slip::digit && slip->id != slip::neuron &&
                            slip->id != slip::derivative && slip->id != slip::early;
  const std::string subject = print(*subject_);
  const std::size_t here = findings_.back().span.begin;
  const auto [made, first] =
      slips_made_.try_emplace(slip->id + " " + slip->description, here, subject);
  if (first || !of_a_formula || made->second.second == subject || made->second.first > here)
    return std::nullopt;
  return made->second.first;
}

Finding& Judge::add(const WorkingSide& side, Verdict verdict) {
  return add(side.span, verdict, side.written);
}

}  // namespace chalkgrad
