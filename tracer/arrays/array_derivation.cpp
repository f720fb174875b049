#include "tracer/arrays/array_derivation.hpp"

#include <algorithm>

#include "engine/ops.hpp"
#include "tracer/arrays/array_rules.hpp"
#include "tracer/expression/name.hpp"

namespace chalkgrad {

namespace {

class ArraySweep {
 public:
  ArraySweep(ArrayProgram program, std::string output, const std::vector<std::string>& wanted)
      : program_(std::move(program)), output_(std::move(output)), wanted_(wanted) {}

  ArrayDerivation run() {
    find_relevant();
    name_net_inputs();
    find_relevant();
    sweep();
    for (const std::string& symbol : wanted_) add_gradient(symbol);
    // One sample after the other.
    std::stable_sort(result_.deltas.begin(), result_.deltas.end(),
                     [](const ArrayStep& a, const ArrayStep& b) {
                       return sample_of(a.symbol) < sample_of(b.symbol);
                     });
    return std::move(result_);
  }

 private:
  bool is_wanted(const std::string& symbol) const {
    return std::find(wanted_.begin(), wanted_.end(), symbol) != wanted_.end();
  }

  std::string whole_of(const std::string& symbol) const {
    return program_.whole_of ? program_.whole_of(symbol) : std::string();
  }

  /// A symbol through which something that is asked for reaches the output.
  bool is_relevant(const std::string& symbol) const {
    return relevant_.contains(symbol) || relevant_.contains(whole_of(symbol));
  }

  /// How often it uses what something reaches the output through; not within stop(…).
  std::size_t uses(const Expr& e) const {
    if (e.is(Expr::Kind::symbol)) return is_relevant(e.text()) ? 1 : 0;
    if (e.is(Expr::Kind::call) && e.op() == Op::stop) return 0;
    std::size_t count = 0;
    for (const Term& part : e.parts()) count += uses(part.expr);
    return count;
  }

  bool uses_wanted(const Expr& e) const {
    bool found = false;
    for_each_leaf(e, [&](const Expr& leaf) {
      found = found || (leaf.is(Expr::Kind::symbol) &&
                        (is_wanted(leaf.text()) || is_wanted(whole_of(leaf.text()))));
    });
    return found;
  }

  void find_relevant() {
    relevant_ = {wanted_.begin(), wanted_.end()};
    for (const ArrayDefinition& one : program_.definitions)
      if (uses(one.definition) > 0) relevant_.insert(one.symbol);
  }

  /// h = tanh(W·x + b) is h = tanh(net_h), if several derivatives go through the net input.
  void name_net_inputs() {
    std::vector<ArrayDefinition> all;
    for (ArrayDefinition& one : program_.definitions) {
      const Expr& e = one.definition;
      const bool function = e.is(Expr::Kind::call) ? description_of(e.op()).is_activation
                                                   : e.is(Expr::Kind::function) &&
                                                         (e.text() == "softmax" ||
                                                          program_.functions.contains(e.text()));
      const bool nested = function && e.parts().size() == 1 && !e.part(0).is(Expr::Kind::symbol);
      const Shape shape = nested ? shape_of(e.part(0), program_.shapes) : Shape{};
      if (nested && shape == one.shape && (uses(e.part(0)) > 1 || uses_wanted(e.part(0)))) {
        const ArrayDefinition net{free_name("net_" + one.symbol), shape, e.part(0)};
        program_.shapes[net.symbol] = shape;
        one.definition = with_parts(e, {{Expr::symbol(net.symbol), false}});
        result_.automatic.push_back(net);
        result_.rewritten.push_back(one);
        all.push_back(net);
      }
      all.push_back(std::move(one));
    }
    program_.definitions = std::move(all);
  }

  std::string free_name(std::string name) {
    while ((program_.is_taken && program_.is_taken(name)) || !names_.insert(name).second)
      name += "_";
    return name;
  }

  void sweep() {
    Contributions contributions;
    contributions.add_whole(output_, {Expr(1.0), Shape{}});
    const ArrayRules rules(program_, [this](const std::string& s) { return is_relevant(s); });
    for (auto one = program_.definitions.rbegin(); one != program_.definitions.rend(); ++one) {
      if (!relevant_.contains(one->symbol) || !contributions.has(one->symbol)) continue;
      auto found = contributions.take(one->symbol);
      if (is_wanted(one->symbol) && one->symbol != output_) found_[one->symbol] = found;
      if (uses(one->definition) == 0) continue;
      const bool constant =
          found.total && found.total->shape.is_number() && is_constant(found.total->expr);
      // A number that takes a line to work out is worked out on a line of its own.
      constexpr std::size_t short_enough = 8;
      const bool longer =
          one->shape.is_number() && found.total && found.total->expr.size() > short_enough;
      const bool several =
          !constant && (uses(one->definition) > 1 || uses_wanted(one->definition) || longer);
      const bool two_ways = found.total && found.of_argument;
      if (one->symbol != output_ && !two_ways &&
          ((several && found.total && !is_log_softmax(one->definition)) ||
           breaks_off(one->definition) || found.has_no_rule ||
           (!found.total && !found.of_argument))) {
        const bool asked = is_wanted(one->symbol);
        // As for scalars: δ_h is that of a layer's net_h; a net input without a name keeps its own.
        const bool automatic = names_.contains(one->symbol);
        const std::string base =
            one->symbol.starts_with("net_") && !automatic ? one->symbol.substr(4) : one->symbol;
        ArrayStep step{one->symbol, free_name("δ_" + base), one->shape, found.formula(),
                       found.rules};
        program_.shapes[step.name] = one->shape;
        const ArrayGradient symbol{Expr::symbol(step.name), one->shape};
        if (asked) found_[one->symbol] = {.total = symbol};
        result_.deltas.push_back(std::move(step));
        found = {.total = symbol};
      }
      rules.pass_on(*one, found, contributions);
    }
    for (const std::string& symbol : wanted_)
      if (contributions.has(symbol)) found_[symbol] = contributions.take(symbol);
  }

  /// Whether something in it has no rule over arrays: what reaches it is said, then.
  static bool breaks_off(const Expr& e) {
    static const std::set<std::string> without = {"max_pool", "mean_pool", "max", "min"};
    return (e.is(Expr::Kind::function) && without.contains(e.text())) ||
           std::any_of(e.parts().begin(), e.parts().end(),
                       [](const Term& part) { return breaks_off(part.expr); });
  }

  static bool is_log_softmax(const Expr& e) {
    return e.is(Expr::Kind::function) && e.text() == "log_softmax";
  }

  static bool is_constant(const Expr& e) {
    bool constant = true;
    for_each_leaf(e, [&](const Expr& leaf) { constant = constant && leaf.is(Expr::Kind::number); });
    return constant;
  }

  void add_gradient(const std::string& symbol) {
    const auto shape = program_.shapes.find(symbol);
    ArrayStep step{symbol, {}, shape == program_.shapes.end() ? Shape{} : shape->second, {}, {}};
    if (const auto found = found_.find(symbol); found != found_.end()) {
      step.formula = found->second.formula();
      step.rules = found->second.rules;
    }
    result_.gradients.push_back(std::move(step));
  }

  ArrayProgram program_;
  std::string output_;
  const std::vector<std::string>& wanted_;
  std::set<std::string> relevant_, names_;
  std::map<std::string, Contribution> found_;
  ArrayDerivation result_;
};

}  // namespace

ArrayDerivation derive_arrays(ArrayProgram program, const std::string& output,
                              const std::vector<std::string>& wanted) {
  return ArraySweep(std::move(program), output, wanted).run();
}

}  // namespace chalkgrad
