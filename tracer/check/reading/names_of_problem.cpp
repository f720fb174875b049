#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "engine/ops.hpp"
#include "tracer/check/reading/families.hpp"
#include "tracer/check/reading/vocabulary.hpp"
#include "tracer/derivation/deltas.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/numerals/ascii.hpp"

/// The part of the vocabulary that takes in a problem: its names, and what people call the same.
namespace chalkgrad {

namespace {

/// What people call the error if the problem calls it something else.
constexpr std::array names_of_an_error = {
    "E",       "L",     "C",   "J",       "Loss", "loss", "Cost", "cost", "Error",       "error",
    "E_total", "E_tot", "MSE", "L_total", "ET",   "Et",   "JT",   "Ltot", "total_error", "ell"};

/// What people call the prediction and the target; a problem has usually one of each.
constexpr std::array names_of_a_prediction = {"yhat",       "ypred", "predicted",
                                              "prediction", "pred",  "yp"};
constexpr std::array names_of_a_target = {"target", "expected", "desired",
                                          "label",  "ytrue",    "groundtruth"};

constexpr std::string_view hat_ending = "hat";

/// Whether the letters of an activation's own net input are before the underscore: z_o1, Net_h.
bool is_net_prefix(std::string_view prefix) {
  const std::string lower = in_lower_case(prefix);
  return lower.starts_with("net") || lower == "z" || lower == "a" || lower == "s" ||
         lower.starts_with("in");
}

void collect_activations(const Expr& e, std::set<Op>& found) {
  switch (e.kind()) {
    case Expr::Kind::call:
      if (description_of(e.op()).is_activation) found.insert(e.op());
      [[fallthrough]];
    case Expr::Kind::power:
    case Expr::Kind::sum:
    case Expr::Kind::product:
    case Expr::Kind::cases:
      for (const Term& term : e.parts()) collect_activations(term.expr, found);
      break;
    default: break;
  }
}

/// The net input whose activation a quantity is.
std::optional<QuantityIndex> net_input_of(const Quantities& all, QuantityIndex q) {
  if (all[q].given || all[q].operands.size() != 1) return std::nullopt;
  const Expr definition = all.definition(q);
  const bool activation = definition.is(Expr::Kind::call) &&
                          description_of(definition.op()).is_activation &&
                          definition.part(0).is(Expr::Kind::symbol);
  const QuantityIndex net = all[q].operands.front();
  return activation && !all[net].given ? std::optional(net) : std::nullopt;
}

}  // namespace

Vocabulary::Vocabulary(const Solution& solution, Arrays arrays) : graph_(*solution.quantities) {
  add_quantities(solution);
  add_coefficients(solution);
  if (solution.training) add_training(solution);
  std::set<std::string> outputs;
  for (const DeriveStatement& statement : solution.problem.derivations)
    outputs.insert(statement.output);
  // Sample by sample, the first step is about the first; unless all are derived together as well.
  const bool one_by_one = solution.problem.derivations.empty();
  if (solution.descent)
    for (const Descent::Group& group : solution.descent->groups)
      outputs.insert(group.outputs.empty() || one_by_one ? group.output : solution.descent->output);
  if (outputs.size() == 1 && !solution.problem.auxiliary.contains(*outputs.begin()))
    output_ = *outputs.begin();
  add_arrays(solution, arrays);
  add_aliases(solution, solution.problem.aliases);
  add_deltas(solution);
  find_activation(solution);
  add_roles(solution);
  if (output_.empty()) return;
  for (const std::string name : names_of_an_error)
    if (!quantities_.contains(name_key(name)))
      others_.emplace(name_key(name), Expr::symbol(output_));
}

void Vocabulary::add_training(const Solution& solution) {
  has_training_ = true;
  const Training& training = *solution.training;
  trained_.insert(training.descent.output);
  for (const Descent::Parameter& parameter : training.descent.parameters) {
    trained_.insert(parameter.name);
    trained_.insert(parameter.states.begin(), parameter.states.end());
  }
  for (const std::string& column : training.columns) {
    trained_.insert(column);
    columns_.emplace(name_key(column), column);
  }
  for (const TrainingRow& row : training.rows) steps_.insert(std::to_string(row.step));
}

void Vocabulary::add_quantities(const Solution& solution) {
  for (const Item& item : solution.problem.items) {
    names_.push_back(item.name);
    quantities_.emplace(item.name, item.name);
  }
  for (const Item& item : solution.problem.items) {
    quantities_.emplace(name_key(item.name), item.name);
    if (!item.definition) given_.insert(item.name);
    if (item.role == Role::function) unspecified_.insert(item.name);
    has_samples_ = has_samples_ || sample_of(item.name) > 0;
    const auto [known, added] =
        without_case_.emplace(in_lower_case(name_key(item.name)), item.name);
    if (!added) known->second.clear();
  }
  has_update_ = solution.descent.has_value();
}

/// Arrays are named as quantities are: W, dW, ∇_W, W_new; and δ_z, δ2 of Z2.
void Vocabulary::add_arrays(const Solution& solution, Arrays which) {
  arrays_ = KnownArrays(solution, output_);
  if (which == Arrays::and_families) arrays_.add(families_of(solution.problem));
  for (const std::string& name : arrays_.names()) {
    names_.push_back(name);
    // An array h2 in a file is no h_2, the element of an array h.
    if (solution.problem.find(name) == nullptr) quantities_.insert_or_assign(name, name);
    quantities_.emplace(name, name);
    quantities_.emplace(name_key(name), name);
    // The row x[1,:] of a matrix is written x_1.
    if (const auto row = name.find(",:]"); row != std::string::npos)
      quantities_.emplace(name.substr(0, name.find('[')) +
                              name.substr(name.find('[') + 1, row - name.find('[') - 1),
                          name);
    without_case_.emplace(in_lower_case(name_key(name)), name);
    if (arrays_.is_given(name)) given_.insert(name);
  }
  std::map<std::string, Expr> of_net_inputs;  // by the names of what they are applied to
  constexpr std::string_view automatic = "δ_net_";
  for (const auto& [name, derivative] : arrays_.deltas()) {
    others_.emplace(name_key(name), derivative);
    if (name.starts_with(automatic))
      of_net_inputs.emplace(name.substr(automatic.size()), derivative);
  }
  if (output_.empty()) return;
  for (const Array& array : solution.problem.arrays) {
    const Expr derivative = Expr::derivative(output_, array.shown);
    others_.emplace(name_key("delta_" + array.shown), derivative);
    const Expr change = Expr::symbol(std::string(change_mark) + array.shown);
    if (!array.definition)
      for (const std::string_view mark : {"Δ", "Delta_"})
        others_.emplace(name_key(std::string(mark) + array.shown), change);
    // What an activation is of is what δ2 is about.
    const bool applied = array.definition && array.definition->parts().size() == 1 &&
                         array.definition->part(0).is(Expr::Kind::symbol);
    const std::string net = applied ? array.definition->part(0).text() : std::string();
    if (applied) of_net_inputs.emplace(net, Expr::derivative(output_, net));
  }
  add_deltas_of_layers(of_net_inputs);
}

/// δ2, δ^{(2)} of the one net input with that number, and δ where there is one net input.
void Vocabulary::add_deltas_of_layers(const std::map<std::string, Expr>& of_net_inputs) {
  std::map<std::string, std::vector<Expr>> by_layer;
  for (const auto& [net, derivative] : of_net_inputs) {
    const auto digit = net.find_first_of("0123456789");
    if (digit != std::string::npos) by_layer[net.substr(digit)].push_back(derivative);
  }
  for (const auto& [layer, derivatives] : by_layer) {
    if (derivatives.size() > 1) continue;
    others_.emplace("delta" + name_key(layer), derivatives.front());
    others_.emplace("delta[" + layer + "]", derivatives.front());
  }
  if (of_net_inputs.size() == 1) others_.emplace("delta", of_net_inputs.begin()->second);
}

/// As the paper calls them. The δ of an activation's value belongs to its net input.
void Vocabulary::add_aliases(const Solution& solution, const std::vector<Alias>& aliases) {
  meanings_.clear();
  const Quantities& all = *solution.quantities;
  for (const auto& [name, quantity, place] : aliases) {
    names_.push_back(name);
    quantities_.insert_or_assign(name, quantity);
    quantities_.insert_or_assign(name_key(name), quantity);
    without_case_.emplace(in_lower_case(name_key(name)), quantity);
    add_elements_of_alias(name, quantity);
    const auto q = all.find(quantity);
    const bool updated =
        solution.descent &&
        std::any_of(solution.descent->parameters.begin(), solution.descent->parameters.end(),
                    [&quantity = quantity](const auto& one) { return one.name == quantity; });
    if (updated)
      for (const std::string mark : {"Δ", "Delta_", "delta_"})
        others_.insert_or_assign(name_key(mark + name),
                                 Expr::symbol(std::string(change_mark) + quantity));
    if (output_.empty() || updated) continue;
    const auto net = q ? net_input_of(all, *q) : std::nullopt;
    const Expr derivative = Expr::derivative(output_, net ? all[*net].name : quantity);
    others_.insert_or_assign(name_key("delta_" + name), derivative);
    constexpr std::string_view net_input = "net_";
    if (name.starts_with(net_input))
      others_.emplace(name_key("delta_" + name.substr(net_input.size())), derivative);
  }
  add_deltas_of_aliases(solution, aliases);
}

/// p_2 of an array that is called p here, and w_12 of one called w.
void Vocabulary::add_elements_of_alias(const std::string& name, const std::string& array) {
  constexpr std::size_t longest = 9;
  const auto value = arrays_.of(Expr::symbol(array));
  if (!value || value->shape.rows > longest || value->shape.columns > longest) return;
  for (std::size_t i = 0; i < value->elements.size(); ++i) {
    if (!value->elements[i].is(Expr::Kind::symbol)) return;
    const std::string column =
        value->shape.columns > 1 ? std::to_string(i % value->shape.columns + 1) : std::string();
    const std::string index = std::to_string(i / value->shape.columns + 1) + column;
    // h_1 is the element, and h1 as well if nothing else is called so.
    quantities_.emplace(name + "_" + index, value->elements[i].text());
    quantities_.emplace(name_key(name + "_" + index), value->elements[i].text());
    constexpr std::string_view net_input = "net_";
    if (name.starts_with(net_input) && !output_.empty())
      others_.emplace(name_key("delta_" + name.substr(net_input.size()) + index),
                      Expr::derivative(output_, value->elements[i].text()));
  }
}

void Vocabulary::add_derivative(const std::string& name, const Expr& derivative) {
  meanings_.clear();
  names_.push_back(name);
  quantities_.erase(name_key(name));
  others_.insert_or_assign(name_key(name), derivative);
}

/// δ3 is that of z3, if z3 is the one net input with that number; or of the net input of o3.
void Vocabulary::add_deltas_of_aliases(const Solution& solution,
                                       const std::vector<Alias>& aliases) {
  const Quantities& all = *solution.quantities;
  std::map<std::string, std::string> net_inputs;  // of themselves, and of activations
  for (QuantityIndex q = 0; q < all.size(); ++q)
    if (const auto net = net_input_of(all, q)) {
      net_inputs[all[*net].name] = all[*net].name;
      net_inputs[all[q].name] = all[*net].name;
    }
  std::map<std::string, std::set<std::string>> by_index;
  for (const Alias& alias : aliases) {
    const auto digit = alias.name.find_first_of("[0123456789");
    const auto net = net_inputs.find(alias.quantity);
    if (digit != std::string::npos && net != net_inputs.end())
      by_index[name_key(alias.name.substr(digit))].insert(net->second);
  }
  if (output_.empty()) return;
  for (const auto& [index, nets] : by_index)
    if (nets.size() == 1)
      others_.insert_or_assign("delta" + index, Expr::derivative(output_, *nets.begin()));
}

void Vocabulary::add_coefficients(const Solution& solution) {
  if (!solution.descent) return;
  const auto add = [this](const Expr& symbol, std::initializer_list<const char*> names) {
    if (!symbol.is(Expr::Kind::symbol)) return;
    others_.emplace(name_key(symbol.text()), symbol);
    for (const std::string name : names)
      if (!quantities_.contains(name_key(name))) others_.emplace(name_key(name), symbol);
  };
  for (const Descent::Group& group : solution.descent->groups) {
    add(group.rate.symbol, {"eta", "rate", "lr", "learning_rate"});
    // α may as well be what a penalty is multiplied by.
    const bool other_constant = std::any_of(
        solution.problem.items.begin(), solution.problem.items.end(), [&](const Item& item) {
          return item.role == Role::constant && item.name != group.rate.symbol.text();
        });
    if (!other_constant) add(group.rate.symbol, {"alpha"});
    if (group.coefficients.size() == 1)
      add(group.coefficients[0].symbol, {"mu", "momentum", "beta"});
    for (const Coefficient& one : group.coefficients) add(one.symbol, {});
    if (group.decay) add(group.decay->symbol, {"lambda", "decay"});
    if (group.rate_decay) add(group.rate_decay->symbol, {});
    if (group.velocity) add(group.velocity->symbol, {});
  }
  for (const Descent::Parameter& parameter : solution.descent->parameters) {
    for (const std::string& state : parameter.states) add(Expr::symbol(state), {});
    // The one velocity of momentum.
    if (parameter.states.size() != 1 || parameter.correction) continue;
    for (const std::string_view letter : {"m_", "v_", "vel_", "velocity_"})
      if (const std::string name = name_key(std::string(letter) + parameter.name);
          !quantities_.contains(name))
        others_.emplace(name, Expr::symbol(parameter.states[0]));
  }
}

/// Where several outputs are derived the δ of each is named after it, on a sheet.
void Vocabulary::add_deltas_of_outputs(const Solution& solution) {
  std::set<std::string> outputs;
  for (const auto* list : {&solution.derived, &solution.needed_for_update})
    for (const StepIndex step : *list) outputs.insert(solution.derivation.steps[step].of);
  if (outputs.size() < 2) return;
  const Quantities& all = *solution.quantities;
  for (const std::string& output : outputs) {
    std::vector<QuantityIndex> xs;
    for (const auto& [x, gradient] : solution.gradients.at(output)) xs.push_back(*all.find(x));
    for (const Delta& delta : delta_sweep(all, *all.find(output), xs, true).deltas)
      others_.emplace(name_key(delta.name), Expr::derivative(output, all[delta.quantity].name));
  }
}

void Vocabulary::add_deltas(const Solution& solution) {
  add_deltas_of_outputs(solution);
  if (output_.empty()) return;
  const auto y = solution.quantities->find(output_);
  if (!y) return;
  add_changes(solution);
  // As the sheet names them; then every other quantity, as a person might.
  std::vector<QuantityIndex> xs;
  if (const auto derived = solution.gradients.find(output_); derived != solution.gradients.end())
    for (const auto& [x, gradient] : derived->second) xs.push_back(*solution.quantities->find(x));
  for (const Delta& delta : delta_sweep(*solution.quantities, *y, xs).deltas)
    others_.emplace(name_key(delta.name),
                    Expr::derivative(output_, (*solution.quantities)[delta.quantity].name));
  for (QuantityIndex q = 0; q < solution.quantities->size() && q <= *y; ++q) {
    const Quantity& quantity = (*solution.quantities)[q];
    if (quantity.given || quantity.automatic) continue;
    const Expr derivative = Expr::derivative(output_, quantity.name);
    const std::string& name = quantity.name;
    const auto add = [&](std::string_view rest) {
      others_.emplace(name_key("delta_" + std::string(rest)), derivative);
    };
    // δ_o1 for net_o1 and Z_O1; the δ of an activation's value belongs to its net input.
    const std::string_view plain = without_sample(name);
    const auto underscore = plain.find('_');
    if (underscore != std::string_view::npos && underscore + 1 < plain.size() &&
        is_net_prefix(plain.substr(0, underscore)))
      add(std::string(name).substr(underscore + 1));
  }
  for (QuantityIndex q = 0; q < solution.quantities->size() && q <= *y; ++q) {
    const Quantity& quantity = (*solution.quantities)[q];
    if (quantity.given || quantity.automatic) continue;
    const auto net = net_input_of(*solution.quantities, q);
    const std::string& by = net ? (*solution.quantities)[*net].name : quantity.name;
    others_.emplace(name_key("delta_" + quantity.name), Expr::derivative(output_, by));
  }
  add_indexed_deltas(solution);
}

/// δ1 is that of z1 or net_1, whatever the letters are, if there is one net input of that number
/// and no other; δ that of the only one.
void Vocabulary::add_indexed_deltas(const Solution& solution) {
  std::map<std::string, std::set<std::string>> by_index;
  std::set<std::string> all;
  for (QuantityIndex q = 0; q < solution.quantities->size(); ++q) {
    const auto net = net_input_of(*solution.quantities, q);
    if (!net) continue;
    const std::string& name = (*solution.quantities)[*net].name;
    all.insert(name);
    const auto digit = name.find_first_of("0123456789");
    if (digit != std::string::npos) by_index[name_key(name.substr(digit))].insert(name);
  }
  const auto add = [&](const std::string& index, const std::string& name) {
    others_.emplace("delta" + index, Expr::derivative(output_, name));
  };
  for (const auto& [index, names] : by_index)
    if (names.size() == 1) add(index, *names.begin());
  if (all.size() != 1) return;
  for (const std::string index : {"", "1", "o", "out", "j", "k"}) add(index, *all.begin());
}

/// ŷ, y_pred and "predicted" are the one prediction of the problem, whichever it is called.
void Vocabulary::add_roles(const Solution& solution) {
  std::set<std::string> predictions, targets;
  for (const Item& item : solution.problem.items) {
    const std::string key = in_lower_case(name_key(item.name));
    const bool predicts = std::find(names_of_a_prediction.begin(), names_of_a_prediction.end(),
                                    key) != names_of_a_prediction.end();
    if (item.definition &&
        (predicts || (key.ends_with(hat_ending) && key.size() == hat_ending.size() + 1)))
      predictions.insert(item.name);
    if (item.role == Role::target) targets.insert(item.name);
  }
  const auto add = [this](const auto& names, const std::set<std::string>& meant) {
    if (meant.size() != 1) return;
    for (const std::string name : names)
      if (!quantities_.contains(name)) others_.emplace(name, Expr::symbol(*meant.begin()));
  };
  add(names_of_a_prediction, predictions);
  add(names_of_a_target, targets);
}

void Vocabulary::find_activation(const Solution& solution) {
  std::set<Op> found;
  for (const Item& item : solution.problem.items)
    if (item.definition) collect_activations(*item.definition, found);
  if (found.size() == 1) activation_ = *found.begin();
}

/// Δw5 and delta_w5 are what the update adds to w5.
void Vocabulary::add_changes(const Solution& solution) {
  if (!solution.descent) return;
  for (const Descent::Parameter& one : solution.descent->parameters) {
    const Expr change = Expr::symbol(std::string(change_mark) + one.name);
    others_.emplace(name_key("Δ" + one.name), change);
    others_.emplace(name_key("Delta_" + one.name), change);
    others_.emplace(name_key("delta_" + one.name), change);
  }
}

}  // namespace chalkgrad
