#include "tracer/check/alignment/working.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <map>

#include "tracer/check/alignment/reevaluation.hpp"
#include "tracer/derivation/rounding_error.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/numerals/decimal.hpp"

namespace chalkgrad {

WorkingSide::WorkingSide(const WrittenSide& side) : span(side.span), written(side.expr) {
  names = has_names(written);
  std::size_t at = 0;
  slotted = substitute(written, [&](const Expr& leaf) {
    if (!leaf.is(Expr::Kind::number)) return leaf;
    const WrittenNumber& number = side.numbers[std::min(at++, side.numbers.size() - 1)];
    if (leaf.text() == "π") return leaf;
    slots.push_back({.text = leaf.text(), .value = leaf.value(), .span = number.span});
    return NumberSlot::symbol(slots.size() - 1);
  });
}

double value_with(const Expr& slotted, const std::vector<double>& slots, Scope& scope) {
  return evaluate(slotted, [&](const Expr& leaf) {
    const auto slot = NumberSlot::of(leaf);
    return slot ? slots[*slot] : scope.value(leaf).value;
  });
}

double half_unit(std::string_view text) {
  const auto decimal = Decimal::parse(text);
  if (!decimal || text.find_first_of(".eE") == std::string_view::npos) return 0;
  return 0.5 * std::pow(10.0, decimal->exponent);
}

Range range_of(const WorkingSide& side, Scope& scope, bool rounded) {
  std::vector<Swing> sources;
  std::vector<std::size_t> source_of(side.slots.size());
  std::map<std::string, std::size_t> known;
  for (std::size_t i = 0; i < side.slots.size(); ++i) {
    const Slot& slot = side.slots[i];
    // The same number for the same thing is one source.
    const std::string key = slot.text + (slot.meaning ? " " + print(*slot.meaning) : "");
    const auto [found, added] = known.emplace(key, sources.size());
    source_of[i] = found->second;
    if (!added) continue;
    const bool right = slot.verdict == Verdict::ok || slot.verdict == Verdict::ok_digits ||
                       slot.verdict == Verdict::ok_carried;
    Swing swing{slot.value, slot.value};
    if (slot.meaning && right && std::isfinite(slot.truth)) swing.to = slot.truth;
    // Behind a slip the writer may go on with all digits of the calculator.
    if (slot.verdict == Verdict::follows)
      swing = {slot.value - half_unit(slot.text), slot.value + half_unit(slot.text)};
    if (slot.likely && !slot.meaning) {
      swing.to = *slot.likely;
    } else if (rounded && !slot.meaning && !side.aligned && !slot.datum) {
      // It may have been rounded or cut off.
      const double outwards = std::copysign(half_unit(slot.text), slot.value);
      swing.from -= outwards;
      swing.to += 2 * outwards;
    }
    sources.push_back(swing);
  }
  const auto value = [&](const std::vector<double>& values) {
    std::vector<double> slots(side.slots.size());
    for (std::size_t i = 0; i < slots.size(); ++i) slots[i] = values[source_of[i]];
    return value_with(side.slotted, slots, scope);
  };
  const std::vector<double> middle = middle_of(sources);
  std::vector<std::vector<std::size_t>> leaves(sources.size());  // where each source stands
  std::size_t leaf_count = 0;
  const Reevaluation at_middle(side.slotted, [&](const Expr& leaf) {
    const auto slot = NumberSlot::of(leaf);
    return slot ? middle[source_of[*slot]] : scope.value(leaf).value;
  });
  for_each_leaf(side.slotted, [&](const Expr& leaf) {
    if (const auto slot = NumberSlot::of(leaf)) leaves[source_of[*slot]].push_back(leaf_count);
    ++leaf_count;
  });
  Range range = hull(
      value,
      [&](std::size_t source, double moved) { return at_middle.with(leaves[source], moved); },
      sources);
  const Approximation written = evaluate_with_error(side.slotted, [&](const Expr& leaf) {
    const auto slot = NumberSlot::of(leaf);
    return slot ? literal(side.slots[*slot].value) : scope.value(leaf);
  });
  range.error = written.error;
  // A sum that is nothing but noise is 0.
  if (written.value == 0)
    for (const Slot& slot : side.slots)
      range.error += 4 * std::numeric_limits<double>::epsilon() * std::abs(slot.value);
  return range;
}

std::string place_of(const WorkingSide& side, std::size_t slot) {
  if (side.is_result()) return {};
  const Expr& whole = side.slotted.is_negation() ? side.slotted.part(0) : side.slotted;
  const bool product = whole.is(Expr::Kind::product), sum = whole.is(Expr::Kind::sum);
  for (std::size_t i = 0; (product || sum) && i < whole.parts().size(); ++i) {
    if (NumberSlot::of(whole.part(i)) != slot) continue;
    return fmt::format("{} {} of {}", product ? "factor" : "term", i + 1, whole.parts().size());
  }
  return side.slots.size() == 1 ? "the number"
                                : fmt::format("number {} of {}", slot + 1, side.slots.size());
}

}  // namespace chalkgrad
