#include "tracer/problem/solution.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/backward.hpp"
#include "tracer/derivation/paths.hpp"
#include "tracer/derivation/rounding_error.hpp"
#include "tracer/expression/suggestion.hpp"

namespace chalkgrad {

namespace {

[[noreturn]] void fail(const Place& place, std::string message, std::string hint = {}) {
  throw ProblemError({{place.line, place.span, std::move(message), std::move(hint)}});
}

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
    for (const std::string& name : wrt) {
      if (name == "all" && problem().find("all") == nullptr) {
        const auto parameters = problem().parameters();
        names.insert(names.end(), parameters.begin(), parameters.end());
        continue;
      }
      if (problem().find(name) == nullptr) refuse_wrt(name);
      names.push_back(name);
    }
    if (problem().derivations.empty()) problem().derivations.push_back({.output = only_result()});
    for (DeriveStatement& statement : problem().derivations) statement.wrt = names;
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

    const UpdateStatement& statement = problem().updates.front();
    solution_.update_output = update_output(statement);
    for (const std::string& parameter : statement.parameters) {
      if (problem().find(parameter)->definition) {
        fail(statement.place,
             fmt::format("'{}' is defined by others and cannot be updated", parameter),
             "an update changes given quantities");
      }
      add_pair(solution_.update_output, parameter);
    }
  }

  /// The derived quantity that an update is about: the one that depends on its parameters, and the
  /// last of them if one leads to the other (E_total, not E_o1).
  std::string update_output(const UpdateStatement& statement) {
    std::vector<std::string> outputs;
    for (const DeriveStatement& derive : problem().derivations)
      if (std::find(outputs.begin(), outputs.end(), derive.output) == outputs.end())
        outputs.push_back(derive.output);
    if (outputs.empty())
      fail(statement.place, "the update needs a derivative, and the file derives none",
           "add a statement such as derive E wrt all");
    if (outputs.size() == 1) return outputs.front();
    std::erase_if(outputs, [&](const std::string& output) {
      return std::none_of(statement.parameters.begin(), statement.parameters.end(),
                          [&](const std::string& x) { return depends(output, x); });
    });
    const std::vector<std::string> candidates = outputs;
    std::erase_if(outputs, [&](const std::string& output) {
      return std::any_of(candidates.begin(), candidates.end(), [&](const std::string& other) {
        return other != output && depends(other, output);
      });
    });
    if (outputs.size() == 1) return outputs.front();
    fail(statement.place, "the update could use the derivatives of several quantities",
         "derive one quantity that depends on its parameters");
  }

  bool depends(const std::string& y, const std::string& x) const {
    const Quantities& quantities = *solution_.quantities;
    return Paths(quantities, *quantities.find(y), *quantities.find(x)).exist();
  }

  void derive_pairs() {
    try {
      solution_.derivation = derive(*solution_.quantities, pairs_);
    } catch (const DerivativeError& error) {
      const Item* item = problem().find(error.of);
      fail(item != nullptr ? item->place : Place{}, error.what());
    }
    const auto& requested = solution_.derivation.requested;
    for (std::size_t i = 0; i < requested.size(); ++i) {
      auto& list = i < derived_count_ ? solution_.derived : solution_.needed_for_update;
      const bool known = std::find(list.begin(), list.end(), requested[i]) != list.end() ||
                         std::find(solution_.derived.begin(), solution_.derived.end(),
                                   requested[i]) != solution_.derived.end();
      if (!known) list.push_back(requested[i]);
      const Step& step = solution_.derivation.steps[requested[i]];
      solution_.gradients[step.of][step.wrt] = gradient(step.of, step.wrt);
    }
  }

  /// From the engine's reverse sweep, one for each output.
  double gradient(const std::string& y, const std::string& x) {
    auto swept = sweeps_.find(y);
    if (swept == sweeps_.end()) swept = sweeps_.emplace(y, backward(graph().at(y))).first;
    return swept->second[graph().at(x)];
  }

  void update() {
    if (problem().updates.empty()) return;
    const Expr& rate = problem().updates.front().rate;
    const bool literal = rate.is(Expr::Kind::number);
    solution_.rate_symbol = literal ? Expr::symbol(unused_rate_name()) : rate;
    const double value =
        literal ? rate.value()
                : (*solution_.quantities)[*solution_.quantities->find(rate.text())].value;
    for (std::size_t i = derived_count_; i < pairs_.size(); ++i) {
      const std::string& name = (*solution_.quantities)[pairs_[i].second].name;
      const Quantity& parameter = (*solution_.quantities)[pairs_[i].second];
      const StepIndex gradient = solution_.derivation.requested[i];
      const double slope = solution_.gradients[solution_.update_output][name];
      const Approximation step =
          times({-value, 0}, {slope, solution_.derivation.steps[gradient].error});
      const Approximation after = plus({parameter.value, parameter.error}, step);
      solution_.updates.push_back({name, gradient, parameter.value, after.value, after.error});
    }
    evaluate_after();
  }

  /// η, unless the file has a quantity of that name.
  std::string unused_rate_name() {
    for (const char* name : {"η", "rate", "learning_rate", "α", "ρ"}) {
      const bool spelled_out = std::string_view(name) == "η" && problem().find("eta") != nullptr;
      if (problem().find(name) == nullptr && !spelled_out) return name;
    }
    return "rate_of_the_update";
  }

  void evaluate_after() {
    std::map<std::string, double> updated;
    for (const Update& one : solution_.updates) {
      if (!std::isfinite(one.after)) return;
      updated[one.parameter] = one.after;
    }
    // Where the step led out of a domain there is no number; that need not concern what was
    // derived.
    solution_.after = evaluate_problem(
        problem(),
        [&](const std::string& name) {
          const auto found = updated.find(name);
          return found == updated.end() ? std::nullopt : std::optional(found->second);
        },
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
    if (expectation.wrt) return {gradient(name, *expectation.wrt), error_of_gradient(expectation)};
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

  /// From the derivation, if this derivative is in it; otherwise the usual few units in the last
  /// place.
  double error_of_gradient(const Expectation& expectation) const {
    for (const Step& step : solution_.derivation.steps)
      if (step.of == expectation.quantity && step.wrt == *expectation.wrt && !step.direct)
        return step.error;
    return 0;
  }

  Solution solution_;
  std::vector<std::pair<QuantityIndex, QuantityIndex>> pairs_;
  std::size_t derived_count_ = 0;
  std::map<std::string, Gradients> sweeps_;
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
