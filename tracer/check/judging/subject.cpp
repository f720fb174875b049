#include <algorithm>
#include <cmath>

#include "tracer/check/judging/judge.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/numerals/decimal.hpp"

/// The part of the judge that finds out what a statement is about.
namespace chalkgrad {

namespace {

/// A single digit agrees with too much.
bool has_two_digits(const WrittenSide& side) {
  const auto decimal = Decimal::parse(side.expr.text());
  return decimal && decimal->digits.size() >= 2;
}

}  // namespace

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
  // 0.3·0.5 = z2: what stands before the name is compared with it.
  const auto named = std::find_if(sides.begin(), sides.end(), [this](const WorkingSide& side) {
    return subject_ && side.names && side.written == *subject_;
  });
  if (named != sides.end()) std::rotate(sides.begin(), named, named + 1);
}

/// Whether the statement before is of the same name, before or after the update.
bool Judge::may_go_on(const Chain& statement) const {
  if (previous_.statement + 1 != statement_ || !previous_.subject) return false;
  const Expr& first = statement.sides[0].expr;
  if (first == *previous_.subject) return true;
  return first.is(Expr::Kind::symbol) && previous_.subject->is(Expr::Kind::symbol) &&
         previous_.subject->text() == first.text() + std::string(updated_mark);
}

/// v1 = 0.5 − 0.5·(−0.066)·0.55, and in the next line v1 = 0.518: the second statement of a thing
/// goes on from the first. Returns where its own sides begin.
std::size_t Judge::go_on(std::vector<WorkingSide>& sides) {
  const bool same = subject_ && previous_.subject == subject_ && is_name(*subject_) &&
                    previous_.statement + 1 == statement_ && sides.front().written == *subject_ &&
                    previous_.sides.size() > 1 && !previous_.sides.back().is_result();
  if (!same) return 1;
  sides.insert(sides.begin() + 1, previous_.sides.begin() + 1, previous_.sides.end());
  return previous_.sides.size();
}

/// w1 = 0.2150, said of a weight that is updated.
bool Judge::states_parameter(const Chain& statement) const {
  const auto& descent = scope_.truth().solution().descent;
  const Expr& first = statement.sides[0].expr;
  return descent && first.is(Expr::Kind::symbol) &&
         statement.sides[1].expr.is(Expr::Kind::number) && has_two_digits(statement.sides[1]) &&
         std::any_of(descent->parameters.begin(), descent->parameters.end(),
                     [&](const auto& one) { return one.name == first.text(); });
}

/// The statement with every quantity as it is after the update; nothing if that is the same.
std::optional<Chain> Judge::after_update(const Chain& statement) {
  const Solution& solution = scope_.truth().solution();
  bool changes = false, marked = false;
  Chain later = statement;
  for (WrittenSide& side : later.sides) {
    side.expr = substitute(side.expr, [&](const Expr& leaf) {
      if (!leaf.is(Expr::Kind::symbol)) return leaf;
      if (leaf.text().ends_with(updated_mark)) marked = true;
      if (solution.problem.find(leaf.text()) == nullptr) return leaf;
      const Expr after = Expr::symbol(leaf.text() + std::string(updated_mark));
      const double then = scope_.value(after).value;
      if (std::isnan(then) || then == scope_.value(leaf).value) return leaf;
      changes = true;
      return after;
    });
  }
  if (!changes || marked) return std::nullopt;
  return later;
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
    judge_slots(first);
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
