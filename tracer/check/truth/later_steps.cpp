#include "tracer/check/truth/later_steps.hpp"

#include <algorithm>

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
  }
  try {
    found = std::make_unique<Step>(solve(std::move(problem)));
  } catch (const ProblemError&) {
    return nullptr;
  }
  return &found->truth;
}

}  // namespace chalkgrad
