#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>

#include "tracer/derivation/derivation.hpp"
#include "tracer/derivation/local.hpp"
#include "tracer/derivation/paths.hpp"
#include "tracer/derivation/recognition.hpp"
#include "tracer/derivation/rounding_error.hpp"
#include "tracer/expression/simplify.hpp"

namespace chalkgrad {

namespace {

/// Formulas that would be longer keep the symbol of the derivative instead.
constexpr std::size_t longest_formula = 90;
/// No simplification makes a readable formula of one that is longer.
constexpr std::size_t longest_to_simplify = 20 * longest_formula;

/// Decides for each derivative by which rule it is found, and which others that needs. Works from a
/// list of what is still to be decided, not by recursion, and decides each derivative once.
class Deriver {
 public:
  explicit Deriver(const Quantities& quantities)
      : quantities_(quantities), recognition_(quantities), short_forms_(quantities) {}

  StepIndex request(QuantityIndex y, QuantityIndex x, bool direct = false) {
    const auto [known, added] = known_.try_emplace({y, x, direct}, steps_.size());
    if (added) {
      steps_.push_back({.of = quantities_[y].name, .wrt = quantities_[x].name, .direct = direct});
      keys_.push_back({y, x});
    }
    return known->second;
  }

  Derivation run(std::span<const std::pair<QuantityIndex, QuantityIndex>> pairs) {
    std::vector<StepIndex> requested;
    for (const auto& [y, x] : pairs) requested.push_back(request(y, x));
    for (StepIndex i = 0; i < steps_.size(); ++i) decide(i);
    return ordered(requested);
  }

 private:
  struct Key {
    QuantityIndex y, x;
  };

  void decide(StepIndex i) {
    const auto [y, x] = keys_[i];
    if (steps_[i].direct) return become_local(i);
    if (y == x) {
      steps_[i].rule = Rule::identity;
      steps_[i].value = 1;
      steps_[i].raw = steps_[i].simplified = steps_[i].formula = 1.0;
      return;
    }
    const Paths paths(quantities_, y, x);
    if (!paths.exist()) {
      steps_[i].rule = Rule::independent;
      return;
    }
    if (paths.quantities().size() == 2) return become_local(i);
    if (!become_chain(i, paths) && !become_sum(i, paths)) become_multivariable(i, paths);
  }

  void become_local(StepIndex i) {
    Step& step = steps_[i];
    LocalDerivative local = local_derivative(quantities_, keys_[i].y, keys_[i].x);
    step.rule = Rule::local;
    step.simplified = recognition_.recognise(simplify(local.raw));
    step.raw = std::move(local.raw);
    // What is left where terms cancel is the difference of two computations of the same zero.
    const Approximation careful = evaluate_with_error(step.simplified, quantities_);
    const double apart = std::abs(local.value - careful.value);
    step.error = careful.error;
    step.value = careful.value == 0 && is_noise(local.value, careful.error + apart, local.size)
                     ? 0
                     : local.value;
    step.all_rules = std::move(local.all_rules);
    step.rules = std::move(local.rules);
    step.conventions = std::move(local.conventions);
    if (std::isinf(step.value) || (std::isnan(step.value) && is_known(step.raw))) {
      throw DerivativeError(fmt::format("the derivative of {} with respect to {} does not exist "
                                        "at this point",
                                        step.of, step.wrt),
                            step.of, step.wrt);
    }
  }

  bool is_known(const Expr& e) const {
    bool known = true;
    for_each_leaf(e, [&](const Expr& leaf) {
      if (!leaf.is(Expr::Kind::symbol)) return;
      const auto quantity = quantities_.find(leaf.text());
      known = known && quantity && !std::isnan(quantities_[*quantity].value);
    });
    return known;
  }

  /// The terms of the definition of y, when it is a sum; y = c is a sum of one.
  std::vector<Term> terms_of(QuantityIndex y) const {
    const Expr definition = quantities_.definition(y);
    if (definition.is(Expr::Kind::sum)) return definition.parts();
    return {{definition, false}};
  }

  /// The quantity that a term is, if it is nothing else.
  std::optional<QuantityIndex> as_quantity(const Expr& term) const {
    return term.is(Expr::Kind::symbol) ? quantities_.find(term.text()) : std::nullopt;
  }

  /// Whether y = … + c + … where no other term depends on c: ∂y/∂c is identically 1. The two must
  /// be neighbours among the bottlenecks of `paths`.
  bool is_plain_term(const Paths& paths, QuantityIndex y, QuantityIndex c) const {
    const auto& between = paths.quantities();
    const auto at = std::lower_bound(between.begin(), between.end(), y);
    if (at == between.begin() || *std::prev(at) != c) return false;
    int count = 0;
    for (const Term& term : terms_of(y)) {
      if (as_quantity(term.expr) == c && !term.inverted) {
        ++count;
      } else if (uses(term.expr, c)) {
        return false;
      }
    }
    return count == 1;
  }

  bool uses(const Expr& e, QuantityIndex c) const {
    bool found = false;
    for_each_leaf(e, [&](const Expr& leaf) {
      found = found || (leaf.is(Expr::Kind::symbol) && leaf.text() == quantities_[c].name);
    });
    return found;
  }

  bool become_chain(StepIndex i, const Paths& paths) {
    std::vector<QuantityIndex> through = paths.bottlenecks();
    if (through.size() < 3) return false;
    const QuantityIndex y = keys_[i].y;
    if (through.size() == 3 && is_plain_term(paths, y, through[1])) {
      become_folded(i, through[1]);
      return true;
    }
    // Leading factors that are identically 1 are folded into their neighbour.
    for (QuantityIndex above = y; through.size() > 3;) {
      const QuantityIndex below = through[through.size() - 2];
      if (!is_plain_term(paths, above, below)) break;
      through.erase(through.end() - 2);
      above = below;
    }
    steps_[i].rule = Rule::chain;
    Step::Product product;
    for (std::size_t k = through.size() - 1; k > 0; --k)
      product.factors.push_back(request(through[k], through[k - 1]));
    steps_[i].products = {std::move(product)};
    return true;
  }

  void become_folded(StepIndex i, QuantityIndex c) {
    const StepIndex folded = request(c, keys_[i].x);
    Step& step = steps_[i];
    step.rule = Rule::folded;
    step.products = {{false, {folded}}};
    for (const Term& term : terms_of(keys_[i].y))
      if (as_quantity(term.expr) != c) step.other_terms.push_back(term.expr);
  }

  /// y as a constant times a sum, 1/4·(a + b): the constant, and the terms. 1 and y for anything
  /// else.
  static std::pair<Expr, std::vector<Term>> scaled_sum(std::vector<Term> terms) {
    if (terms.size() != 1 || !terms[0].expr.is(Expr::Kind::product)) return {1.0, std::move(terms)};
    std::vector<Term> constants;
    std::vector<Term> inside;
    for (const auto& [factor, divides] : terms[0].expr.parts()) {
      if (factor.is(Expr::Kind::number)) {
        constants.push_back({factor, divides});
      } else if (factor.is(Expr::Kind::sum) && !divides && inside.empty()) {
        inside = factor.parts();
      } else {
        return {1.0, std::move(terms)};
      }
    }
    if (constants.empty() || constants.front().inverted || inside.empty())
      return {1.0, std::move(terms)};
    const Expr scale = Expr::product(std::move(constants));
    return {terms[0].inverted ? -scale : scale, std::move(inside)};
  }

  /// If y is a sum of quantities, two or more of which depend on x: ∂y/∂x = Σ ∂term/∂x. Where the
  /// paths through the terms meet again before x, the multivariable chain rule is shorter, because
  /// it uses the derivatives of y with respect to the quantities where they meet.
  bool become_sum(StepIndex i, const Paths& paths) {
    std::vector<QuantityIndex> last;
    std::vector<bool> negative;
    const auto [scale, terms] = scaled_sum(terms_of(keys_[i].y));
    for (const Term& term : terms) {
      const auto quantity = as_quantity(term.expr);
      if (quantity && *quantity != keys_[i].x && paths.contains(*quantity)) {
        last.push_back(*quantity);
        negative.push_back(term.inverted);
      } else if (depends(term.expr, paths)) {
        return false;
      }
    }
    std::vector<QuantityIndex> unique = last;
    std::sort(unique.begin(), unique.end());
    const bool repeated = std::adjacent_find(unique.begin(), unique.end()) != unique.end();
    if (last.size() < 2 || repeated || !paths.are_disjoint(last)) return false;
    std::vector<Step::Product> products;
    for (std::size_t k = 0; k < last.size(); ++k)
      products.push_back({negative[k], {request(last[k], keys_[i].x)}});
    steps_[i].rule = Rule::sum;
    steps_[i].scale = scale;
    steps_[i].products = std::move(products);
    return true;
  }

  bool depends(const Expr& e, const Paths& paths) const {
    bool found = false;
    for_each_leaf(e, [&](const Expr& leaf) {
      const auto quantity = as_quantity(leaf);
      found = found || (quantity && paths.contains(*quantity));
    });
    return found;
  }

  /// ∂y/∂x = Σ ∂y/∂c·∂c/∂x over the quantities c that use x, where ∂c/∂x is the direct derivative:
  /// what flows from x to c by way of other quantities is counted with those.
  void become_multivariable(StepIndex i, const Paths& paths) {
    const QuantityIndex y = keys_[i].y, x = keys_[i].x;
    std::vector<Step::Product> products;
    for (const QuantityIndex c : paths.users_of_x()) {
      const auto& operands = quantities_[c].operands;
      const bool direct = std::any_of(operands.begin(), operands.end(), [&](QuantityIndex operand) {
        return operand != x && paths.contains(operand);
      });
      if (c == y) {
        products.push_back({false, {request(y, x, true)}});
      } else {
        const StepIndex outer = request(y, c);
        products.push_back({false, {outer, request(c, x, direct)}});
      }
    }
    steps_[i].rule = Rule::multivariable;
    steps_[i].products = std::move(products);
  }

  /// The steps in an order in which each uses earlier ones only: by the length of the stretch from
  /// x to y, since every rule goes back to shorter stretches. Their values and formulas on the way.
  Derivation ordered(const std::vector<StepIndex>& requested) {
    std::vector<StepIndex> order(steps_.size());
    std::iota(order.begin(), order.end(), StepIndex{0});
    const auto stretch = [&](StepIndex i) {
      return steps_[i].products.empty() ? std::size_t{0} : keys_[i].y - keys_[i].x;
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](StepIndex a, StepIndex b) { return stretch(a) < stretch(b); });
    std::vector<StepIndex> place(steps_.size());
    for (StepIndex i = 0; i < order.size(); ++i) place[order[i]] = i;

    Derivation result;
    for (const StepIndex i : order) {
      Step step = std::move(steps_[i]);
      for (Step::Product& product : step.products)
        for (StepIndex& factor : product.factors) factor = place[factor];
      finish(step, result.steps);
      if (step.rule == Rule::multivariable)
        step.short_form = short_forms_.of(keys_[i].y, keys_[i].x, {step.value, step.error});
      result.steps.push_back(std::move(step));
    }
    for (const StepIndex i : requested) result.requested.push_back(place[i]);
    return result;
  }

  static void finish(Step& step, const std::vector<Step>& earlier) {
    if (step.products.empty()) {
      if (step.rule == Rule::local) step.formula = step.simplified;
      if (step.formula.size() > longest_formula) step.formula = step.symbol();
      return;
    }
    Approximation total;
    std::vector<Term> terms;
    for (const auto& [negative, factors] : step.products) {
      Approximation value{negative ? -1.0 : 1.0, 0};
      std::vector<Term> product;
      for (const StepIndex factor : factors) {
        value = times(value, {earlier[factor].value, earlier[factor].error});
        product.push_back({earlier[factor].formula, false});
      }
      total = plus(total, value);
      terms.push_back({Expr::product(std::move(product)), negative});
    }
    const bool scaled = !step.scale.is_number(1);
    if (scaled)
      total = times(evaluate_with_error(step.scale, std::function<Approximation(const Expr&)>()),
                    total);
    step.value = total.value;
    step.error = total.error;
    Expr formula = Expr::sum(std::move(terms));
    if (scaled) formula = step.scale * formula;
    if (formula.size() < longest_to_simplify) formula = simplify(formula);
    step.formula = formula.size() > longest_formula ? step.symbol() : formula;
  }

  const Quantities& quantities_;
  Recognition recognition_;
  ShortForms short_forms_;
  std::map<std::tuple<QuantityIndex, QuantityIndex, bool>, StepIndex> known_;
  std::vector<Step> steps_;
  std::vector<Key> keys_;
};

}  // namespace

Derivation derive(const Quantities& quantities,
                  std::span<const std::pair<QuantityIndex, QuantityIndex>> pairs) {
  return Deriver(quantities).run(pairs);
}

}  // namespace chalkgrad
