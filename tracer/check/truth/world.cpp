#include "tracer/check/truth/world.hpp"

#include <cmath>
#include <limits>
#include <map>

#include "tracer/check/reading/vocabulary.hpp"
#include "tracer/derivation/local.hpp"
#include "tracer/expression/name.hpp"

namespace chalkgrad {

World::World(const Solution& solution, Vary vary, unsigned seed)
    : solution_(solution), vary_(vary), state_(seed * 0x9E3779B97F4A7C15ull + 1) {
  if (vary_ == Vary::but_targets) find_shares();
  if (vary_ != Vary::nothing)
    for (const Item& item : solution_.problem.items)
      if (!item.definition) given_[item.name] = given(item);
  evaluation_ = evaluate_problem(
      solution_.problem,
      [this](const std::string& name) -> std::optional<double> {
        const auto found = given_.find(name);
        return found == given_.end() ? std::nullopt : std::optional(found->second);
      },
      WithoutValue::leave_unknown);
  if (!solution_.descent) return;
  for (const Descent::Parameter& parameter : solution_.descent->parameters) {
    FirstStep step = first_step(*solution_.descent, parameter);
    for (std::size_t k = 0; k < step.states.size(); ++k)
      states_.emplace(parameter.states[k], step.states[k]);
    steps_.emplace(parameter.name, std::move(step));
  }
  for (const Coefficient& one : solution_.descent->coefficients()) {
    if (one.written.is(Expr::Kind::symbol)) continue;
    // Those of a mean, such as β, stay below 1.
    const double more = vary_ == Vary::nothing || one.value == 0 ? 0 : random() / 4;
    coefficients_.try_emplace(one.symbol.text(), one.value > 0.5 && one.value < 1
                                                     ? one.value + more * (1 - one.value)
                                                     : one.value * (1 + more));
  }
}

/// Between 0 and 1, without a library that might change: splitmix64.
double World::random() {
  state_ += 0x9E3779B97F4A7C15ull;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30u)) * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 27u)) * 0x94D049BB133111EBull;
  return static_cast<double>((z ^ (z >> 31u)) >> 11u) * 0x1.0p-53;
}

/// Columns of samples like t1, t2 that sum to 1 in a sample are targets, whatever their role.
void World::find_shares() {
  std::map<std::string, std::vector<const Item*>> groups;
  for (const Item& item : solution_.problem.items) {
    if (!item.number || item.role == Role::weight || item.role == Role::bias) continue;
    const std::size_t sample = sample_of(item.name);
    if (sample > 0)
      groups[name_parts(item.name).base + "[" + std::to_string(sample)].push_back(&item);
  }
  for (const auto& [base, items] : groups) {
    double sum = 0;
    bool shares = items.size() > 1;
    for (const Item* item : items) {
      const double number = item->number->value();
      sum += number;
      shares = shares && number >= 0 && number <= 1;
    }
    if (shares && std::abs(sum - 1) <= 1e-12)
      for (const Item* item : items) shares_.insert(item->name);
  }
}

double World::given(const Item& item) {
  const double step = random();
  if (!item.number) return 0.2 + 0.6 * step;
  const double number = item.number->value();
  const bool keep =
      vary_ == Vary::but_targets &&
      (item.role == Role::target || item.role == Role::constant || shares_.contains(item.name));
  // A term with h0 = 0 in it may be left out.
  if (keep || (number == 0 && vary_ == Vary::but_targets)) return number;
  return number == 0 ? 0.1 + 0.2 * step : number * (0.7 + 0.6 * step);
}

double World::value(const Expr& leaf) {
  switch (leaf.kind()) {
    case Expr::Kind::number: return leaf.value();
    case Expr::Kind::symbol: return of_symbol(leaf.text());
    case Expr::Kind::derivative:
      return leaf.direct() ? direct(leaf.text(), leaf.wrt()) : gradient(leaf.text(), leaf.wrt());
    default: return no_value;
  }
}

double World::of_symbol(const std::string& name) {
  if (name.ends_with(updated_mark))
    return after_update(name.substr(0, name.size() - updated_mark.size()));
  if (solution_.problem.find(name) != nullptr) return of_quantity(name);
  // Of a correction Δw is what is known, and w⁺ follows from it.
  if (name.starts_with(change_mark) && !states_.contains(name))
    return change(name.substr(change_mark.size()));
  return coefficient(name).value_or(no_value);
}

double World::of_quantity(const std::string& name) {
  const auto node = evaluation_.graph->find(name);
  return evaluation_.graph->node(node).value;
}

double World::gradient(const std::string& y, const std::string& x) {
  if (solution_.problem.find(y) == nullptr || solution_.problem.find(x) == nullptr) {
    // ∂E/∂v2 of a shared term that the sheet has named.
    return vary_ == Vary::nothing ? direct(y, x) : no_value;
  }
  if (const Item* item = solution_.problem.find(y); item->role == Role::function)
    return partial(*item, x);
  const Graph& graph = *evaluation_.graph;
  auto swept = sweeps_.find(y);
  if (swept == sweeps_.end()) swept = sweeps_.emplace(y, PartialSweep(graph, graph.find(y))).first;
  return swept->second[graph.find(x)];
}

/// ∂f/∂u of an unspecified function, where f(u, v) stands first.
double World::partial(const Item& function, const std::string& x) {
  const Graph& graph = *evaluation_.graph;
  const NodeId name = graph.find(function.name), wanted = graph.find(x);
  for (NodeId id = name + 1; id <= graph.size(); ++id) {
    if (graph.op(id) != Op::unspecified || graph.node(id).operand(0) != name) continue;
    double slope = graph.node(id).derivative[1];
    NodeId at = graph.node(id).operand(1);
    for (; graph.op(at) == Op::arguments && at != wanted; at = graph.node(at).operand(0)) {
      if (graph.node(at).operand(1) == wanted) return slope * graph.node(at).derivative[1];
      slope *= graph.node(at).derivative[0];
    }
    if (at == wanted) return slope;
  }
  return 0;
}

double World::direct(const std::string& y, const std::string& x) {
  const auto of = solution_.quantities->find(y), wrt = solution_.quantities->find(x);
  if (!of || !wrt) return no_value;
  const LocalDerivative local = local_derivative(*solution_.quantities, *of, *wrt);
  if (vary_ == Vary::nothing) return local.value;
  if (local.raw.is(Expr::Kind::derivative)) return no_value;
  return evaluate(local.raw, [this](const Expr& leaf) { return value(leaf); });
}

double World::change(const std::string& name) {
  return steps_.contains(name) ? after_update(name) - of_quantity(name) : no_value;
}

std::optional<double> World::coefficient(const std::string& name) {
  if (const auto found = coefficients_.find(name); found != coefficients_.end())
    return found->second;
  const auto state = states_.find(name);
  if (state == states_.end()) return std::nullopt;
  return evaluate(state->second, [this](const Expr& leaf) { return value(leaf); });
}

double World::after_update(const std::string& name) {
  if (!solution_.descent) return no_value;
  if (!after_) evaluate_after();
  if (solution_.problem.find(name) == nullptr) return no_value;
  const auto parameter = parameters_after_.find(name);
  if (parameter != parameters_after_.end()) return parameter->second;
  return after_->graph->node(after_->graph->find(name)).value;
}

void World::evaluate_after() {
  for (const auto& [parameter, step] : steps_)
    parameters_after_[parameter] =
        evaluate(step.after, [this](const Expr& leaf) { return value(leaf); });
  after_ = evaluate_problem(
      solution_.problem,
      [this](const std::string& name) -> std::optional<double> {
        if (const auto after = parameters_after_.find(name); after != parameters_after_.end())
          return after->second;
        const auto found = given_.find(name);
        return found == given_.end() ? std::nullopt : std::optional(found->second);
      },
      WithoutValue::leave_unknown);
}

}  // namespace chalkgrad
