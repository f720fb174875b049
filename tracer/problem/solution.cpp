#include "tracer/problem/solution.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "tracer/derivation/partial_sweep.hpp"
#include "tracer/derivation/paths.hpp"
#include "tracer/derivation/rounding_error.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/expression/name_range.hpp"
#include "tracer/expression/suggestion.hpp"

namespace chalkgrad {

namespace {

class Solver {
 public:
  explicit Solver(Problem problem) { solution_.problem = std::move(problem); }

  Solution run(const std::vector<std::string>& wrt) {
    if (!wrt.empty()) replace_wrt(wrt);
    solution_.evaluation = evaluate_problem(problem());
    collect_quantities();
    collect_pairs();
    derive_pairs();
    update();
    check_expectations();
    return std::move(solution_);
  }

 private:
  Problem& problem() { return solution_.problem; }
  Graph& graph() { return *solution_.evaluation.graph; }

  void replace_wrt(const std::vector<std::string>& wrt) {
    std::vector<std::string> names;
    for (const std::string& name : with_ranges(wrt)) {
      if (name == "all" && problem().find("all") == nullptr) {
        const auto parameters = problem().parameters();
        names.insert(names.end(), parameters.begin(), parameters.end());
        continue;
      }
      const std::vector<std::string> elements = elements_of(name);
      if (problem().find(name) == nullptr && elements.empty()) refuse_wrt(name);
      if (elements.empty()) names.push_back(name);
      names.insert(names.end(), elements.begin(), elements.end());
    }
    if (problem().derivations.empty()) problem().derivations.push_back({.output = only_result()});
    for (DeriveStatement& statement : problem().derivations) statement.wrt = names;
  }

  /// Of an array W, of its row W[1,:] or column W[:,2], and of one element W[1,2] as it is called
  /// in the file; none if it is no array.
  std::vector<std::string> elements_of(const std::string& name) {
    for (const Array& array : problem().arrays) {
      if (array.name == name) return array.elements;
      if (!name.starts_with(array.name + "[") || !name.ends_with(']')) continue;
      const std::string inside =
          name.substr(array.name.size() + 1, name.size() - array.name.size() - 2);
      std::vector<std::string> found;
      for (std::size_t i = 0; i < array.elements.size(); ++i) {
        const std::string row = std::to_string(i / array.shape.columns + 1);
        const std::string column = std::to_string(i % array.shape.columns + 1);
        const bool is_meant = array.element_name(i) == name ||
                              (array.shape.is_matrix() &&
                               (inside == row || inside == row + ",:" || inside == ":," + column));
        if (is_meant) found.push_back(array.elements[i]);
      }
      if (!found.empty()) return found;
    }
    return {};
  }

  /// W[1,2],b at the commas that are not within brackets.
  static std::vector<std::string> divided(const std::vector<std::string>& list) {
    std::vector<std::string> names;
    for (const std::string& entry : list) {
      int depth = 0;
      names.emplace_back();
      for (const char c : entry) {
        depth += c == '[' ? 1 : c == ']' ? -1 : 0;
        if (c == ',' && depth <= 0)
          names.emplace_back();
        else if (c != ' ' || !names.back().empty())
          names.back() += c;
      }
      while (names.back().ends_with(' ')) names.back().pop_back();
    }
    return names;
  }

  /// w1..w3 as w1, w2, w3.
  static std::vector<std::string> with_ranges(const std::vector<std::string>& list) {
    std::vector<std::string> names;
    for (const std::string& entry : divided(list)) {
      try {
        const std::vector<Token> tokens = tokenize(entry);
        if (tokens.size() == 4 && tokens[1].is("..")) {
          const auto range = names_between(tokens[0], tokens[2]);
          names.insert(names.end(), range.begin(), range.end());
          continue;
        }
        names.push_back(tokens.size() == 2 ? tokens[0].text : entry);
      } catch (const SyntaxError& error) {
        throw UsageError(fmt::format("--wrt: {}", error.what()));
      }
    }
    return names;
  }

  [[noreturn]] void refuse_wrt(const std::string& name) {
    std::vector<std::string_view> known;
    for (const Item& item : problem().items) known.push_back(item.name);
    const std::string hint = did_you_mean(name, known);
    throw UsageError(
        fmt::format("--wrt: unknown quantity '{}'{}{}", name, hint.empty() ? "" : "; ", hint));
  }

  /// The one defined quantity that no other uses: what a file without a derive statement is about.
  std::string only_result() {
    std::set<std::string> used;
    for (const Item& item : problem().items) {
      if (!item.definition) continue;
      for_each_leaf(*item.definition, [&](const Expr& leaf) { used.insert(leaf.text()); });
    }
    std::vector<std::string> results;
    for (const Item& item : problem().items)
      if (item.definition && !used.contains(item.name)) results.push_back(item.name);
    if (results.size() == 1) return results.front();
    throw UsageError("--wrt: the file has no derive statement that says of which quantity");
  }

  void collect_quantities() {
    std::vector<NodeId> outputs;
    for (const Item& item : problem().items) outputs.push_back(graph().find(item.name));
    solution_.quantities =
        std::make_unique<Quantities>(graph(), outputs, solution_.evaluation.spellings);
  }

  void add_pair(const std::string& y, const std::string& x) {
    pairs_.emplace_back(*solution_.quantities->find(y), *solution_.quantities->find(x));
  }

  void collect_pairs() {
    for (const DeriveStatement& statement : problem().derivations)
      for (const std::string& x : statement.wrt) add_pair(statement.output, x);
    derived_count_ = pairs_.size();
    if (problem().updates.empty()) return;

    solution_.descent = descent_of(problem(), *solution_.quantities);
    for (const Descent::Parameter& parameter : solution_.descent->parameters)
      add_pair(solution_.descent->group_of(parameter).output, parameter.name);
  }

  void derive_pairs() {
    try {
      solution_.derivation = derive(*solution_.quantities, pairs_);
    } catch (const DerivativeError& error) {
      const Item* item = problem().find(error.of);
      fail(item != nullptr ? item->place : Place{}, error.what());
    }
    const auto& requested = solution_.derivation.requested;
    std::vector<bool> listed(solution_.derivation.steps.size());
    for (std::size_t i = 0; i < requested.size(); ++i) {
      auto& list = i < derived_count_ ? solution_.derived : solution_.needed_for_update;
      const Step& step = solution_.derivation.steps[requested[i]];
      const bool is_shown = !problem().auxiliary.contains(step.of);
      if (!listed[requested[i]] && is_shown) list.push_back(requested[i]);
      listed[requested[i]] = true;
      solution_.gradients[step.of][step.wrt] = without_noise(gradient(step.of, step.wrt), step);
    }
  }

  /// Where the derivation found that a sum vanishes, the sweep may have found rounding noise.
  static double without_noise(double gradient, const Step& step) {
    return step.value == 0 ? 0 : gradient;
  }

  /// From a reverse sweep over the graph, one for each output.
  double gradient(const std::string& y, const std::string& x) {
    auto swept = sweeps_.find(y);
    if (swept == sweeps_.end())
      swept = sweeps_.emplace(y, PartialSweep(graph(), graph().find(y))).first;
    return swept->second[graph().find(x)];
  }

  void update() {
    if (!solution_.descent) return;
    for (std::size_t i = 0; i < solution_.descent->parameters.size(); ++i)
      solution_.updates.push_back(first_update(solution_.descent->parameters[i],
                                               solution_.derivation.requested[derived_count_ + i]));
    evaluate_after();
    if (std::any_of(problem().updates.begin(), problem().updates.end(),
                    [](const UpdateStatement& one) { return one.is_training(); }))
      run_training();
  }

  Update first_update(const Descent::Parameter& parameter, StepIndex gradient) {
    const Descent& descent = *solution_.descent;
    const FirstStep step = first_step(descent, parameter);
    const Quantity& before = (*solution_.quantities)[*solution_.quantities->find(parameter.name)];
    const std::string& output = descent.group_of(parameter).output;
    std::map<std::string, Approximation> known = {{parameter.name, {before.value, before.error}}};
    for (const Coefficient& one : descent.coefficients())
      if (one.symbol.is(Expr::Kind::symbol))
        known.try_emplace(one.symbol.text(), of_coefficient(one));
    const auto value_of = [&](const Expr& leaf) -> Approximation {
      if (leaf.is(Expr::Kind::derivative))
        return {solution_.gradients[output][parameter.name],
                solution_.derivation.steps[gradient].error};
      if (!leaf.is(Expr::Kind::symbol)) return {leaf.value(), 0};
      if (const auto one = known.find(leaf.text()); one != known.end()) return one->second;
      const Quantity& solved = (*solution_.quantities)[*solution_.quantities->find(leaf.text())];
      return {solved.value, solved.error};
    };
    Update update{parameter.name, gradient, before.value, 0, 0, {}};
    for (std::size_t k = 0; k < step.states.size(); ++k) {
      update.states.push_back(evaluate_with_error(step.states[k], value_of));
      known[parameter.states[k]] = update.states.back();
    }
    const Approximation after = evaluate_with_error(step.after, value_of);
    update.after = after.value;
    update.error = after.error;
    return update;
  }

  Approximation of_coefficient(const Coefficient& one) const {
    if (one.written.is(Expr::Kind::number)) return {one.value, 0};
    const Quantity& quantity =
        (*solution_.quantities)[*solution_.quantities->find(one.written.text())];
    return {quantity.value, quantity.error};
  }

  void run_training() {
    constexpr std::size_t most_rows = 4096;
    const bool known = std::all_of(solution_.updates.begin(), solution_.updates.end(),
                                   [](const Update& one) { return std::isfinite(one.after); });
    if (!known) return;
    TrainingOptions options = training_of(problem());
    options.most_rows = most_rows;
    for (const Expectation& expectation : problem().expectations)
      if (expectation.steps) options.wanted.insert(*expectation.steps);
    solution_.training = train(problem(), solution_.evaluation, *solution_.descent, options);
  }

  void evaluate_after() {
    std::vector<double> parameters;
    for (const Update& one : solution_.updates) {
      if (!std::isfinite(one.after)) return;
      parameters.push_back(one.after);
    }
    // Where the step led out of a domain there is no number; that need not concern what was
    // derived.
    solution_.after = evaluate_problem(problem(), replacements(*solution_.descent, parameters),
                                       WithoutValue::leave_unknown);
    RoundingErrors errors(*solution_.after->graph);
    for (const Item& item : problem().items)
      solution_.errors_after[item.name] = errors.of(solution_.after->graph->find(item.name));
  }

  void check_expectations() {
    for (const Expectation& expectation : problem().expectations) {
      const Approximation found = value_of(expectation);
      if (std::isnan(found.value)) {
        fail(expectation.place, fmt::format("{} has no value to compare with", expectation.title()),
             expectation.updated ? "after the step it depends on what has no number or no value"
                                 : "it depends on a quantity without a number");
      }
      solution_.expectations.push_back(
          {expectation, found.value, agreement(expectation.written, found.value, found.error)});
    }
  }

  Approximation value_of(const Expectation& expectation) {
    const std::string& name = expectation.quantity;
    if (expectation.wrt) {
      const double swept = gradient(name, *expectation.wrt);
      const Step* step = step_of(expectation);
      return step == nullptr ? Approximation{swept}
                             : Approximation{without_noise(swept, *step), step->error};
    }
    if (expectation.steps) return value_after_steps(expectation);
    if (!expectation.updated) {
      const Quantity& quantity = (*solution_.quantities)[*solution_.quantities->find(name)];
      return {quantity.value, quantity.error};
    }
    if (!solution_.after) {
      fail(expectation.place,
           fmt::format("{} has no value: there is no update", expectation.title()));
    }
    const NodeId node = solution_.after->graph->find(name);
    return {solution_.after->graph->node(node).value, solution_.errors_after[name]};
  }

  Approximation value_after_steps(const Expectation& expectation) {
    const auto& training = solution_.training;
    const std::size_t steps = *expectation.steps;
    if (!training)
      fail(expectation.place,
           fmt::format("{} has no value: there is no training", expectation.title()),
           "let the update repeat, as in update all rate 0.5 repeat 100");
    const auto row = training->wanted.find(steps);
    if (row == training->wanted.end())
      fail(expectation.place,
           fmt::format("{} has no value: the training stops after {} step{}", expectation.title(),
                       training->steps, training->steps == 1 ? "" : "s"));
    const Evaluation then =
        evaluate_problem(problem(), replacements(*solution_.descent, row->second.parameters),
                         WithoutValue::leave_unknown);
    return {then.graph->node(then.graph->find(expectation.quantity)).value, 0};
  }

  /// The derivation of an expected derivative, if there is one.
  const Step* step_of(const Expectation& expectation) const {
    for (const Step& step : solution_.derivation.steps)
      if (step.of == expectation.quantity && step.wrt == *expectation.wrt && !step.direct)
        return &step;
    return nullptr;
  }

  Solution solution_;
  std::vector<std::pair<QuantityIndex, QuantityIndex>> pairs_;
  std::size_t derived_count_ = 0;
  std::map<std::string, PartialSweep> sweeps_;
};

}  // namespace

bool Solution::all_expectations_hold() const {
  return std::all_of(expectations.begin(), expectations.end(),
                     [](const ExpectationResult& result) { return is_agreement(result.verdict); });
}

Solution solve(Problem problem, const std::vector<std::string>& wrt) {
  return Solver(std::move(problem)).run(wrt);
}

}  // namespace chalkgrad
