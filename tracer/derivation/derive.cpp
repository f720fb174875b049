#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <map>
#include <numeric>
#include <tuple>
#include <unordered_map>

#include "tracer/derivation/defined_sum.hpp"
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
    constexpr std::size_t longest_in_place = 16;
    auto [readable, is_through_own_value] = recognition_.readable(local, keys_[i].y, keys_[i].x);
    if (is_through_own_value) local.rules.emplace_back("through its own value");
    step.simplified = std::move(readable);
    step.raw = std::move(local.raw);
    step.written_in_place = step.written_in_place && step.simplified.size() <= longest_in_place;
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
      if (leaf.is(Expr::Kind::derivative)) known = false;  // ∂f/∂u of an unspecified f
      if (!leaf.is(Expr::Kind::symbol)) return;
      const auto quantity = quantities_.find(leaf.text());
      known = known && quantity && !std::isnan(quantities_[*quantity].value);
    });
    return known;
  }

  /// Whether y = … + c + … where no other term depends on c: ∂y/∂c is identically 1. The two must
  /// be neighbours among the bottlenecks of `paths`.
  bool is_plain_term(const Paths& paths, QuantityIndex y, QuantityIndex c) {
    const auto& between = paths.quantities();
    const auto at = std::lower_bound(between.begin(), between.end(), y);
    if (at == between.begin() || *std::prev(at) != c) return false;
    const DefinedSum& sum = sum_of(y);
    const auto place = sum.place_of(c);
    return place && !sum.is_scaled() && !sum.terms()[*place].inverted;
  }

  const DefinedSum& sum_of(QuantityIndex y) {
    const auto known = sums_.find(y);
    if (known != sums_.end()) return known->second;
    return sums_.emplace(y, DefinedSum(quantities_, y)).first->second;
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
    step.sum = sum_of(keys_[i].y).whole();
  }

  /// If y is a sum of quantities, two or more of which depend on x: ∂y/∂x = Σ ∂term/∂x; x itself
  /// may stand in other terms, as in a penalty, and a term may have a constant factor, λ·R. Where
  /// the paths through the terms meet again before x, the multivariable chain rule is shorter,
  /// because it uses the derivatives of y with respect to the quantities where they meet.
  bool become_sum(StepIndex i, const Paths& paths) {
    const DefinedSum& sum = sum_of(keys_[i].y);
    const std::vector<QuantityIndex> operands = paths.operands_of_y();
    std::vector<std::pair<std::size_t, QuantityIndex>> terms;  // by place
    std::vector<QuantityIndex> summands;
    for (const QuantityIndex operand : operands) {
      if (operand == keys_[i].x) continue;
      const auto place = sum.place_of(operand);
      if (!place && (sum.is_scaled() || !has_constant_factor(operand, i, operands))) return false;
      terms.emplace_back(place.value_or(sum.terms().size()), operand);
      summands.push_back(operand);
    }
    const bool has_direct = summands.size() < operands.size();
    if (terms.empty() || operands.size() < 2 || (has_direct && sum.is_scaled()) ||
        !paths.are_disjoint(summands))
      return false;
    std::sort(terms.begin(), terms.end());
    std::vector<Step::Product> products;
    for (const auto& [place, operand] : terms) {
      const StepIndex of_term = request(operand, keys_[i].x);
      if (place < sum.terms().size()) {
        products.push_back({sum.terms()[place].inverted, {of_term}});
        continue;
      }
      if (simplify(local_derivative(quantities_, keys_[i].y, operand).raw).is_number(1)) {
        products.push_back({false, {of_term}});
        continue;
      }
      const StepIndex factor = request(keys_[i].y, operand);
      steps_[factor].written_in_place = true;
      products.push_back({false, {factor, of_term}});
    }
    if (has_direct) {
      const StepIndex direct = request(keys_[i].y, keys_[i].x, true);
      steps_[direct].written_in_place = true;
      products.push_back({false, {direct}});
    }
    steps_[i].rule = Rule::sum;
    steps_[i].scale = sum.scale();
    steps_[i].products = std::move(products);
    return true;
  }

  static bool has_minus_before(const Expr& factor) {
    if (factor.is_negation()) return true;
    return factor.is(Expr::Kind::product) ? has_minus_before(factor.part(0)) : factor.value() < 0;
  }

  /// Whether y = … + λ·c + …: ∂y/∂c is a short λ without c and the other operands of y. Only of a
  /// y that nothing uses, a loss with its penalty: in a network such a λ is a weight like others.
  bool has_constant_factor(QuantityIndex c, StepIndex i,
                           const std::vector<QuantityIndex>& operands) const {
    constexpr std::size_t longest = 5;
    if (!quantities_[keys_[i].y].users.empty()) return false;
    const LocalDerivative local = local_derivative(quantities_, keys_[i].y, c);
    const Expr factor = simplify(local.raw);
    if (factor.size() > longest || factor.is(Expr::Kind::derivative) || has_minus_before(factor))
      return false;
    bool is_constant = true;
    for_each_leaf(factor, [&](const Expr& leaf) {
      if (leaf.is(Expr::Kind::number)) return;
      const auto named = leaf.is(Expr::Kind::symbol) ? quantities_.find(leaf.text()) : std::nullopt;
      is_constant = is_constant && named && *named != keys_[i].y &&
                    std::find(operands.begin(), operands.end(), *named) == operands.end();
    });
    return is_constant;
  }

  /// ∂y/∂x = Σ ∂y/∂c·∂c/∂x over the quantities c that use x, where ∂c/∂x is the direct derivative:
  /// what flows from x to c by way of other quantities is counted with those.
  void become_multivariable(StepIndex i, const Paths& paths) {
    const QuantityIndex y = keys_[i].y, x = keys_[i].x;
    std::vector<Step::Product> products;
    for (const QuantityIndex c : paths.users_of_x()) {
      if (c == y) {
        products.push_back({false, {request(y, x, true)}});
      } else {
        const StepIndex outer = request(y, c);
        products.push_back({false, {outer, request(c, x, paths.come_by_others_to(c))}});
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
    result.steps.reserve(order.size());
    for (const StepIndex i : order) {
      Step step = std::move(steps_[i]);
      for (Step::Product& product : step.products)
        for (StepIndex& factor : product.factors) factor = place[factor];
      finish(step, result.steps);
      if (step.rule == Rule::multivariable || step.rule == Rule::chain)
        step.short_form = short_forms_.of(keys_[i].y, keys_[i].x, {step.value, step.error});
      if (step.rule == Rule::chain && !step.short_form)
        step.short_form = of_chain(step, result.steps);
      result.steps.push_back(std::move(step));
    }
    for (const StepIndex i : requested) result.requested.push_back(place[i]);
    return result;
  }

  /// ∂L/∂p·∂p/∂z·∂z/∂w as (p − t)·x, where what follows p and z has been simplified to something
  /// short.
  std::optional<ShortForm> of_chain(const Step& step, const std::vector<Step>& earlier) {
    constexpr std::size_t longest = 20;
    if (step.products.size() != 1 || step.products[0].negative || !step.scale.is_number(1))
      return std::nullopt;
    const std::vector<StepIndex>& factors = step.products[0].factors;
    if (factors.size() == 2 && earlier[factors[1]].rule == Rule::local) {
      const auto loss = quantities_.find(step.of), p = quantities_.find(earlier[factors[1]].of);
      return loss && p ? short_forms_.of_argument(*loss, *p, earlier[factors[1]].simplified)
                       : std::nullopt;
    }
    if (factors.size() < 3) return std::nullopt;
    const auto y = quantities_.find(step.of), z = quantities_.find(earlier[factors[1]].wrt);
    std::vector<Term> rest;
    for (std::size_t k = 2; k < factors.size(); ++k) {
      const Step& factor = earlier[factors[k]];
      if (factor.rule != Rule::local || factor.simplified.size() > longest) return std::nullopt;
      if (!factor.simplified.is_number(1)) rest.push_back({factor.simplified, false});
    }
    if (!y || !z) return std::nullopt;
    return short_forms_.of_chain(*y, *z,
                                 rest.empty()       ? Expr(1.0)
                                 : rest.size() == 1 ? rest[0].expr
                                                    : Expr::product(rest));
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
  std::unordered_map<QuantityIndex, DefinedSum> sums_;  // those that were asked for
  std::deque<Step> steps_;                              // large, and many: they stay where they are
  std::vector<Key> keys_;
};

}  // namespace

Derivation derive(const Quantities& quantities,
                  std::span<const std::pair<QuantityIndex, QuantityIndex>> pairs) {
  return Deriver(quantities).run(pairs);
}

}  // namespace chalkgrad
