#include "tracer/problem/descent.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "tracer/expression/name.hpp"

namespace chalkgrad {

namespace {

/// Of each quantity, whether its definition leads to one of those named, or it is one of them.
/// Linear in the size of the graph, as are both: operands stand before what they define.
std::vector<bool> depending_on(const Quantities& quantities,
                               const std::vector<std::string>& names) {
  std::vector<bool> found(quantities.size());
  for (const std::string& name : names) found[*quantities.find(name)] = true;
  for (QuantityIndex i = 0; i < quantities.size(); ++i)
    for (const QuantityIndex operand : quantities[i].operands)
      if (found[operand]) found[i] = true;
  return found;
}

/// Of each quantity, whether the definition of one of those named leads to it.
std::vector<bool> leading_to(const Quantities& quantities, const std::vector<std::string>& names) {
  std::vector<bool> is_named(quantities.size()), found(quantities.size());
  for (const std::string& name : names) is_named[*quantities.find(name)] = true;
  for (QuantityIndex i = quantities.size(); i-- > 0;)
    if (is_named[i] || found[i])
      for (const QuantityIndex operand : quantities[i].operands) found[operand] = true;
  return found;
}

/// The derived quantity that an update is about: the one that depends on its parameters, and the
/// last of them if one leads to the other (E_total, not E_o1).
std::string output_of(const Problem& problem, const Quantities& quantities,
                      const UpdateStatement& update) {
  if (!update.output.empty()) return update.output;
  std::vector<std::string> outputs;
  std::unordered_set<std::string_view> seen;
  const bool asked = std::any_of(problem.derivations.begin(), problem.derivations.end(),
                                 [](const DeriveStatement& one) { return !one.is_automatic; });
  for (const DeriveStatement& derive : problem.derivations)
    if (asked == !derive.is_automatic && seen.insert(derive.output).second)
      outputs.push_back(derive.output);
  if (outputs.empty())
    fail(update.place, "the update needs a derivative, and the file derives none",
         "add a statement such as derive E wrt all");
  if (outputs.size() == 1) return outputs.front();
  const std::vector<bool> depend = depending_on(quantities, update.parameters);
  std::erase_if(outputs,
                [&](const std::string& output) { return !depend[*quantities.find(output)]; });
  const std::vector<std::string> candidates = outputs;
  const std::vector<bool> lead_on = leading_to(quantities, candidates);
  std::erase_if(outputs,
                [&](const std::string& output) { return lead_on[*quantities.find(output)]; });
  if (outputs.size() == 1) return outputs.front();
  const auto of_samples = [&](const std::string& output) {
    return sample_of(output) != 0 && without_sample(output) == without_sample(outputs.front());
  };
  if (!outputs.empty() && std::all_of(outputs.begin(), outputs.end(), of_samples))
    fail(update.place,
         fmt::format("'{}' has a value in each sample", without_sample(outputs.front())),
         "derive what brings them together, as in mean over samples of ...");
  fail(update.place, "the update could use the derivatives of several quantities",
       fmt::format("say of which, as in update {} of {} rate 0.5", update.parameters.front(),
                   candidates.empty() ? problem.derivations.front().output : candidates.back()));
}

/// η, or what else it is called where the file has a quantity η.
class Symbols {
 public:
  explicit Symbols(const Problem& problem) : problem_(problem) {}

  Expr symbol_of(const Expr& written, const std::vector<const char*>& names) {
    if (!written.is(Expr::Kind::number)) return written;
    for (const std::string name : names) {
      const std::string_view spelled_out = greek_word(name);
      const bool taken = problem_.find(name) != nullptr ||
                         (!spelled_out.empty() && problem_.find(spelled_out) != nullptr);
      if (taken) continue;
      // Another statement may have another rate.
      for (int number = 1;; ++number) {
        const std::string own = number == 1 ? name : fmt::format("{}_{}", name, number);
        const auto [known, added] = numbers_.emplace(own, written.value());
        if (added || known->second == written.value()) return Expr::symbol(own);
      }
    }
    return Expr::symbol(std::string(names.back()) + "_of_the_update");
  }

 private:
  const Problem& problem_;
  std::map<std::string, double> numbers_;
};

class DescentReader {
 public:
  DescentReader(const Problem& problem, const Quantities& quantities)
      : problem_(problem), quantities_(quantities), symbols_(problem) {}

  Descent run() {
    descent_.output = output_of(problem_, quantities_, problem_.updates.front());
    for (const UpdateStatement& update : problem_.updates) add(update);
    return std::move(descent_);
  }

 private:
  Coefficient coefficient(std::string label, const Expr& written,
                          const std::vector<const char*>& names) {
    const bool literal = written.is(Expr::Kind::number);
    return {std::move(label), written, symbols_.symbol_of(written, names),
            literal ? written.value() : quantities_[*quantities_.find(written.text())].value};
  }

  void add(const UpdateStatement& update) {
    Descent::Group group{.output = output_of(problem_, quantities_, update),
                         .rule = update.rule,
                         .ascends = update.ascends};
    group.rate =
        coefficient("learning rate", update.rate, {"η", "rate", "learning_rate", "α", "ρ"});
    for (std::size_t i = 0; i < update.rule->coefficients.size(); ++i) {
      const UpdateCoefficient& one = update.rule->coefficients[i];
      group.coefficients.push_back(
          coefficient(std::string(one.label), update.coefficients[i], one.symbols));
      const double value = group.coefficients.back().value;
      if (!one.is_momentum() && !(value >= 0 && value < 1) && !std::isnan(value))
        fail(update.place, fmt::format("{} of {} is {}", one.word, update.rule->word, value),
             "it is at least 0 and below 1");
    }
    if (update.decay) group.decay = coefficient("weight decay", *update.decay, {"λ", "decay"});
    if (update.rate_decay)
      group.rate_decay = coefficient("decay of the rate", *update.rate_decay, {"d", "rate_decay"});
    if (update.velocity)
      group.velocity = coefficient("start velocity", *update.velocity, {"v0", "start_velocity"});
    if (update.correction) {
      group.output = update.correction->criteria.front();
      if (update.sample_by_sample) group.outputs = update.correction->criteria;
    } else if (update.sample_by_sample) {
      take_samples(update, group);
    }
    for (const std::string& name : update.parameters) add_parameter(update, name);
    descent_.groups.push_back(std::move(group));
  }

  /// E⁽¹⁾, E⁽²⁾, …, which E is the sum or mean of.
  void take_samples(const UpdateStatement& update, Descent::Group& group) const {
    std::vector<std::string> outputs(problem_.samples.count);
    bool is_sum = problem_.samples.count > 0;
    for (const QuantityIndex operand : quantities_[*quantities_.find(group.output)].operands) {
      const std::string& name = quantities_[operand].name;
      const std::size_t sample = sample_of(name);
      is_sum = is_sum && sample > 0 && outputs[sample - 1].empty();
      if (is_sum) outputs[sample - 1] = name;
    }
    if (!is_sum || std::any_of(outputs.begin(), outputs.end(),
                               [](const std::string& one) { return one.empty(); }))
      fail(update.place, fmt::format("'{}' is no sum or mean over samples alone", group.output),
           "sample by sample goes over what stands behind mean over samples of ...");
    group.output = outputs.front();
    group.outputs = std::move(outputs);
  }

  void add_parameter(const UpdateStatement& update, const std::string& name) {
    const Item& item = *problem_.find(name);
    if (item.definition)
      fail(update.place, fmt::format("'{}' is defined by others and cannot be updated", name),
           "an update changes given quantities");
    if (!updated_.insert(name).second)
      fail(update.place, fmt::format("'{}' is updated by two statements", name),
           "each parameter has one update");
    Descent::Parameter parameter{
        name, descent_.groups.size(), update.decay && item.role == Role::weight, {}, states_};
    for (const UpdateState& state : update.rule->states) {
      const std::string own =
          fmt::format("{}{}{}", state.symbol, update.correction ? "" : "_", name);
      parameter.states.push_back(quantities_.find(own) ? fmt::format("{}_{}", state.word, name)
                                                       : own);
    }
    states_ += parameter.states.size();
    if (!update.directions.empty())
      parameter.direction = update.directions[static_cast<std::size_t>(
          std::find(update.parameters.begin(), update.parameters.end(), name) -
          update.parameters.begin())];
    if (update.correction)
      parameter.correction = update.correction->of_parameters[static_cast<std::size_t>(
          std::find(update.parameters.begin(), update.parameters.end(), name) -
          update.parameters.begin())];
    descent_.parameters.push_back(std::move(parameter));
  }

  const Problem& problem_;
  const Quantities& quantities_;
  Symbols symbols_;
  std::set<std::string> updated_;
  std::size_t states_ = 0;
  Descent descent_;
};

}  // namespace

std::size_t Descent::count_of_states() const {
  return parameters.empty() ? 0 : parameters.back().first_state + parameters.back().states.size();
}

std::vector<Coefficient> Descent::coefficients() const {
  std::vector<Coefficient> all;
  for (const Group& group : groups) {
    all.push_back(group.rate);
    all.insert(all.end(), group.coefficients.begin(), group.coefficients.end());
    for (const auto& one : {group.decay, group.rate_decay, group.velocity})
      if (one) all.push_back(*one);
  }
  return all;
}

Descent descent_of(const Problem& problem, const Quantities& quantities) {
  return DescentReader(problem, quantities).run();
}

namespace {

/// η·d, as one product.
Expr times_rate(const Expr& rate, const Expr& direction) {
  if (direction.is_negation()) return -times_rate(rate, direction.part(0));
  std::vector<Term> factors = {{rate, false}};
  if (direction.is(Expr::Kind::product))
    factors.insert(factors.end(), direction.parts().begin(), direction.parts().end());
  else
    factors.push_back({direction, false});
  return Expr::product(std::move(factors));
}

}  // namespace

template <>
Expr stepped(const Descent::Group& group, const Expr& parameter, const Expr& rate,
             const Expr& direction) {
  const Expr step = times_rate(rate, direction);
  return group.ascends ? parameter + step : parameter - step;
}

FirstStep first_step(const Descent& descent, const Descent::Parameter& parameter) {
  const Descent::Group& group = descent.group_of(parameter);
  FirstStep step;
  const Expr w = Expr::symbol(parameter.name);
  if (parameter.correction) {
    step.states = {times_rate(group.rate.symbol, *parameter.correction)};
    step.after = w + Expr::symbol(parameter.states[0]);
    return step;
  }
  step.slope = Expr::derivative(group.output, parameter.name);
  if (parameter.decays) step.slope = decayed<Expr>(group, step.slope, group.decay->symbol * w);
  UpdateTerms<Expr> terms{.slope = step.slope,
                          .states = std::vector<Expr>(parameter.states.size(), 0.0)};
  if (group.velocity) terms.states[0] = group.velocity->symbol;
  for (const Coefficient& one : group.coefficients) terms.coefficients.push_back(one.symbol);
  terms.keep = [&](std::size_t state, const Expr& value) {
    step.states.push_back(value);
    return Expr::symbol(parameter.states[state]);
  };
  const Expr direction = parameter.direction.empty() ? group.rule->direction(terms)
                                                     : Expr::symbol(parameter.direction);
  step.after = stepped<Expr>(group, w, group.rate.symbol, direction);
  return step;
}

}  // namespace chalkgrad
