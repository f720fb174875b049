#include "tracer/picture/captions.hpp"

#include <algorithm>
#include <cmath>

namespace chalkgrad {

std::string output_of(const Solution& solution) {
  for (const auto& list : {solution.derived, solution.needed_for_update})
    if (!list.empty()) return solution.derivation.steps[list.front()].of;
  const Quantities& all = *solution.quantities;
  const auto& hidden = solution.problem.auxiliary;
  std::string last;
  for (QuantityIndex i = 0; i < all.size(); ++i) {
    const bool is_used =
        std::any_of(all[i].users.begin(), all[i].users.end(),
                    [&](QuantityIndex user) { return !hidden.contains(all[user].name); });
    if (!all[i].given && !is_used && !hidden.contains(all[i].name)) last = all[i].name;
  }
  return last;
}

Captions::Captions(const Solution& solution, const PictureOptions& options)
    : solution_(solution),
      options_(options),
      figures_(*solution.quantities, solution.derivation, options.numerals),
      output_(output_of(solution)) {
  if (!options.gradients || output_.empty()) return;
  const Quantity& y = (*solution.quantities)[*solution.quantities->find(output_)];
  if (!std::isnan(y.value)) backward(solution.evaluation.graph->at(y.node), gradients_);
  const std::vector<Step>& steps = solution.derivation.steps;
  for (StepIndex i = 0; i < steps.size(); ++i)
    if (steps[i].of == output_ && !steps[i].direct) steps_.emplace(steps[i].wrt, i);
}

Expr Captions::gradient(NodeId node) const {
  const double value = gradients_[node];
  return figures_.show(value).number;
}

Caption Captions::of_quantity(QuantityIndex i) const {
  const Quantity& quantity = (*solution_.quantities)[i];
  Caption caption{.name = quantity.name};
  const Figure& figure = figures_.of_quantity(i);
  const bool shown = options_.values || (options_.given && quantity.given);
  if (shown && figure.known) caption.value = figure.number;
  if (!options_.gradients || !figure.known || output_.empty()) return caption;
  const auto step = steps_.find(quantity.name);
  const bool derived = step != steps_.end() && figures_.of_step(step->second).known;
  caption.gradient = derived ? figures_.of_step(step->second).number : gradient(quantity.node);
  return caption;
}

Caption Captions::of_node(NodeId node) const {
  Caption caption;
  const double value = solution_.evaluation.graph->node(node).value;
  if (options_.values && !std::isnan(value)) caption.value = figures_.show(value).number;
  if (options_.gradients && !std::isnan(value)) caption.gradient = gradient(node);
  return caption;
}

}  // namespace chalkgrad
