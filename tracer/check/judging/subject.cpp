#include <algorithm>

#include "tracer/check/judging/judge.hpp"
#include "tracer/expression/name.hpp"

/// The part of the judge that finds out what a statement is about.
namespace chalkgrad {

void Judge::choose_subject(std::vector<WorkingSide>& sides, bool assigns) {
  for (const WorkingSide& side : sides) {
    if (!side.names) continue;
    if (!subject_) subject_ = side.written;
    if (is_name(side.written)) {
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
  const Item* given = is_parameter ? solution.problem.find(subject_->text()) : nullptr;
  const bool worked_out = std::any_of(sides.begin(), sides.end(), [&](const WorkingSide& side) {
    return !side.is_result() && !is_name(side.written) &&
           !(given != nullptr && given->written && *given->written == side.written);
  });
  if (is_parameter && (worked_out || assigns) && is_name(sides[0].written)) {
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
    const bool agrees = acceptance_.fits(sides.back().slots[0], candidate);
    std::vector<double> values;
    for (const Slot& slot : first.slots) values.push_back(slot.value);
    Aligner aligner(scope_, values, [&](std::size_t slot, const Expr& meaning) {
      return acceptance_.fits(first.slots[slot], meaning);
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

}  // namespace chalkgrad
