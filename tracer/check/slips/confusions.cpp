#include "tracer/check/slips/confusions.hpp"

#include <fmt/format.h>

#include "engine/ops.hpp"
#include "tracer/derivation/local.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {

namespace {

constexpr std::size_t most_siblings = 40;

/// out = f(net): f, if it is an activation.
std::optional<Op> activation_of(const Item& item) {
  const auto& definition = item.definition;
  if (!definition || !definition->is(Expr::Kind::call) || definition->parts().size() != 1)
    return std::nullopt;
  const bool is_activation = description_of(definition->op()).is_activation;
  if (!is_activation || !definition->part(0).is(Expr::Kind::symbol)) return std::nullopt;
  return definition->op();
}

/// A name that is the whole definition of a derivative: w5 for ∂net_o1/∂out_h1.
std::optional<Expr> as_name(const Expr& leaf, Truth& truth) {
  if (!leaf.is(Expr::Kind::derivative)) return std::nullopt;
  for (const Expr& definition : truth.definitions(leaf))
    if (definition.is(Expr::Kind::symbol)) return definition;
  return std::nullopt;
}

bool has_term(const Expr& sum, const std::string& name) {
  if (!sum.is(Expr::Kind::sum)) return false;
  for (const Term& term : sum.parts())
    if (term.expr.is(Expr::Kind::symbol) && term.expr.text() == name) return true;
  return false;
}

}  // namespace

Expr in_short(const Expr& meaning, Scope& scope) {
  constexpr std::size_t longest = 12;
  if (!meaning.is(Expr::Kind::derivative)) return meaning;
  for (const Expr& definition : scope.definitions(meaning)) {
    bool derivatives = false;
    for_each_leaf(definition, [&](const Expr& leaf) {
      derivatives = derivatives || leaf.is(Expr::Kind::derivative);
    });
    if (!derivatives && definition.size() <= longest) return definition;
  }
  return meaning;
}

/// People speak of weights, not of the derivatives that they are: v2 instead of v4.
Confusion ConfusedNames::instead(std::string_view slip, const Expr& other, const Expr& leaf) {
  const auto one = as_name(other, truth_), two = as_name(leaf, truth_);
  const bool names = one && two && !(*one == *two);
  return {slip, other,
          fmt::format("{} instead of {}", print(names ? *one : other), print(names ? *two : leaf))};
}

/// Quantities of the same kind: another weight, the output of another neuron.
void ConfusedNames::add_siblings(const Expr& symbol, std::vector<Confusion>& list) {
  const Problem& problem = truth_.solution().problem;
  const Item* item = problem.find(symbol.text());
  if (item == nullptr) return;
  const std::string base = name_parts(item->name).base;
  for (const Item& other : problem.items) {
    if (&other == item || other.role != item->role || list.size() >= most_siblings) continue;
    const bool same_kind = item->definition ? name_parts(other.name).base == base : true;
    if (same_kind) list.push_back(instead(slip::neuron, Expr::symbol(other.name), symbol));
  }
}

/// net_h1 for out_h1 = σ(net_h1), and the reverse.
void ConfusedNames::add_other_side_of_neuron(const Expr& symbol, std::vector<Confusion>& list) {
  const Problem& problem = truth_.solution().problem;
  const Item* item = problem.find(symbol.text());
  if (item == nullptr) return;
  if (activation_of(*item))
    list.push_back(instead(slip::net_for_out, item->definition->part(0), symbol));
  if (!outs_) {
    outs_.emplace();
    for (const Item& one : problem.items)
      if (activation_of(one)) outs_->emplace(one.definition->part(0).text(), one.name);
  }
  const auto out = outs_->find(item->name);
  if (out != outs_->end())
    list.push_back(instead(slip::net_for_out, Expr::symbol(out->second), symbol));
}

/// 1 − out² for out·(1 − out).
void ConfusedNames::add_other_activations(const Expr& derivative, std::vector<Confusion>& list) {
  const Problem& problem = truth_.solution().problem;
  const Item* item = problem.find(derivative.text());
  if (item == nullptr) return;
  const auto own = activation_of(*item);
  if (!own || item->definition->part(0).text() != derivative.wrt()) return;
  const Expr net = item->definition->part(0), out = Expr::symbol(item->name);
  for_each_operation([&]<class O>(O) {
    const ops::Description description = description_of(O::code);
    const bool other = description.is_activation && !description.is_exact &&
                       !description.is_threshold && O::code != *own;
    if constexpr (is_unary<O>) {
      if (!other && O::code != Op::relu) return;
      if (O::code == *own) return;
      const Expr rule = substitute(symbolic_rule(O::code, 0), [&](const Expr& leaf) {
        if (!leaf.is(Expr::Kind::symbol)) return leaf;
        return leaf.text() == "y" ? out : net;
      });
      list.push_back(
          {slip::activation, rule,
           fmt::format("that is the derivative of {}, not of {}", O::name, name_of(*own))});
    }
  });
}

void ConfusedNames::add_other_derivatives(const Expr& derivative, std::vector<Confusion>& list) {
  for (const Step& step : truth_.solution().derivation.steps) {
    const bool same_kind = name_parts(step.of).base == name_parts(derivative.text()).base &&
                           name_parts(step.wrt).base == name_parts(derivative.wrt()).base;
    if (same_kind && !(step.symbol() == derivative))
      list.push_back(instead(slip::neuron, step.symbol(), derivative));
    if (list.size() > most_siblings) break;
  }
}

/// ∂E/∂b·x: a bias has no input.
void ConfusedNames::add_inputs_of_neuron(const Expr& derivative, std::vector<Confusion>& list) {
  const Problem& problem = truth_.solution().problem;
  const Item* parameter = problem.find(derivative.wrt());
  if (parameter == nullptr || parameter->role != Role::bias) return;
  std::size_t looked_at = 0;
  for (const Item& item : problem.items) {
    if (++looked_at > 10'000) break;  // in a table of samples one is like another
    if (!item.definition || !has_term(*item.definition, parameter->name)) continue;
    for (const Term& term : item.definition->parts()) {
      if (!term.expr.is(Expr::Kind::product) || list.size() >= most_siblings) continue;
      for (const Term& factor : term.expr.parts()) {
        const Item* input =
            factor.expr.is(Expr::Kind::symbol) ? problem.find(factor.expr.text()) : nullptr;
        if (input == nullptr || input->role == Role::weight) continue;
        list.push_back({slip::bias, derivative * factor.expr,
                        fmt::format("multiplied by {}: a bias has no input", print(factor.expr))});
      }
    }
  }
}

std::vector<Confusion> ConfusedNames::in_formula(const Expr& leaf) {
  std::vector<Confusion> list;
  if (leaf.is(Expr::Kind::symbol)) {
    const Expr after = Expr::symbol(leaf.text() + std::string(updated_mark));
    if (truth_.updated_parameter(leaf.text()) != nullptr)
      list.push_back(instead(slip::updated, after, leaf));
    add_other_side_of_neuron(leaf, list);
    add_siblings(leaf, list);
    return list;
  }
  add_other_derivatives(leaf, list);
  add_other_activations(leaf, list);
  return list;
}

std::vector<Confusion> ConfusedNames::of_result(const Expr& leaf) {
  std::vector<Confusion> list;
  const std::string& name = leaf.text();
  if (leaf.is(Expr::Kind::symbol) && name.ends_with(updated_mark)) {
    const Expr before = Expr::symbol(name.substr(0, name.size() - updated_mark.size()));
    list.push_back(
        {slip::not_updated, before, fmt::format("that is {} before the update", print(before))});
  }
  for (Confusion& one : in_formula(leaf)) {
    const bool named = one.slip != slip::activation && one.slip != slip::not_updated;
    if (named) one.description = fmt::format("that is {}", print(one.expr));
    list.push_back(std::move(one));
  }
  if (leaf.is(Expr::Kind::derivative)) add_inputs_of_neuron(leaf, list);
  return list;
}

}  // namespace chalkgrad
