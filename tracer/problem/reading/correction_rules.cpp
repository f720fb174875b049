#include "tracer/problem/reading/correction_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/ops.hpp"
#include "tracer/derivation/differentiate.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/expression/simplify.hpp"

namespace chalkgrad {

namespace {

/// The names that a definition uses.
std::vector<std::string> names_in(const Expr& definition) {
  std::vector<std::string> names;
  for_each_leaf(definition, [&](const Expr& leaf) {
    if (leaf.is(Expr::Kind::symbol)) names.push_back(leaf.text());
  });
  return names;
}

/// One update statement and the network that it corrects.
class Corrections {
 public:
  Corrections(Draft& draft, UpdateStatement& update)
      : draft_(draft), problem_(draft.problem), update_(update) {}

  void run() {
    find_dependent();
    if (!are_elements() || !find_targets() || !find_outputs() || !pair_them()) return;
    update_.sample_by_sample = problem_.samples.count > 0;
    for (std::size_t sample = 1; sample <= std::max<std::size_t>(1, problem_.samples.count);
         ++sample)
      add_sample(sample);
    add_error();
    write_corrections();
    name_columns();
  }

 private:
  [[nodiscard]] Correction& correction() { return *update_.correction; }
  void refuse(std::string message, std::string hint) {
    draft_.fail(update_.place, std::move(message), std::move(hint));
  }

  /// What the statement names: outputs are computed, targets are given. Arrays are their elements.
  bool are_elements() {
    for (auto* names : {&correction().outputs, &correction().targets}) {
      std::vector<std::string> elements;
      for (const std::string& name : *names) {
        const auto found =
            std::find_if(problem_.arrays.begin(), problem_.arrays.end(), [&](const Array& one) {
              return sample_of(one.shown) <= 1 && without_sample(one.name) == name;
            });
        if (found == problem_.arrays.end())
          elements.push_back(name);
        else
          for (const std::string& one : found->elements) elements.emplace_back(without_sample(one));
      }
      *names = std::move(elements);
    }
    for (const std::string& name : correction().outputs)
      if (const Item* item = problem_.find(in_sample(name, 1));
          item == nullptr || !item->definition)
        return refuse_name(name, "is no output: an output is computed", "output y target t");
    for (const std::string& name : correction().targets)
      if (const Item* item = problem_.find(in_sample(name, 1));
          item == nullptr || dependent_.contains(item->name))
        return refuse_name(name, "is no target: a target does not depend on the parameters",
                           "output y target t");
    return true;
  }

  bool refuse_name(const std::string& name, std::string_view why, std::string_view example) {
    refuse(fmt::format("'{}' {}", name, why), fmt::format("as in {}", example));
    return false;
  }

  /// As it is called in a sample, if it has a value in each.
  [[nodiscard]] std::string in_sample(const std::string& name, std::size_t sample) const {
    std::string own = name_in_sample(name, sample);
    return problem_.find(own) != nullptr ? own : name;
  }

  /// What depends on the parameters, in the first sample.
  void find_dependent() {
    dependent_.insert(update_.parameters.begin(), update_.parameters.end());
    bool grows = true;
    while (grows) {
      grows = false;
      for (const Item& item : problem_.items) {
        if (!item.definition || sample_of(item.name) > 1 || dependent_.contains(item.name))
          continue;
        const auto names = names_in(*item.definition);
        if (std::any_of(names.begin(), names.end(),
                        [&](const std::string& name) { return dependent_.contains(name); }))
          grows = dependent_.insert(item.name).second;
      }
    }
  }

  /// What the file calls targets; otherwise the columns of the samples that nothing computes with,
  /// or that only what compares them with an output does.
  bool find_targets() {
    if (!correction().targets.empty()) return true;
    for (const Item& item : problem_.items)
      if (item.role == Role::target && sample_of(item.name) <= 1)
        correction().targets.emplace_back(without_sample(item.name));
    if (!correction().targets.empty()) return true;
    // What stands beside what depends on parameters, and beside no parameter, is compared with it.
    std::set<std::string> inputs;
    for (const Item& item : problem_.items) {
      if (!item.definition || sample_of(item.name) > 1) continue;
      const auto names = names_in(*item.definition);
      bool has_parameter = false, has_dependent = false;
      for (const std::string& name : names) {
        const Item* used = problem_.find(name);
        const bool computed = used != nullptr && used->definition.has_value();
        has_parameter = has_parameter || (!computed && dependent_.contains(name));
        has_dependent = has_dependent || (computed && dependent_.contains(name));
      }
      if (has_parameter || !has_dependent) inputs.insert(names.begin(), names.end());
    }
    for (const std::string& column : problem_.samples.columns)
      if (!inputs.contains(in_sample(column, 1))) correction().targets.push_back(column);
    if (correction().targets.empty())
      refuse(fmt::format("the {} rule needs a target", update_.rule->word),
             "declare it, as in target t = 1, or say which: output y target t");
    return !correction().targets.empty();
  }

  [[nodiscard]] bool is_target(const std::string& name) const {
    const auto& targets = update_.correction->targets;
    return std::find(targets.begin(), targets.end(), without_sample(name)) != targets.end();
  }

  /// What depends on parameters and not on targets, and is not used by another such quantity.
  bool find_outputs() {
    if (!correction().outputs.empty()) return true;
    std::set<std::string> compared;  // depends on a target
    std::vector<const Item*> found;
    bool grows = true;
    while (grows) {
      grows = false;
      for (const Item& item : problem_.items) {
        if (!item.definition || compared.contains(item.name)) continue;
        const auto names = names_in(*item.definition);
        if (std::any_of(names.begin(), names.end(), [&](const std::string& name) {
              return is_target(name) || compared.contains(name);
            }))
          grows = compared.insert(item.name).second;
      }
    }
    std::set<std::string> inner;
    for (const Item& item : problem_.items) {
      const bool may_be = item.definition && sample_of(item.name) <= 1 &&
                          dependent_.contains(item.name) && !compared.contains(item.name);
      if (!may_be) continue;
      found.push_back(&item);
      for (const std::string& name : names_in(*item.definition)) inner.insert(name);
    }
    for (const Item* item : found)
      if (!inner.contains(item->name))
        correction().outputs.emplace_back(without_sample(item->name));
    if (correction().outputs.empty())
      refuse(fmt::format("the {} rule needs an output that depends on the parameters",
                         update_.rule->word),
             "define one, as in y = step(w*x + b)");
    return !correction().outputs.empty();
  }

  bool pair_them() {
    const auto &outputs = correction().outputs, &targets = correction().targets;
    if (outputs.size() == targets.size()) return true;
    refuse(fmt::format("the {} rule needs a target for each output: outputs {}, targets {}",
                       update_.rule->word, fmt::join(outputs, ", "), fmt::join(targets, ", ")),
           fmt::format("say which, as in output {} target {}", outputs.front(), targets.front()));
    return false;
  }

  /// What the error t − y is multiplied with the slope of: the net input of y, or y itself.
  [[nodiscard]] Expr corrected(const std::string& output) const {
    const Item& item = *problem_.find(output);
    const Expr& formula = *item.definition;
    if (update_.rule->corrects == UpdateRule::Corrects::through_output) return Expr::symbol(output);
    if (formula.is(Expr::Kind::call) && formula.parts().size() == 1) return formula.part(0);
    const bool jumps = formula.is(Expr::Kind::cases) && formula.part(2).is(Expr::Kind::number) &&
                       formula.part(4).is(Expr::Kind::number);
    if (!jumps) return Expr::symbol(output);
    // From where y is small to where it is large.
    const bool rises = formula.part(2).value() >= formula.part(4).value();
    const Expr &high = formula.part(rises ? 0 : 1), &low = formula.part(rises ? 1 : 0);
    return low.is_number(0) ? high : Expr(high - low);
  }

  void add_sample(std::size_t sample) {
    std::vector<Term> terms;
    for (std::size_t k = 0; k < correction().outputs.size(); ++k) {
      const std::string output = in_sample(correction().outputs[k], sample);
      const Expr y = Expr::symbol(output);
      const Expr t = Expr::symbol(in_sample(correction().targets[k], sample));
      terms.push_back({Expr::call(Op::stop, {y - t}) * corrected(output), false});
      errors_.push_back(
          {Expr::product({{1.0, false}, {2.0, true}, {square(t - y), false}}), false});
    }
    const std::string name =
        problem_.samples.count > 0 ? name_in_sample("criterion", sample) : "criterion";
    correction().criteria.push_back(add_hidden(name, Expr::sum(std::move(terms))));
  }

  /// E = ½·Σ(t − y)² over all samples: what a training is told by, unless the file says of what.
  void add_error() {
    if (!update_.output.empty()) return;
    update_.output = own_error();
    if (update_.output.empty()) update_.output = add_hidden("E", Expr::sum(std::move(errors_)));
  }

  /// The only quantity over all samples that nothing uses, if it depends on the parameters.
  [[nodiscard]] std::string own_error() const {
    std::set<std::string> used;
    for (const Item& item : problem_.items)
      if (item.definition && !problem_.auxiliary.contains(item.name))
        for (const std::string& name : names_in(*item.definition)) used.insert(name);
    std::vector<std::string> found;
    for (const Item& item : problem_.items)
      if (item.definition && sample_of(item.name) == 0 && dependent_.contains(item.name) &&
          !used.contains(item.name) && !problem_.auxiliary.contains(item.name) &&
          !is_output(item.name))
        found.push_back(item.name);
    return found.size() == 1 ? found.front() : "";
  }

  [[nodiscard]] bool is_output(const std::string& name) const {
    const auto& outputs = update_.correction->outputs;
    return std::find(outputs.begin(), outputs.end(), name) != outputs.end();
  }

  std::string add_hidden(std::string name, Expr definition) {
    while (problem_.find(name) != nullptr) name = "rule_" + name;
    Item item{.name = name, .place = update_.place, .body = update_.place};
    item.definition = std::move(definition);
    problem_.index.emplace(name, problem_.items.size());
    problem_.items.push_back(std::move(item));
    problem_.auxiliary.insert(name);
    return name;
  }

  /// (t − y)·∂net/∂w in the first sample, of the formula of net: x.
  void write_corrections() {
    for (const std::string& parameter : update_.parameters) {
      std::vector<Term> terms;
      for (std::size_t k = 0; k < correction().outputs.size(); ++k) {
        const std::string output = in_sample(correction().outputs[k], 1);
        const Expr slope = slope_of(corrected(output), parameter);
        if (is_too_long_)
          return refuse(fmt::format("the correction of '{}' is too long to be written", parameter),
                        "derive an error, and update sample by sample");
        if (slope.is_number(0)) continue;
        const Expr error =
            Expr::symbol(in_sample(correction().targets[k], 1)) - Expr::symbol(output);
        const Expr formula = *problem_.find(output)->definition;
        terms.push_back({simplify(error * with_name(slope, formula, output)), false});
      }
      if (terms.empty()) return refuse_deep(parameter);
      correction().of_parameters.push_back(terms.size() == 1 ? terms[0].expr
                                                             : Expr::sum(std::move(terms)));
    }
  }

  /// By the chain rule down to the parameter.
  [[nodiscard]] Expr slope_of(const Expr& formula, const std::string& parameter) {
    Expr slope = simplify(differentiate(formula, [&](const Expr& symbol) -> Expr {
      if (symbol.text() == parameter) return 1.0;
      const Item* item = problem_.find(symbol.text());
      if (item == nullptr || !item->definition || !dependent_.contains(symbol.text())) return 0.0;
      const auto [known, is_new] = slopes_.try_emplace({item->name, parameter}, 0.0);
      if (is_new) known->second = slope_of(*item->definition, parameter);
      return known->second;
    }));
    constexpr std::size_t longest = 400;
    is_too_long_ = is_too_long_ || slope.size() > longest;
    return is_too_long_ ? Expr(1.0) : slope;
  }

  /// y·(1 − y) for σ(net)·(1 − σ(net)): what has a name is not written again.
  static Expr with_name(const Expr& e, const Expr& formula, const std::string& name) {
    if (e == formula && !e.parts().empty()) return Expr::symbol(name);
    if (e.parts().empty()) return e;
    std::vector<Term> parts;
    for (const Term& part : e.parts())
      parts.push_back({with_name(part.expr, formula, name), part.inverted});
    return with_parts(e, std::move(parts));
  }

  void refuse_deep(const std::string& parameter) {
    refuse(
        fmt::format("no output of the {} rule has a slope by '{}'", update_.rule->word, parameter),
        update_.rule->corrects == UpdateRule::Corrects::through_output
            ? "a threshold has none: write rule perceptron, or say rule delta output net"
            : "update the weights of its net input");
  }

  /// The net inputs that have names.
  void name_columns() {
    for (const std::string& output : correction().outputs) {
      const Expr net = corrected(in_sample(output, 1));
      if (net.is(Expr::Kind::symbol)) correction().columns.emplace_back(without_sample(net.text()));
    }
  }

  Draft& draft_;
  Problem& problem_;
  UpdateStatement& update_;
  std::set<std::string> dependent_;
  std::vector<Term> errors_;
  std::map<std::pair<std::string, std::string>, Expr> slopes_;  // of what by which parameter
  bool is_too_long_ = false;
};

/// Of one table for all statements: the inputs, net inputs, outputs and targets.
void name_columns(const Problem& problem, const std::vector<Correction*>& all) {
  std::vector<std::string> columns;
  const auto add = [&](const std::vector<std::string>& names) {
    for (const std::string& name : names)
      if (std::find(columns.begin(), columns.end(), name) == columns.end()) columns.push_back(name);
  };
  for (const std::string& column : problem.samples.columns)
    if (std::none_of(all.begin(), all.end(), [&](const Correction* one) {
          return std::find(one->targets.begin(), one->targets.end(), column) != one->targets.end();
        }))
      add({column});
  for (const Correction* one : all) add(one->columns);
  for (const Correction* one : all) add(one->outputs);
  for (const Correction* one : all) add(one->targets);
  for (Correction* one : all) one->columns = columns;
}

}  // namespace

void add_corrections(Draft& draft) {
  std::vector<Correction*> all;
  for (UpdateStatement& update : draft.problem.updates) {
    if (!update.correction || !draft.errors.empty()) continue;
    Corrections(draft, update).run();
    all.push_back(&*update.correction);
  }
  if (draft.errors.empty() && !all.empty()) name_columns(draft.problem, all);
}

}  // namespace chalkgrad
