#include "tracer/check/truth/truth.hpp"

#include "tracer/derivation/complement.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tracer/check/reading/vocabulary.hpp"
#include "tracer/derivation/recognition.hpp"
#include "tracer/derivation/short_form.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/expression/simplify.hpp"

namespace chalkgrad {

namespace {

/// A sum over more quantities than that is not written out by hand.
constexpr std::size_t longest_sum = 64;

Expr after(const std::string& name) { return Expr::symbol(name + std::string(updated_mark)); }

}  // namespace

std::string leaf_key(const Expr& leaf) {
  if (leaf.is(Expr::Kind::symbol)) return leaf.text();
  return leaf.text() + (leaf.direct() ? "|d|" : "|") + leaf.wrt();
}

Truth::Truth(const Solution& solution)
    : solution_(solution), here_(solution, World::Vary::nothing, 0) {
  for (std::size_t i = 0; i < solution.derivation.steps.size(); ++i)
    steps_.emplace(leaf_key(solution.derivation.steps[i].symbol()), i);
  constexpr double near_one = 0.999;
  for (const Item& item : solution.problem.items)
    saturated_ = saturated_ || (item.definition && complement(*item.definition) &&
                                value(Expr::symbol(item.name)).value > near_one);
  if (!solution.descent) return;
  const auto& parameters = solution.descent->parameters;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    updates_.emplace(parameters[i].name, i);
    for (const std::string& state : parameters[i].states) states_.emplace(state, i);
  }
}

const Descent::Parameter* Truth::updated_parameter(const std::string& name) const {
  const auto found = updates_.find(name);
  return found == updates_.end() ? nullptr : &solution_.descent->parameters[found->second];
}

World& Truth::world(std::size_t number) {
  auto& found = others_[number];
  if (!found)
    found = std::make_unique<World>(
        solution_, number < worlds / 2 ? World::Vary::all : World::Vary::but_targets,
        static_cast<unsigned>(number + 1));
  return *found;
}

double Truth::value_in(std::size_t number, const Expr& leaf) {
  Elsewhere& of_leaf = elsewhere_[leaf_key(leaf)];
  if (!of_leaf.known[number]) {
    of_leaf.values[number] = world(number).value(leaf);
    of_leaf.known.set(number);
  }
  return of_leaf.values[number];
}

Approximation Truth::value(const Expr& leaf) {
  const std::string key = leaf_key(leaf);
  const auto found = values_.find(key);
  if (found != values_.end()) return found->second;
  return values_.emplace(key, find_value(leaf)).first->second;
}

Approximation Truth::find_value(const Expr& leaf) {
  if (leaf.is(Expr::Kind::derivative)) {
    if (const auto step = steps_.find(leaf_key(leaf)); step != steps_.end()) {
      const Step& found = solution_.derivation.steps[step->second];
      return {found.value, found.error};
    }
    const Derivation& derivation = leaf.direct() ? Derivation{} : derivation_of(leaf);
    if (derivation.requested.empty()) return {here_.value(leaf), 0};
    const Step& found = derivation.steps[derivation.requested.front()];
    return {found.value, found.error};
  }
  const std::string& name = leaf.text();
  if (const auto after = name.find(after_steps); after != std::string::npos)
    return {after_training(name.substr(0, after), name.substr(after + after_steps.size())), 0};
  if (const auto quantity = solution_.quantities->find(name))
    return {(*solution_.quantities)[*quantity].value, (*solution_.quantities)[*quantity].error};
  if (name.ends_with(updated_mark)) {
    const std::string before = name.substr(0, name.size() - updated_mark.size());
    if (const auto known = updates_.find(before); known != updates_.end()) {
      const Update& update = solution_.updates[known->second];
      return {update.after, update.error};
    }
    const auto error = solution_.errors_after.find(before);
    return {here_.value(leaf), error == solution_.errors_after.end() ? 0 : error->second};
  }
  return {here_.value(leaf), 0};
}

/// What a table of training says; NaN for a step that has no row.
double Truth::after_training(const std::string& name, const std::string& steps) const {
  if (!solution_.training) return no_value;
  const Training& training = *solution_.training;
  const auto step = Decimal::parse(steps);
  if (!step) return no_value;
  const auto row = std::lower_bound(
      training.rows.begin(), training.rows.end(), step->value(),
      [](const TrainingRow& one, double wanted) { return static_cast<double>(one.step) < wanted; });
  if (row == training.rows.end() || static_cast<double>(row->step) != step->value())
    return no_value;
  if (name == training.descent.output) return row->error;
  for (std::size_t i = 0; i < training.descent.parameters.size(); ++i) {
    if (training.descent.parameters[i].name == name) return row->parameters[i];
    const auto& states = training.descent.parameters[i].states;
    const auto state = std::find(states.begin(), states.end(), name);
    if (state != states.end())
      return row->states[training.descent.parameters[i].first_state +
                         static_cast<std::size_t>(state - states.begin())];
  }
  const auto column = std::find(training.columns.begin(), training.columns.end(), name);
  if (column != training.columns.end() && !row->sample.empty())
    return row->sample[static_cast<std::size_t>(column - training.columns.begin())];
  return no_value;
}

const Derivation& Truth::derivation_of(const Expr& derivative) {
  const std::string key = leaf_key(derivative);
  const auto found = derivations_.find(key);
  if (found != derivations_.end()) return found->second;
  const Quantities& all = *solution_.quantities;
  const auto y = all.find(derivative.text()), x = all.find(derivative.wrt());
  Derivation derivation;
  if (y && x) {
    try {
      derivation = derive(all, std::vector{std::pair(*y, *x)});
    } catch (const DerivativeError&) {
      derivation = {};  // there is none
    }
  }
  return derivations_.emplace(key, std::move(derivation)).first->second;
}

const std::vector<Expr>& Truth::definitions(const Expr& leaf) {
  const std::string key = leaf_key(leaf);
  const auto found = definitions_.find(key);
  if (found != definitions_.end()) return found->second;
  return definitions_.emplace(key, find_definitions(leaf)).first->second;
}

std::vector<Expr> Truth::find_definitions(const Expr& leaf) {
  std::vector<Expr> all, distinct;
  if (leaf.is(Expr::Kind::symbol)) define_symbol(leaf.text(), all);
  if (leaf.is(Expr::Kind::derivative)) define_derivative(leaf, all);
  for (const Expr& one : all) {
    bool known = one == leaf || one.is(Expr::Kind::number);
    for (const Expr& earlier : distinct) known = known || earlier == one;
    if (!known) distinct.push_back(one);
  }
  return distinct;
}

void Truth::define_symbol(const std::string& name, std::vector<Expr>& list) {
  if (name.ends_with(updated_mark))
    return define_after_update(name.substr(0, name.size() - updated_mark.size()), list);
  if (name.starts_with(change_mark) && solution_.problem.find(name) == nullptr)
    return define_change(name.substr(change_mark.size()), list);
  const Item* item = solution_.problem.find(name);
  if (item != nullptr && item->definition) list.push_back(*item->definition);
  if (item != nullptr && item->with_derivatives) list.push_back(*item->with_derivatives);
  const auto quantity = solution_.quantities->find(name);
  if (quantity && !(*solution_.quantities)[*quantity].given)
    list.push_back(solution_.quantities->definition(*quantity));
  const auto kept = states_.find(name);
  if (kept == states_.end()) return;
  const Descent::Parameter& parameter = solution_.descent->parameters[kept->second];
  const auto which = std::find(parameter.states.begin(), parameter.states.end(), name);
  const Expr formula = first_step(*solution_.descent, parameter)
                           .states[static_cast<std::size_t>(which - parameter.states.begin())];
  list.push_back(formula);
  list.push_back(simplify(formula));  // without what was 0 before
}

/// Δw = −η·∂E/∂w.
void Truth::define_change(const std::string& name, std::vector<Expr>& list) {
  const Descent::Parameter* parameter = updated_parameter(name);
  if (parameter == nullptr) return;
  const Descent::Group& group = solution_.descent->group_of(*parameter);
  if (parameter->correction) {
    list.push_back(first_step(*solution_.descent, *parameter).states[0]);
    return list.push_back(after(name) - Expr::symbol(name));
  }
  const Expr step = group.rate.symbol * first_step(*solution_.descent, *parameter).slope;
  if (parameter->states.empty()) list.push_back(group.ascends ? step : -step);
  list.push_back(after(name) - Expr::symbol(name));
}

/// w⁺ = w − η·(∂E/∂w + λ·w); of a defined quantity, its definition with everything after the
/// update.
void Truth::define_after_update(const std::string& name, std::vector<Expr>& list) {
  const Item* item = solution_.problem.find(name);
  if (item == nullptr || !solution_.descent) return;
  if (item->definition) {
    list.push_back(substitute(*item->definition, [&](const Expr& leaf) {
      if (!leaf.is(Expr::Kind::symbol)) return leaf;
      const Item* of = solution_.problem.find(leaf.text());
      const bool changes = (of != nullptr && of->definition) || updates_.contains(leaf.text());
      return changes ? after(leaf.text()) : leaf;
    }));
    return;
  }
  const Descent::Parameter* parameter = updated_parameter(name);
  if (parameter == nullptr) return;
  const Descent::Group& group = solution_.descent->group_of(*parameter);
  const FirstStep step = first_step(*solution_.descent, *parameter);
  list.push_back(step.after);
  // With what the step is made of: v_w, which is ∂E/∂w in the first.
  Expr whole = step.after;
  for (std::size_t k = step.states.size(); k-- > 0;)
    whole = substitute(whole, [&](const Expr& leaf) {
      const bool state = leaf.is(Expr::Kind::symbol) && leaf.text() == parameter->states[k];
      return state ? simplify(step.states[k]) : leaf;
    });
  if (!step.states.empty()) list.push_back(whole);
  if (!parameter->decays || !step.states.empty()) return;
  const Expr w = Expr::symbol(name), &rate = group.rate.symbol;
  const Expr gradient = Expr::derivative(group.output, name);
  const Expr stepped_without = stepped<Expr>(group, w, rate, gradient);
  list.push_back(stepped_without - rate * group.decay->symbol * w);
}

void Truth::define_derivative(const Expr& leaf, std::vector<Expr>& list) {
  const Quantities& all = *solution_.quantities;
  const auto known = steps_.find(leaf_key(leaf));
  const Derivation* derivation = &solution_.derivation;
  const Step* step = nullptr;
  if (known != steps_.end()) {
    step = &solution_.derivation.steps[known->second];
  } else if (!leaf.direct()) {
    derivation = &derivation_of(leaf);
    if (!derivation->requested.empty()) step = &derivation->steps[derivation->requested.front()];
  }
  if (step == nullptr) return;
  if (step->rule == Rule::local) {
    list.push_back(step->simplified);
    list.push_back(step->raw);
  } else if (step->rule != Rule::identity && step->rule != Rule::independent) {
    list.push_back(derivation->statement(*step));
  }
  if (!step->formula.is(Expr::Kind::derivative)) list.push_back(step->formula);
  if (step->short_form) list.push_back(step->short_form->expr);
  // Through the δ of each quantity that uses x: δ_o1·out_h1.
  const auto y = all.find(leaf.text()), x = all.find(leaf.wrt());
  if (!y || !x || leaf.direct() || step->rule == Rule::local) return;
  std::vector<Term> terms;
  for (const QuantityIndex user : all[*x].users) {
    if (user > *y) continue;
    const Expr outer = Expr::derivative(leaf.text(), all[user].name);
    if (terms.size() > longest_sum) return;
    Expr inner = Expr::derivative(all[user].name, leaf.wrt());
    const Expr direct = Expr::derivative(all[user].name, leaf.wrt(), true);
    if (user == *y || value_in(0, inner) != value_in(0, direct)) inner = direct;
    terms.push_back({user == *y ? inner : outer * inner, false});
  }
  if (!terms.empty())
    list.push_back(terms.size() == 1 ? terms[0].expr : Expr::sum(std::move(terms)));
}

}  // namespace chalkgrad
