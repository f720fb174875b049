#include "tracer/check/judging/acceptance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chalkgrad {

namespace {

/// Of longer expressions nobody remembers the value.
constexpr std::size_t longest_remembered = 60;

/// Of 0.0821 three; zeros at the end of a whole number do not count.
std::size_t significant_digits(std::string_view text) {
  const auto decimal = Decimal::parse(text);
  if (!decimal) return 0;
  std::string digits = decimal->digits;
  if (text.find_first_of(".eE") == std::string_view::npos)
    while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  return digits.size();
}

/// 0.40 for 0.4: a given number that short is meant exactly.
bool is_exact_datum(const Expr& meaning, const Solution& solution) {
  constexpr std::size_t most_digits = 6;
  if (!meaning.is(Expr::Kind::symbol)) return false;
  if (solution.descent)
    for (const Descent::Group& group : solution.descent->groups)
      if (meaning == group.rate.symbol) return true;
  const Item* item = solution.problem.find(meaning.text());
  if (item == nullptr || !item->number) return false;
  return Decimal::shortest(item->number->value()).digits.size() <= most_digits;
}

}  // namespace

Acceptance::Acceptance(Scope& scope, const Answer& answer, const CheckOptions& options)
    : scope_(scope), strict_(options.strict) {
  const Solution& solution = scope_.truth().solution();
  for (const Item& item : solution.problem.items)
    if (item.number) data_.insert(std::abs(item.number->value()));
  if (solution.descent)
    for (const Coefficient& one : solution.descent->coefficients()) data_.insert(one.value);
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

bool Acceptance::is_datum(double value) const { return data_.contains(std::abs(value)); }

/// A whole number is exact, unless the writer has numbers with fractions, and none of them has more
/// digits: then it may have been rounded, 139 for 138.8 where three digits are kept. 0 is exact.
std::string Acceptance::precise_text(const Slot& slot) const {
  const bool whole = slot.text.find_first_of(".eE") == std::string::npos;
  const bool exact = digits_kept_ == 0 || slot.value == 0;
  if (!whole || exact || significant_digits(slot.text) < digits_kept_) return slot.text;
  return slot.text + ".";
}

/// A given number, or a derivative that is one: ∂net/∂w = i.
bool Acceptance::is_exact(const Expr& meaning) const {
  const Solution& solution = scope_.truth().solution();
  if (!meaning.is(Expr::Kind::derivative)) return is_exact_datum(meaning, solution);
  const std::vector<Expr> definitions = scope_.definitions(meaning);
  return !definitions.empty() && is_exact_datum(definitions.front(), solution);
}

/// Beyond fourteen digits a number can be told from another only as far as arithmetic goes.
bool Acceptance::is_same_double(const Slot& slot, double value, double error) {
  constexpr double few_units = 8 * std::numeric_limits<double>::epsilon();
  return significant_digits(slot.text) > 13 &&
         std::abs(slot.value - value) <= std::max(error, few_units * std::abs(value));
}

Agreement Acceptance::agree(const Slot& slot, const Expr& meaning, Approximation truth) const {
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
  if (found == Agreement::truncated && strict_) found = Agreement::last_digit;
  return found;
}

Agreement Acceptance::with_range(const Slot& slot, Range range) const {
  if (!std::isfinite(range.low) || !std::isfinite(range.high)) return Agreement::wrong;
  const double nearest = range.nearest(slot.value);
  const double meant = std::abs(nearest) <= range.error ? 0 : nearest;
  if (is_same_double(slot, meant, range.error)) return Agreement::rounded;
  Agreement found = agreement(precise_text(slot), meant, range.error);
  if (found == Agreement::truncated && strict_) found = Agreement::last_digit;
  return found;
}

const Ledger::Entry* Acceptance::earlier(const Slot& slot, const Expr& meaning) const {
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

bool Acceptance::fits(const Slot& slot, const Expr& meaning) {
  const Approximation truth = scope_.value(meaning);
  // One digit may stand for a name or the product along a path, but not for any part of a formula:
  // too much would fit.
  bool symbols = false;
  for_each_leaf(meaning,
                [&](const Expr& leaf) { symbols = symbols || !leaf.is(Expr::Kind::derivative); });
  const Expr& inner = meaning.is_negation() ? meaning.part(0) : meaning;
  if (!is_name(inner) && symbols && significant_digits(slot.text) < 2 &&
      std::abs(slot.value - truth.value) > 1e-9 * std::abs(truth.value))
    return false;
  if (is_agreement(agree(slot, meaning, truth))) return true;
  if (earlier(slot, meaning) != nullptr) return true;
  const Carried value = carried(meaning);
  if (!value.any) return false;
  return is_agreement(with_range(slot, range_of_carried(meaning, value, truth.value)));
}

Carried Acceptance::carried(const Expr& e) {
  Carried found;
  found.value = scope_.value(with_written(e, found)).value;
  return found;
}

Range Acceptance::range_of_carried(const Expr& e, const Carried& carried, double truth) {
  if (carried.right) return carried.up_to(truth);
  Range range{carried.value, carried.value};
  for (const double shift : {-1.0, 0.0, 1.0})
    for (const bool all_digits : {false, true}) {
      shift_ = shift;
      has_all_digits_ = all_digits;
      carried_.clear();
      Carried shifted;
      const double value = scope_.value(with_written(e, shifted)).value;
      range.low = std::min(range.low, value);
      range.high = std::max(range.high, value);
    }
  shift_ = 0;
  has_all_digits_ = false;
  carried_.clear();
  return range;
}

/// The expression with the numbers that were written for its parts.
Expr Acceptance::with_written(const Expr& e, Carried& carried, int depth) {
  if (const auto part = parts_.empty() ? parts_.end() : parts_.find(e); part != parts_.end()) {
    carried.use(part->second);
    return Expr(part->second.value);
  }
  if (e.is(Expr::Kind::number)) return e;
  const auto* entry = e.size() <= longest_remembered ? ledger_.last(e) : nullptr;
  if (entry != nullptr) {
    carried.use(entry->carried());
    if (entry->right && has_all_digits_) return e;
    return Expr(entry->right ? entry->value : entry->value + shift_ * half_unit(entry->text));
  }
  if (is_name(e)) {
    const Carried found = carried_by_definition(e, depth);
    carried.use(found);
    return found.any ? Expr(found.value) : e;
  }
  std::vector<Term> parts = e.parts();
  for (Term& part : parts) part.expr = with_written(part.expr, carried, depth);
  return with_parts(e, std::move(parts));
}

/// What was not written itself may follow from what was: ∂out/∂net from out.
Carried Acceptance::carried_by_definition(const Expr& leaf, int depth) {
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

void Acceptance::write(const Expr& meaning, const Ledger::Entry& entry) {
  // δ of those who add it is −∂E/∂net: what was written for it was written for the derivative.
  if (meaning.is_negation() && is_name(meaning.part(0))) {
    Ledger::Entry turned = entry;
    turned.value = -entry.value;
    turned.text = entry.text.starts_with('-') ? entry.text.substr(1) : "-" + entry.text;
    return write(meaning.part(0), turned);
  }
  bool products = meaning.is(Expr::Kind::product) && meaning.size() <= longest_remembered;
  for_each_leaf(meaning,
                [&](const Expr& leaf) { products = products && leaf.is(Expr::Kind::derivative); });
  if (!is_name(meaning) && !products) return;
  if (trial_) {
    tried_.emplace_back(meaning, entry);
    return;
  }
  ledger_.write(meaning, entry);
  carried_.clear();
}

void Acceptance::end_trial(bool accepted) {
  trial_ = false;
  carried_.clear();
  if (accepted)
    for (const auto& [meaning, entry] : tried_) ledger_.write(meaning, entry);
  tried_.clear();
}

void Acceptance::begin_chain() {
  if (parts_.empty()) return;
  parts_.clear();
  carried_.clear();
}

void Acceptance::take_part(const Expr& meaning, const Carried& carried) {
  parts_.try_emplace(meaning, carried);
  if (!carried_.empty()) carried_.clear();
}

}  // namespace chalkgrad
