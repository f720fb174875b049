#include "tracer/check/judge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "tracer/check/reading/assembly.hpp"
#include "tracer/check/wording.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {

namespace {

bool is_leaf(const Expr& e) { return e.is(Expr::Kind::symbol) || e.is(Expr::Kind::derivative); }

/// Of longer expressions nobody remembers the value.
constexpr std::size_t longest_remembered = 60;

/// How far back in a chain the formula of a line is looked for.
constexpr std::size_t longest_look_back = 20;

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

/// Of 0.0821 three; zeros at the end of a whole number do not count.
std::size_t significant_digits(std::string_view text) {
  const auto decimal = Decimal::parse(text);
  if (!decimal) return 0;
  std::string digits = decimal->digits;
  if (text.find_first_of(".eE") == std::string_view::npos)
    while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  return digits.size();
}

bool is_right(Verdict verdict) { return severity(verdict) <= 2; }

Verdict from(Agreement agreement) {
  switch (agreement) {
    case Agreement::rounded: return Verdict::ok;
    case Agreement::truncated: return Verdict::ok_digits;
    case Agreement::last_digit: return Verdict::last_digit;
    case Agreement::wrong: break;
  }
  return Verdict::wrong;
}

/// 0.40 for 0.4: a given number that short is meant exactly.
bool is_exact_datum(const Expr& meaning, const Solution& solution) {
  constexpr std::size_t most_digits = 6;
  if (!meaning.is(Expr::Kind::symbol)) return false;
  if (meaning == solution.rate_symbol) return true;
  const Item* item = solution.problem.find(meaning.text());
  if (item == nullptr || !item->number) return false;
  return Decimal::shortest(item->number->value()).digits.size() <= most_digits;
}

}  // namespace

Judge::Judge(Scope& scope, SlipFinder& slips, const Answer& answer, const CheckOptions& options)
    : scope_(scope), slips_(slips), options_(options) {
  const Solution& solution = scope_.truth().solution();
  for (const Item& item : solution.problem.items)
    if (item.number) data_.insert(std::abs(item.number->value()));
  if (solution.descent)
    data_.insert({solution.descent->rate, solution.descent->momentum, solution.descent->decay});
  for (const Chain& statement : answer.statements) {
    for (const WrittenSide& side : statement.sides) {
      for (const WrittenNumber& number : side.numbers) {
        const auto decimal = Decimal::parse(number.text);
        const bool whole = number.text.find_first_of(".eE") == std::string::npos;
        if (!decimal || whole || data_.contains(std::abs(decimal->value()))) continue;
        digits_kept_ = std::max(digits_kept_, significant_digits(number.text));
      }
    }
  }
}

std::vector<Finding> Judge::judge(const Chain& statement, std::size_t number) {
  statement_ = number;
  findings_.clear();
  parts_.clear();
  subject_.reset();
  scope_.stand_at(number);
  std::vector<WorkingSide> sides;
  for (const WrittenSide& side : statement.sides) {
    sides.emplace_back(side);
    for (Slot& slot : sides.back().slots) slot.datum = data_.contains(std::abs(slot.value));
  }
  choose_subject(sides, statement.assigns);
  for (std::size_t at = 1; at < sides.size(); ++at) judge_link(sides, at);
  if (subject_ && subject_->is(Expr::Kind::product)) {
    recent_products_.push_back(*subject_);
  } else {
    recent_products_.clear();
  }
  std::stable_sort(findings_.begin(), findings_.end(),
                   [](const Finding& a, const Finding& b) { return a.span.begin < b.span.begin; });
  return std::move(findings_);
}

// --- what a statement is about

void Judge::choose_subject(std::vector<WorkingSide>& sides, bool assigns) {
  for (const WorkingSide& side : sides) {
    if (!side.names) continue;
    if (!subject_) subject_ = side.written;
    if (is_leaf(side.written)) {
      subject_ = side.written;
      break;
    }
  }
  // w5 = w5 − 0.5·0.0821 is what w5 becomes.
  const Solution& solution = scope_.truth().solution();
  const bool is_parameter =
      subject_ && subject_->is(Expr::Kind::symbol) && solution.descent &&
      std::any_of(solution.descent->parameters.begin(), solution.descent->parameters.end(),
                  [&](const auto& one) { return one.name == subject_->text(); });
  const bool worked_out = std::any_of(sides.begin(), sides.end(), [&](const WorkingSide& side) {
    return !side.is_result() && !is_leaf(side.written);
  });
  if (is_parameter && (worked_out || assigns) && is_leaf(sides[0].written)) {
    subject_ = Expr::symbol(subject_->text() + std::string(updated_mark));
    sides[0].written = sides[0].slotted = *subject_;
  }
  if (!subject_) infer_subject(sides);
}

/// A line of numbers alone is about the quantity whose definition it fits best.
void Judge::infer_subject(std::vector<WorkingSide>& sides) {
  WorkingSide& first = sides[0];
  if (first.is_result() || !sides.back().is_result()) return;
  std::optional<Expr> best;
  int fewest = 0;
  for (const Expr& candidate : candidates()) {
    const bool agrees = fits(sides.back().slots[0], candidate);
    std::vector<double> values;
    for (const Slot& slot : first.slots) values.push_back(slot.value);
    Aligner aligner(scope_, values, [&](std::size_t slot, const Expr& meaning) {
      return fits(first.slots[slot], meaning);
    });
    // Only what the result speaks for is tried in any order.
    const auto alignment = agrees ? aligner.align(first.slotted, candidate)
                                  : aligner.align_in_order(first.slotted, candidate);
    if (!alignment || alignment->pairs.empty()) continue;
    const auto paired = static_cast<int>(alignment->pairs.size());
    const int misses = 2 * alignment->mismatches + (agrees ? 0 : 3);
    if (2 * alignment->mismatches > paired || (!agrees && alignment->mismatches > 0)) continue;
    if (best && misses >= fewest) continue;
    best = candidate;
    fewest = misses;
  }
  if (!best) return;
  subject_ = best;
  if (lay_over(first, sides, 0)) {
    for (Slot& slot : first.slots) judge_slot(slot);
    report_slots(first);
    take_parts(first);
  }
}

std::vector<Expr> Judge::candidates() const {
  constexpr std::size_t most = 400;  // a line without a left side in a huge problem is not guessed
  const Solution& solution = scope_.truth().solution();
  std::vector<Expr> list;
  for (const Item& item : solution.problem.items)
    if (item.definition) list.push_back(Expr::symbol(item.name));
  for (const Step& step : solution.derivation.steps) list.push_back(step.symbol());
  for (const Update& update : solution.updates)
    list.push_back(Expr::symbol(update.parameter + std::string(updated_mark)));
  if (list.size() > most) list.clear();
  return list;
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
  // 0.3775 = net_h1: the number stands on the left.
  if (sides[at - 1].is_result() && at == 1 && subject_) {
    std::vector<WorkingSide> turned = {side, sides[0]};
    return judge_result(turned, 1);
  }
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
  if (sameness == Sameness::undecided && !(std::isfinite(here) && std::isfinite(truth))) {
    add(side, Verdict::undecided).message =
        "neither can be evaluated, here or at any point that was tried";
    side.sound = false;
    return;
  }
  side.sound = false;
  const bool same_as_before = sides[at - 1].names && !sides[at - 1].sound &&
                              scope_.compare(side.written, sides[at - 1].written) == Sameness::same;
  Finding& finding = add(side, same_as_before ? Verdict::follows : Verdict::wrong);
  if (same_as_before) {
    finding.message = "the same as the side before it, which is wrong";
    return;
  }
  wording::explain_formula(finding, side.written, *subject_, scope_, options_);
  name_slip(finding, slips_.in_formula(scope_, *subject_, side.written));
}

bool Judge::lay_over(WorkingSide& side, const std::vector<WorkingSide>& sides, std::size_t at) {
  std::vector<double> values;
  for (const Slot& slot : side.slots) values.push_back(slot.value);
  Aligner aligner(scope_, values, [&](std::size_t slot, const Expr& meaning) {
    return fits(side.slots[slot], meaning);
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
  for (Slot& slot : side.slots) {
    judge_slot(slot);
    side.sound = side.sound && is_right(slot.verdict);
  }
  const bool right_numbers = std::all_of(side.slots.begin(), side.slots.end(), [](const Slot& one) {
    return one.verdict == Verdict::ok;
  });
  if (!right_formula && right_numbers) {
    add(side, Verdict::follows).message = "right for the formula before it, which is wrong";
  } else {
    report_slots(side);
  }
  take_parts(side);
}

void Judge::judge_slot(Slot& slot) {
  if (!slot.meaning) return;
  const Approximation truth = scope_.value(*slot.meaning);
  slot.truth = truth.value;
  slot.verdict = from(agree(slot, *slot.meaning, truth));
  if (slot.verdict == Verdict::ok || slot.verdict == Verdict::ok_digits) return;
  if (const auto* entry = earlier(slot, *slot.meaning)) {
    slot.verdict = entry->right ? Verdict::ok_carried : Verdict::follows;
    if (options_.strict && entry->right) slot.verdict = Verdict::last_digit;
    return;
  }
  Carried value = carried(*slot.meaning);
  if (!value.any) return;
  const Range range{std::min(value.value, slot.truth), std::max(value.value, slot.truth)};
  if (is_agreement(with_range(slot, value.right ? range : Range{value.value, value.value})))
    slot.verdict = value.right ? Verdict::ok_carried : Verdict::follows;
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
    wording::explain_number(finding, slot, scope_, options_, earlier(slot, *slot.meaning));
    if (slot.verdict == Verdict::wrong)
      name_slip(finding, slips_.in_number(scope_, *slot.meaning, slot.text));
  }
}

/// A side of numbers that fits no formula that is known.
void Judge::judge_by_value(std::vector<WorkingSide>& sides, std::size_t at) {
  WorkingSide& side = sides[at];
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
  const WorkingSide& before = sides[at - 1];
  if (before.has_numbers()) {
    const Range other = range_of(before, scope_, subject_.has_value());
    if (other.low <= range.high && range.low <= other.high) {
      const bool right = before.sound || std::isnan(truth);
      side.sound = right;
      add(side, right ? (std::isnan(truth) ? Verdict::ok : Verdict::ok_carried) : Verdict::follows);
      return;
    }
  }
  if (subject_) {
    // What was written for the subject itself says nothing about this line.
    const Carried value =
        is_leaf(*subject_) ? carried_by_definition(*subject_, 0) : carried(*subject_);
    if (value.any && contains(range, value.value)) {
      side.sound = value.right;
      add(side, value.right ? Verdict::ok_carried : Verdict::follows);
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
  Finding& finding = add(side, Verdict::wrong);
  wording::explain_value(finding, side, truth, scope_, options_);
  if (!subject_) return;
  auto slip = side.names ? slips_.in_formula(scope_, *subject_, side.written) : std::nullopt;
  if (!slip)
    slip = slips_.in_side(scope_, *subject_, side, [&](std::size_t slot, const Expr& e) {
      return fits(side.slots[slot], e);
    });
  name_slip(finding, slip);
}

// --- results

void Judge::judge_result(std::vector<WorkingSide>& sides, std::size_t at) {
  WorkingSide& side = sides[at];
  Slot& slot = side.slots[0];
  const WorkingSide* before = at > 0 ? &sides[at - 1] : nullptr;
  const bool worked_out = before != nullptr && before->has_numbers() &&
                          !(before->names && before->sound && !before->aligned);
  const Approximation truth = subject_ ? scope_.value(*subject_) : Approximation{std::nan(""), 0};
  slot.truth = truth.value;
  slot.meaning = subject_;
  const Agreement true_value = subject_ ? agree(slot, *subject_, truth) : Agreement::wrong;

  Agreement digits = Agreement::wrong;
  std::optional<double> digits_give;
  if (worked_out) {
    const Range range = range_of(*before, scope_, subject_.has_value());
    digits = with_range(slot, range);
    std::vector<double> values;
    for (const Slot& one : before->slots) values.push_back(one.value);
    digits_give = value_with(before->slotted, values, scope_);
  }
  Verdict verdict = from(true_value);
  if (is_agreement(true_value)) {
    if (worked_out && !is_agreement(digits) && !before->is_result()) verdict = Verdict::mis_copy;
  } else if (worked_out && is_agreement(digits)) {
    verdict = before->sound ? (subject_ ? Verdict::ok_carried : from(digits)) : Verdict::follows;
  } else if (follows_formula(slot, before)) {
    verdict = Verdict::follows;
  } else if (const auto found = carried_to(slot, truth.value, sides, at)) {
    verdict = found->right ? Verdict::ok_carried : Verdict::follows;
  } else if (worked_out && digits == Agreement::last_digit) {
    verdict = before->sound ? Verdict::last_digit : Verdict::follows;
  } else if (std::isnan(truth.value) && !worked_out) {
    verdict = Verdict::undecided;
  }
  if (options_.strict && verdict == Verdict::ok_carried)
    verdict = true_value == Agreement::last_digit ? Verdict::last_digit : Verdict::wrong;
  slot.verdict = verdict;
  side.sound = is_right(verdict);
  Finding& finding = add(slot.span, verdict, side.written);
  finding.value = truth.value;
  finding.place = worked_out ? "result " + slot.text : "";
  wording::explain_result(finding, slot, before, digits_give, scope_, options_);
  if (verdict == Verdict::wrong)
    name_slip(finding,
              slips_.in_result(scope_, subject_, slot.text, worked_out ? before : nullptr));
  remember(sides, at);
}

/// The value of a formula before it that is wrong.
bool Judge::follows_formula(const Slot& slot, const WorkingSide* before) {
  if (before == nullptr || before->has_numbers() || before->sound) return false;
  const Approximation value = scope_.value(before->written);
  return is_agreement(agreement(slot.text, value.value, value.error));
}

/// What follows for a result from what was written before it: in the formulas of this chain, or in
/// the definitions of its subject.
std::optional<Judge::Carried> Judge::carried_to(const Slot& slot, double truth,
                                                const std::vector<WorkingSide>& sides,
                                                std::size_t at) {
  if (!subject_) return std::nullopt;
  if (const auto* entry = earlier(slot, *subject_))
    return Carried{entry->value, entry->right, true};
  std::vector<Expr> formulas;
  for (std::size_t before = at; before-- > 0 && before + longest_look_back > at;)
    if (sides[before].names && !(sides[before].written == *subject_))
      formulas.push_back(sides[before].written);
  if (is_leaf(*subject_))
    for (const Expr& definition : scope_.definitions(*subject_)) formulas.push_back(definition);
  for (const Expr& formula : formulas) {
    if (const auto* entry = earlier(slot, formula))
      return Carried{entry->value, entry->right, true};
    Carried found;
    found.value = scope_.value(with_written(formula, found)).value;
    if (!found.any) continue;
    const Range range = found.right && std::isfinite(truth)
                            ? Range{std::min(found.value, truth), std::max(found.value, truth)}
                            : Range{found.value, found.value};
    if (is_agreement(with_range(slot, range))) return found;
  }
  return std::nullopt;
}

// --- numbers

/// A whole number is exact, unless the writer has numbers with fractions, and none of them has more
/// digits: then it may have been rounded, 139 for 138.8 where three digits are kept. 0 is exact.
std::string Judge::precise_text(const Slot& slot) const {
  const bool whole = slot.text.find_first_of(".eE") == std::string::npos;
  const bool exact = digits_kept_ == 0 || slot.value == 0;
  if (!whole || exact || significant_digits(slot.text) < digits_kept_) return slot.text;
  return slot.text + ".";
}

/// A given number, or a derivative that is one: ∂net/∂w = i.
bool Judge::is_exact(const Expr& meaning) const {
  const Solution& solution = scope_.truth().solution();
  if (!meaning.is(Expr::Kind::derivative)) return is_exact_datum(meaning, solution);
  const std::vector<Expr> definitions = scope_.definitions(meaning);
  return !definitions.empty() && is_exact_datum(definitions.front(), solution);
}

/// Beyond fourteen digits a number can be told from another only as far as arithmetic goes.
bool Judge::is_same_double(const Slot& slot, double value, double error) {
  constexpr double few_units = 8 * std::numeric_limits<double>::epsilon();
  return significant_digits(slot.text) > 13 &&
         std::abs(slot.value - value) <= std::max(error, few_units * std::abs(value));
}

Agreement Judge::agree(const Slot& slot, const Expr& meaning, Approximation truth) const {
  if (is_same_double(slot, truth.value, truth.error)) return Agreement::rounded;
  // 1 for 0.9999999996: a whole number is exact as far as anybody counts.
  constexpr double six_digits = 5e-7;
  const bool whole = slot.text.find_first_of(".eE") == std::string::npos;
  if (whole && !is_exact(meaning) &&
      std::abs(slot.value - truth.value) <= six_digits * std::abs(slot.value))
    return Agreement::rounded;
  Agreement found = agreement(precise_text(slot), truth.value, truth.error);
  if (found == Agreement::rounded && is_exact(meaning) &&
      !distance(*Decimal::parse(slot.text), Decimal::of(truth.value)).is_zero())
    found = Agreement::wrong;
  if (found == Agreement::truncated && options_.strict) found = Agreement::last_digit;
  return found;
}

Agreement Judge::with_range(const Slot& slot, Range range) const {
  if (!std::isfinite(range.low) || !std::isfinite(range.high)) return Agreement::wrong;
  const double nearest = range.nearest(slot.value);
  const double meant = std::abs(nearest) <= range.error ? 0 : nearest;
  if (is_same_double(slot, meant, range.error)) return Agreement::rounded;
  Agreement found = agreement(precise_text(slot), meant, range.error);
  if (found == Agreement::truncated && options_.strict) found = Agreement::last_digit;
  return found;
}

const Ledger::Entry* Judge::earlier(const Slot& slot, const Expr& meaning) const {
  if (is_exact(meaning)) return nullptr;
  const bool turned = meaning.is_negation();
  const std::string other = slot.text.starts_with('-') ? slot.text.substr(1) : "-" + slot.text;
  const auto* entry = ledger_.like(turned ? meaning.part(0) : meaning, turned ? other : slot.text);
  // 0.60 claims more than the 0.6 it comes from.
  const bool longer =
      entry != nullptr && entry->text != slot.text && entry->text != other &&
      Decimal::parse(slot.text)->decimals() > Decimal::parse(entry->text)->decimals();
  return longer ? nullptr : entry;
}

bool Judge::fits(const Slot& slot, const Expr& meaning) {
  const Approximation truth = scope_.value(meaning);
  // One digit may stand for a name or the product along a path, but not for any part of a formula:
  // too much would fit.
  bool symbols = false;
  for_each_leaf(meaning,
                [&](const Expr& leaf) { symbols = symbols || !leaf.is(Expr::Kind::derivative); });
  const Expr& inner = meaning.is_negation() ? meaning.part(0) : meaning;
  if (!is_leaf(inner) && symbols && significant_digits(slot.text) < 2 &&
      std::abs(slot.value - truth.value) > 1e-9 * std::abs(truth.value))
    return false;
  if (is_agreement(agree(slot, meaning, truth))) return true;
  if (earlier(slot, meaning) != nullptr) return true;
  const Carried value = carried(meaning);
  if (!value.any) return false;
  const bool narrow = !value.right || !std::isfinite(truth.value);
  const Range range =
      narrow ? Range{value.value, value.value}
             : Range{std::min(value.value, truth.value), std::max(value.value, truth.value)};
  return is_agreement(with_range(slot, range));
}

Judge::Carried Judge::carried(const Expr& e) {
  Carried found;
  found.value = scope_.value(with_written(e, found)).value;
  return found;
}

/// The expression with the numbers that were written for its parts.
Expr Judge::with_written(const Expr& e, Carried& carried, int depth) {
  for (const auto& [part, written] : parts_) {
    if (!(part == e)) continue;
    carried.any = true;
    carried.right = carried.right && written.right;
    return Expr(written.value);
  }
  if (e.is(Expr::Kind::number)) return e;
  const auto* entry = e.size() <= longest_remembered ? ledger_.last(e) : nullptr;
  if (entry != nullptr) {
    carried.any = true;
    carried.right = carried.right && entry->right;
    return Expr(entry->value);
  }
  if (is_leaf(e)) {
    const Carried found = carried_by_definition(e, depth);
    carried.any = carried.any || found.any;
    carried.right = carried.right && found.right;
    return found.any ? Expr(found.value) : e;
  }
  std::vector<Term> parts = e.parts();
  for (Term& part : parts) part.expr = with_written(part.expr, carried, depth);
  switch (e.kind()) {
    case Expr::Kind::sum: return Expr::sum(std::move(parts));
    case Expr::Kind::product: return Expr::product(std::move(parts));
    case Expr::Kind::power: return Expr::power(parts[0].expr, parts[1].expr);
    case Expr::Kind::cases:
      return Expr::cases(parts[0].expr, parts[1].expr, parts[2].expr, parts[3].expr, parts[4].expr);
    default: break;
  }
  std::vector<Expr> arguments;
  for (const Term& part : parts) arguments.push_back(part.expr);
  return Expr::call(e.op(), std::move(arguments));
}

/// What was not written itself may follow from what was: ∂out/∂net from out.
Judge::Carried Judge::carried_by_definition(const Expr& leaf, int depth) {
  constexpr int deepest = 60;
  const auto known = carried_.find(leaf_key(leaf));
  if (known != carried_.end()) return known->second;
  Carried found;
  if (depth >= deepest || --expansions_left_ < 0) return found;
  const std::vector<Expr> definitions = scope_.definitions(leaf);
  if (!definitions.empty()) {
    carried_.emplace(leaf_key(leaf), found);  // a definition in a circle uses nothing
    const Expr worked_out = with_written(definitions.front(), found, depth + 1);
    if (found.any) found.value = scope_.value(worked_out).value;
  }
  carried_.insert_or_assign(leaf_key(leaf), found);
  return found;
}

void Judge::take_parts(const WorkingSide& side) {
  for (const Slot& slot : side.slots)
    if (slot.meaning)
      parts_.emplace_back(*slot.meaning, Carried{slot.value, is_right(slot.verdict), true});
}

/// The number is the value of the subject, of other names in the chain if they are right, and of
/// products of derivatives: those of paths, that are added up later.
void Judge::remember(const std::vector<WorkingSide>& sides, std::size_t at) {
  if (!subject_) return;
  const Slot& slot = sides[at].slots[0];
  // A last digit that is off by one is a blemish here; those who go on from it are right.
  const bool right = is_right(slot.verdict) || slot.verdict == Verdict::last_digit;
  const Ledger::Entry entry{slot.text, slot.value, right, slot.span.begin};
  const auto write = [&](const Expr& meaning) {
    bool products = meaning.is(Expr::Kind::product) && meaning.size() <= longest_remembered;
    for_each_leaf(
        meaning, [&](const Expr& leaf) { products = products && leaf.is(Expr::Kind::derivative); });
    if (is_leaf(meaning) || products) ledger_.write(meaning, entry);
  };
  write(*subject_);
  for (std::size_t before = at; before-- > 0 && before + longest_look_back > at;) {
    const WorkingSide& side = sides[before];
    if (!side.has_numbers() && side.sound && !(side.written == *subject_)) write(side.written);
  }
  carried_.clear();
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
  }
  return finding;
}

void Judge::name_slip(Finding& finding, const std::optional<Slip>& slip) const {
  if (!slip) return;
  finding.slip = slip->id;
  // What it looks like would give the number away.
  if (!options_.show_answers && slip->id == slip::digit) return;
  finding.message += fmt::format("{}{}", finding.message.empty() ? "" : "; ", slip->description);
}

Finding& Judge::add(const WorkingSide& side, Verdict verdict) {
  return add(side.span, verdict, side.written);
}

}  // namespace chalkgrad
