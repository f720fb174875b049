#include <algorithm>
#include <cmath>

#include "tracer/check/judging/judge.hpp"
#include "tracer/numerals/agreement.hpp"

/// The part of the judge that gives the writer the benefit of the doubt, and no more credit than is
/// due.
namespace chalkgrad {

/// What somebody only defines for herself is not counted as right; nor is what comes of numbers of
/// her own. What is wrong in it is said.
void Judge::leave_out_definition(const Chain& statement) {
  if (!statement.defines) return;
  const bool of_numbers_alone = !has_names(statement.sides[1].expr);
  const Span first = statement.sides[1].span;
  std::erase_if(findings_, [&](const Finding& one) {
    if (of_numbers_alone && one.verdict == Verdict::last_digit) return true;
    return is_right(one.verdict) && (of_numbers_alone || one.span.begin == first.begin);
  });
}

/// Whether a name of the writer's own in it was worked out with numbers put in: net = w·x + 0.15 is
/// another thing where b is another, and so is all that comes of it.
bool Judge::rests_on_own_numbers(const Expr& e) {
  std::set<std::string> seen;
  return rests_on_own_numbers(e, seen);
}

bool Judge::rests_on_own_numbers(const Expr& e, std::set<std::string>& seen) {
  constexpr std::size_t most = 200;
  bool found = false;
  for_each_leaf(e, [&](const Expr& leaf) {
    if (found || !scope_.is_own(leaf) || seen.size() > most || !seen.insert(leaf.text()).second)
      return;
    for (const Expr& definition : scope_.definitions(leaf)) {
      for_each_leaf(definition, [&](const Expr& inner) {
        found =
            found || (inner.is(Expr::Kind::number) && inner.text().find('.') != std::string::npos);
      });
      found = found || rests_on_own_numbers(definition, seen);
    }
  });
  return found;
}

/// Where the writer has defined names by rounded numbers, p = 0.76/1.67, a formula of them is worth
/// what the rounding allows.
bool Judge::agrees_with_own_numbers(const WorkingSide& side) {
  WrittenSide expanded;
  expanded.expr = scope_.with_own_definitions(side.written);
  expanded.span = side.span;
  for_each_leaf(expanded.expr, [&](const Expr& leaf) {
    if (leaf.is(Expr::Kind::number)) expanded.numbers.push_back({leaf.text(), side.span});
  });
  if (expanded.numbers.empty() || expanded.expr == side.written) return false;
  WorkingSide worked(expanded);
  for (Slot& slot : worked.slots) slot.datum = acceptance_.is_datum(slot.value);
  const Range range = range_of(worked, scope_, true);
  const double truth = scope_.value(*subject_).value;
  return truth >= range.low - range.error && truth <= range.high + range.error;
}

/// In a side that fits no formula: 0.572 is ŷ, and 0.428 is 1 − ŷ, if these stand in the formula of
/// the subject; so neither may be anything that rounds to it.
void Judge::find_likely_values(WorkingSide& side) {
  constexpr std::size_t longest = 60;
  if (!subject_) return;
  std::vector<double> values;
  for (const Expr& definition : scope_.definitions(*subject_)) {
    if (definition.size() > longest) continue;
    const Expr short_forms =
        substitute(definition, [this](const Expr& leaf) { return in_short(leaf, scope_); });
    for_each_leaf(short_forms, [&](const Expr& leaf) {
      if (!leaf.is(Expr::Kind::number)) values.push_back(scope_.value(leaf).value);
    });
  }
  const std::size_t count = values.size();
  for (std::size_t i = 0; i < count; ++i) values.push_back(1 - values[i]);
  for (Slot& slot : side.slots) {
    if (slot.meaning || slot.datum) continue;
    for (const double value : values) {
      const bool nearer =
          !slot.likely || std::abs(slot.value - value) < std::abs(slot.value - *slot.likely);
      if (std::isfinite(value) && nearer && is_agreement(agreement(slot.text, value)))
        slot.likely = value;
    }
  }
}

/// 1 − 0.2543² for an out of −0.2543: in an even power nobody writes the sign.
void Judge::accept_signs_that_do_not_matter(WorkingSide& side) {
  std::vector<double> values;
  for (const Slot& slot : side.slots) values.push_back(slot.value);
  const double here = value_with(side.slotted, values, scope_);
  for (std::size_t i = 0; i < side.slots.size(); ++i) {
    Slot& slot = side.slots[i];
    if (!slot.meaning || is_right(slot.verdict) || values[i] == 0) continue;
    values[i] = -values[i];
    const bool same = value_with(side.slotted, values, scope_) == here;
    values[i] = -values[i];
    if (!same) continue;
    Slot other = slot;
    other.value = -other.value;
    other.text = other.text.starts_with('-') ? other.text.substr(1) : "-" + other.text;
    judge_slot(other);
    if (!is_right(other.verdict)) continue;
    slot.verdict = other.verdict;
    slot.truth = -other.truth;
  }
}

/// 2·0.5 − 1·0.3 for w11·x1 + w12·x2, where x2 is −1: the numbers are the right ones but for their
/// signs and order, and so is what they come to.
void Judge::accept_signs_drawn_out(WorkingSide& side) {
  std::vector<Expr> meanings;
  bool wrong = false;
  for (const Slot& slot : side.slots) {
    if (!slot.meaning || side.names) return;
    meanings.push_back(*slot.meaning);
    wrong = wrong || !is_right(slot.verdict);
  }
  constexpr std::size_t most = 30;
  if (!wrong || !subject_ || meanings.size() > most) return;
  // Each number is the size of what some slot stands for, each of them once.
  std::vector<bool> used(meanings.size());
  for (const Slot& slot : side.slots) {
    bool found = false;
    for (std::size_t k = 0; k < meanings.size() && !found; ++k) {
      const double size = std::abs(scope_.value(meanings[k]).value);
      const std::string text = slot.text.starts_with('-') ? slot.text.substr(1) : slot.text;
      found = !used[k] && is_agreement(agreement(text, size));
      if (found) used[k] = true;
    }
    if (!found) return;
  }
  WorkingSide plain = side;
  for (Slot& slot : plain.slots) {
    slot.meaning.reset();
    slot.verdict = Verdict::ok;
  }
  plain.aligned = true;
  const Range range = range_of(plain, scope_, false);
  const double truth = scope_.value(*subject_).value;
  double slack = range.error + 1e-12 * std::abs(truth);
  for (const Slot& slot : side.slots)
    slack += half_unit(slot.text) * (slot.datum ? 0 : std::abs(truth / slot.value));
  if (truth < range.low - slack || truth > range.high + slack) return;
  for (Slot& slot : side.slots) slot.verdict = Verdict::ok;
}

/// 0.5 + 0.1·0.0468·2 for 0.5 − 0.1·(−0.0468)·2: two signs that are turned cancel.
bool Judge::is_right_but_for_signs(const WorkingSide& side) {
  bool turned = false;
  for (const Slot& slot : side.slots) {
    if (!slot.meaning || is_right(slot.verdict)) continue;
    Slot other = slot;
    other.value = -other.value;
    other.text = other.text.starts_with('-') ? other.text.substr(1) : "-" + other.text;
    if (!acceptance_.fits(other, *slot.meaning)) return false;
    turned = true;
  }
  if (!turned || side.names || !subject_) return false;
  std::vector<double> values;
  double size = 0;
  for (const Slot& slot : side.slots) {
    values.push_back(slot.value);
    size = std::max(size, std::abs(slot.value));
  }
  // With one sign turned and not the other the line comes to something else altogether.
  const double here = value_with(side.slotted, values, scope_);
  const double truth = scope_.value(*subject_).value;
  for (const Slot& slot : side.slots) {
    if (!slot.meaning || is_right(slot.verdict)) continue;
    std::vector<double> one_turned = values;
    for (std::size_t i = 0; i < side.slots.size(); ++i)
      if (&side.slots[i] == &slot) one_turned[i] = -one_turned[i];
    if (std::abs(here - truth) > std::abs(value_with(side.slotted, one_turned, scope_) - truth) / 4)
      return false;
  }
  return true;
}

/// 2/3·(−0.5·1) for 1/3·(2·(−0.5)·1): factors are drawn together, and what comes out is right with
/// all its digits, which two slips would hardly give.
bool Judge::comes_to_the_same(const WorkingSide& side) {
  std::size_t wrong = 0;
  std::vector<double> values;
  for (const Slot& slot : side.slots) {
    if (slot.verdict == Verdict::follows) return false;
    wrong += slot.meaning && !is_right(slot.verdict) ? 1 : 0;
    values.push_back(slot.value);
  }
  if (wrong < 2 || side.names || !subject_) return false;
  const double truth = scope_.value(*subject_).value;
  constexpr double all_digits = 1e-12;
  return std::abs(value_with(side.slotted, values, scope_) - truth) <= all_digits * std::abs(truth);
}

/// 1/3·(0.5·1 + 1·2) where the formula has 2/3: a factor of the whole is missing, and not one in
/// each term.
std::optional<Slip> Judge::missing_factor(const WorkingSide& side) {
  std::size_t wrong = 0;
  std::vector<double> values;
  for (const Slot& slot : side.slots) {
    if (slot.verdict == Verdict::follows) return std::nullopt;
    wrong += slot.meaning && !is_right(slot.verdict) ? 1 : 0;
    values.push_back(slot.value);
  }
  if (wrong < 2 || !subject_ || side.names) return std::nullopt;
  const double truth = scope_.value(*subject_).value;
  const double ratio = value_with(side.slotted, values, scope_) / truth;
  constexpr double rounded = 5e-3;
  if (std::abs(ratio - 0.5) <= 0.5 * rounded)
    return Slip{std::string(slip::half), "½ too much, or a 2 missing"};
  if (std::abs(ratio - 2) <= 2 * rounded)
    return Slip{std::string(slip::half), "½ missing, or a 2 too much"};
  return std::nullopt;
}

}  // namespace chalkgrad
