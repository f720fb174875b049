#include "tracer/check/truth/later_steps.hpp"

#include <algorithm>

#include "tracer/expression/name.hpp"

namespace chalkgrad {

std::size_t LaterSteps::count() const {
  constexpr std::size_t most_steps = 20, most_quantities = 2000;
  const auto& training = solution_.training;
  if (!training || solution_.problem.items.size() > most_quantities) return 0;
  std::size_t steps = 0;
  // The rows of the first steps are all kept, unless there are very many.
  for (const TrainingRow& row : training->rows)
    if (row.step == steps + 1 && steps < most_steps) ++steps;
  return steps;
}

bool LaterSteps::updates(const std::string& name) const {
  return std::any_of(solution_.updates.begin(), solution_.updates.end(),
                     [&name](const Update& one) { return one.parameter == name; });
}

bool LaterSteps::know_updates() const {
  return solution_.descent &&
         std::all_of(solution_.problem.updates.begin(), solution_.problem.updates.end(),
                     [](const UpdateStatement& one) {
                       return one.rule->states.empty() && !one.sample_by_sample && !one.rate_decay;
                     });
}

bool LaterSteps::is_given(const std::string& name) const {
  const Item* item = solution_.problem.find(name);
  return item != nullptr && !item->definition;
}

bool LaterSteps::correct() const {
  const auto& updates = solution_.problem.updates;
  return std::any_of(updates.begin(), updates.end(),
                     [](const UpdateStatement& one) { return one.correction.has_value(); });
}

std::size_t LaterSteps::samples() const {
  return std::max<std::size_t>(1, solution_.problem.samples.count);
}

namespace {

/// The correction of another sample, in place of that of the first.
void rotate(Correction& correction, std::size_t by, const Problem& problem) {
  auto& criteria = correction.criteria;
  std::rotate(criteria.begin(), criteria.begin() + static_cast<std::ptrdiff_t>(by), criteria.end());
  for (Expr& one : correction.of_parameters)
    one = substitute(one, [&](const Expr& leaf) {
      if (!leaf.is(Expr::Kind::symbol) || sample_of(leaf.text()) == 0) return leaf;
      const std::string name = name_in_sample(without_sample(leaf.text()), by + 1);
      return problem.find(name) == nullptr ? leaf : Expr::symbol(name);
    });
}

}  // namespace

Truth* LaterSteps::after(std::size_t step) {
  const auto [place, is_new] = steps_.try_emplace(step);
  std::unique_ptr<Step>& found = place->second;
  if (!is_new) return found ? &found->truth : nullptr;
  const auto& rows = solution_.training->rows;
  const auto row = std::find_if(rows.begin(), rows.end(),
                                [step](const TrainingRow& one) { return one.step == step; });
  const auto replaced = replacements(*solution_.descent, row->parameters);
  Problem problem = solution_.problem;
  for (Item& item : problem.items)
    if (const auto number = replaced(item.name)) item.number = Expr(*number);
  problem.expectations.clear();
  for (UpdateStatement& update : problem.updates) {
    update.repeat = 1;
    update.until.reset();
    if (!update.correction) continue;
    rotate(*update.correction, step % samples(), solution_.problem);
    update.sample_by_sample = false;
  }
  try {
    found = std::make_unique<Step>(solve(std::move(problem)));
  } catch (const ProblemError&) {
    return nullptr;
  }
  return &found->truth;
}

}  // namespace chalkgrad
