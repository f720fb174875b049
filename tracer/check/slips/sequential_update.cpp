#include "tracer/check/slips/sequential_update.hpp"

#include <cmath>

#include "tracer/derivation/local.hpp"
#include "tracer/expression/name.hpp"

namespace chalkgrad {

SequentialUpdate::SequentialUpdate(Truth& truth) {
  if (!truth.solution().descent) return;
  // Of a method with a memory, or of several statements, nobody works so.
  const Descent& descent = *truth.solution().descent;
  if (descent.groups.size() > 1 || descent.groups[0].ascends || descent.count_of_states() > 0)
    return;
  output_ = truth.solution().descent->output;
  sweep(truth);
  evaluate_after(truth.solution());
}

/// The reverse sweep over quantities; a parameter gets its new value as soon as its own derivative
/// is complete, and every local derivative that is worked out later uses it.
void SequentialUpdate::sweep(Truth& truth) {
  const Solution& solution = truth.solution();
  const Quantities& all = *solution.quantities;
  const auto y = all.find(output_);
  if (!y) return;
  std::unordered_map<std::string, const Descent::Parameter*> updated;
  for (const Descent::Parameter& one : solution.descent->parameters) updated[one.name] = &one;
  std::vector<std::size_t> uses_left(all.size());
  for (QuantityIndex q = 0; q < all.size(); ++q)
    for (const QuantityIndex user : all[q].users) uses_left[q] += user <= *y ? 1 : 0;
  adjoints_[output_] = 1;
  for (QuantityIndex q = *y + 1; q-- > 0;) {
    const auto adjoint = adjoints_.find(all[q].name);
    if (adjoint == adjoints_.end() || all[q].given) continue;
    const double flows = adjoint->second;
    // Parameters first: they are updated before the error is handed on.
    for (const bool parameters : {true, false}) {
      for (const QuantityIndex operand : all[q].operands) {
        const std::string& name = all[operand].name;
        if (updated.contains(name) != parameters) continue;
        if (all[operand].given && !parameters) continue;
        adjoints_[name] += flows * local(truth, Expr::derivative(all[q].name, name, true));
        if (!parameters || --uses_left[operand] > 0) continue;
        const Descent::Group& group = solution.descent->groups[0];
        const double decay = updated[name]->decays ? group.decay->value * all[operand].value : 0;
        parameters_[name] = all[operand].value - group.rate.value * (adjoints_[name] + decay);
      }
    }
  }
}

double SequentialUpdate::local(Truth& truth, const Expr& derivative) const {
  const Quantities& all = *truth.solution().quantities;
  const auto y = all.find(derivative.text()), x = all.find(derivative.wrt());
  const LocalDerivative found = local_derivative(all, *y, *x);
  if (found.raw.is(Expr::Kind::derivative)) return found.value;
  return evaluate(found.raw, [&](const Expr& leaf) {
    const auto updated = parameters_.find(leaf.text());
    const bool symbol = leaf.is(Expr::Kind::symbol);
    return symbol && updated != parameters_.end() ? updated->second : truth.value(leaf).value;
  });
}

void SequentialUpdate::evaluate_after(const Solution& solution) {
  const Evaluation then = evaluate_problem(
      solution.problem,
      [this](const std::string& name) -> std::optional<double> {
        const auto found = parameters_.find(name);
        return found == parameters_.end() ? std::nullopt : std::optional(found->second);
      },
      WithoutValue::leave_unknown);
  for (const Item& item : solution.problem.items)
    after_[item.name] = then.graph->node(then.graph->find(item.name)).value;
}

std::optional<double> SequentialUpdate::value(const Expr& leaf) const {
  if (leaf.is(Expr::Kind::derivative) && leaf.text() == output_) {
    const auto found = adjoints_.find(leaf.wrt());
    return found == adjoints_.end() ? std::nullopt : std::optional(found->second);
  }
  if (!leaf.is(Expr::Kind::symbol) || !leaf.text().ends_with(updated_mark)) return std::nullopt;
  const auto found = after_.find(leaf.text().substr(0, leaf.text().size() - updated_mark.size()));
  return found == after_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace chalkgrad
