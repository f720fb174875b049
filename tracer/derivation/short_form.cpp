#include "tracer/derivation/short_form.hpp"

#include <algorithm>
#include <cmath>

#include "tracer/derivation/differentiate.hpp"
#include "tracer/derivation/local.hpp"
#include "tracer/expression/simplify.hpp"

namespace chalkgrad {

namespace {

/// The terms of a sum, with those of a sum in brackets behind a minus sign.
void collect_terms(const Expr& e, bool negative, std::vector<Term>& terms) {
  if (!e.is(Expr::Kind::sum)) {
    terms.push_back({e, negative});
    return;
  }
  for (const auto& [term, inverted] : e.parts()) collect_terms(term, negative != inverted, terms);
}

bool is_call(const Expr& e, Op op) { return e.is(Expr::Kind::call) && e.op() == op; }

struct WeightedLog {
  Expr weight = 0.0, argument = 0.0;
  bool negative = false;
};

/// The factors but for a logarithm, and its argument: −t·ln p gives t and p.
std::optional<WeightedLog> weight_and_logarithm(const Term& term) {
  std::vector<Term> rest;
  std::optional<Expr> probability;
  const auto factors =
      term.expr.is(Expr::Kind::product) ? term.expr.parts() : std::vector<Term>{{term.expr, false}};
  bool negative = term.inverted;
  for (const auto& [factor, divides] : factors) {
    if (divides) return std::nullopt;
    if (is_call(factor, Op::log)) {
      if (probability) return std::nullopt;
      probability = factor.part(0);
    } else if (factor.is(Expr::Kind::number) && std::signbit(factor.value())) {
      negative = !negative;
      rest.push_back({-factor, false});
    } else {
      rest.push_back({factor, false});
    }
  }
  if (!probability) return std::nullopt;
  return WeightedLog{rest.empty() ? Expr(1.0) : Expr::product(std::move(rest)), *probability,
                     negative};
}

/// ±t·ln p of a quantity p.
std::optional<WeightedLog> target_and_probability(const Term& term) {
  auto found = weight_and_logarithm(term);
  return found && found->argument.is(Expr::Kind::symbol) ? found : std::nullopt;
}

bool contains(const Expr& e, const Expr& symbol) {
  bool found = false;
  for_each_leaf(e, [&](const Expr& leaf) { found = found || leaf == symbol; });
  return found;
}

/// Without a factor 1.
Expr times_weight(const Expr& weight, const Expr& e) {
  return weight.is_number(1) ? e : weight * e;
}

/// t and 1 − t, or numbers that sum to 1.
bool is_rest_to_one(const Expr& t, const Expr& other) {
  if (other == 1.0 - t || t == 1.0 - other) return true;
  const auto number = [](const Expr& e) {
    return evaluate(e, [](const Expr& leaf) {
      return leaf.is(Expr::Kind::number) ? leaf.value() : std::nan("");
    });
  };
  return number(t) + number(other) == 1;
}

bool agree(Approximation a, Approximation b) {
  const double size = std::abs(a.value) + std::abs(b.value);
  return a.value == b.value || is_noise(a.value - b.value, a.error + b.error + 1e-15 * size, size);
}

}  // namespace

/// Nothing where the definition is anything else.
std::optional<ShortForms::CrossEntropy> ShortForms::read(QuantityIndex y) const {
  std::vector<Term> terms;
  collect_terms(quantities_.definition(y), false, terms);
  CrossEntropy result;
  for (const Term& term : terms) {
    const auto found = target_and_probability(term);
    const auto p = found ? quantities_.find(found->argument.text()) : std::nullopt;
    auto softmax = p ? softmax_of(*p) : std::nullopt;
    if (!softmax) return std::nullopt;
    if (result.divisor.empty())
      result.divisor = std::move(softmax->logits);
    else if (result.divisor != softmax->logits)
      return std::nullopt;
    result.parts.push_back({found->weight, found->argument, softmax->logit, !found->negative});
  }
  return result;
}

/// p = exp(z)/(exp(z) + …)
std::optional<ShortForms::Softmax> ShortForms::softmax_of(QuantityIndex p) const {
  if (quantities_[p].given) return std::nullopt;
  const Expr definition = quantities_.definition(p);
  const bool is_quotient = definition.is(Expr::Kind::product) && definition.parts().size() == 2 &&
                           !definition.parts()[0].inverted && definition.parts()[1].inverted;
  if (!is_quotient) return std::nullopt;
  const Expr &power = definition.part(0), &divisor = definition.part(1);
  if (!is_call(power, Op::exp) || !divisor.is(Expr::Kind::sum)) return std::nullopt;
  Softmax found{power.part(0), {}};
  for (const auto& [addend, negative] : divisor.parts()) {
    if (negative || !is_call(addend, Op::exp)) return std::nullopt;
    found.logits.push_back(addend.part(0));
  }
  return found;
}

/// Whether x reaches y through the values of that softmax alone, and what these are, by logit.
std::optional<std::vector<std::pair<Expr, Expr>>> ShortForms::values_of_softmax(
    QuantityIndex x, QuantityIndex y, const std::vector<Expr>& logits) const {
  std::vector<std::pair<Expr, Expr>> values;
  for (const QuantityIndex user : quantities_[x].users) {
    if (user > y) continue;
    const auto softmax = softmax_of(user);
    if (!softmax || softmax->logits != logits) return std::nullopt;
    values.emplace_back(softmax->logit, Expr::symbol(quantities_[user].name));
  }
  return values;
}

/// a·(p_c − 1) and a·p_j of −a·ln p_c, where p is a softmax.
std::optional<ShortForm> ShortForms::of_logarithm(const CrossEntropy& loss, QuantityIndex y,
                                                  QuantityIndex x) const {
  const CrossEntropy::Part& one = loss.parts.front();
  const Expr symbol = Expr::symbol(quantities_[x].name);
  const auto values = values_of_softmax(x, y, loss.divisor);
  if (!values || contains(one.target, symbol)) return std::nullopt;
  const Expr* logit = nullptr;
  for (const Expr& each : loss.divisor) {
    if (!contains(each, symbol)) continue;
    if (logit != nullptr) return std::nullopt;
    logit = &each;
  }
  if (logit == nullptr) return std::nullopt;
  const Expr slope = slope_of_logit(*logit, symbol);
  const bool own = *logit == one.logit;
  const auto value = std::find_if(values->begin(), values->end(),
                                  [&](const auto& each) { return each.first == *logit; });
  if (!own && value == values->end()) return std::nullopt;
  Expr form = own ? times_weight(one.target, one.up ? 1.0 - one.probability : one.probability - 1.0)
                  : times_weight(one.target, value->second);
  if (!own && one.up) form = -form;
  if (!slope.is_number(1)) form = simplify(form * slope);
  return ShortForm{form, 0.0, true, "softmax and the logarithm of one of its values"};
}

/// ∂z/∂x of a logit that is an expression.
Expr ShortForms::slope_of_logit(const Expr& logit, const Expr& x) {
  return simplify(
      differentiate(logit, [&](const Expr& leaf) { return Expr(leaf == x ? 1.0 : 0.0); }));
}

/// What is defined after y does not lead to it.
std::optional<QuantityIndex> ShortForms::only_user(QuantityIndex q, QuantityIndex y) const {
  std::optional<QuantityIndex> only;
  for (const QuantityIndex user : quantities_[q].users) {
    if (user > y) continue;
    if (only) return std::nullopt;
    only = user;
  }
  return only;
}

bool ShortForms::is_sigmoid(QuantityIndex q) const {
  return !quantities_[q].given && quantities_.graph().op(quantities_[q].node) == Op::sigmoid;
}

/// The t of each p that stands in y as −t·ln p and −(1 − t)·ln(1 − p), and nowhere else there.
const ShortForms::Targets& ShortForms::targets_in(QuantityIndex y) {
  const auto [known, added] = targets_.try_emplace(y);
  if (!added) return known->second;
  struct Found {
    std::optional<Expr> target{}, other{};
    bool other_terms = false, up = false;
  };
  std::map<std::string, Found> found;
  std::vector<Term> terms;
  collect_terms(quantities_.definition(y), false, terms);
  for (const Term& term : terms) {
    const auto log = weight_and_logarithm(term);
    for_each_leaf(term.expr, [&](const Expr& leaf) {
      if (!leaf.is(Expr::Kind::symbol)) return;
      const auto p = quantities_.find(leaf.text());
      if (!p || !is_sigmoid(*p)) return;
      Found& one = found[leaf.text()];
      std::optional<Expr>& place = log && log->argument == leaf ? one.target : one.other;
      const bool fits = log && !place && (log->argument == leaf || log->argument == 1.0 - leaf);
      const bool turns =
          one.target || one.other ? one.up == log.value_or(WeightedLog{}).negative : false;
      if (!fits || turns) {
        one.other_terms = true;
      } else {
        place = log->weight;
        one.up = !log->negative;
      }
    });
  }
  for (auto& [name, one] : found) {
    if (one.other_terms) continue;
    const Expr p = Expr::symbol(name);
    if (one.target && one.other && is_rest_to_one(*one.target, *one.other)) {
      known->second.emplace(name, Target{one.up ? *one.target - p : p - *one.target,
                                         "sigmoid with binary cross-entropy"});
    } else if (one.target.has_value() != one.other.has_value()) {
      // −a·ln p and −a·ln(1 − p) alone
      const Expr rest = one.target ? 1.0 - p : p;
      const Expr form = times_weight(one.target ? *one.target : *one.other, rest);
      const bool negative = one.target.has_value() != one.up;
      known->second.emplace(name, Target{negative ? -form : form, "logarithm of a sigmoid"});
    }
  }
  return known->second;
}

/// p − t, where p = σ(…) is used in y alone.
std::optional<ShortForms::Target> ShortForms::difference(QuantityIndex y, QuantityIndex p) {
  if (!is_sigmoid(p) || only_user(p, y) != y) return std::nullopt;
  const Targets& targets = targets_in(y);
  const auto target = targets.find(quantities_[p].name);
  if (target == targets.end()) return std::nullopt;
  return target->second;
}

std::optional<ShortForm> ShortForms::of_sigmoid(QuantityIndex y, QuantityIndex x) {
  const auto p = only_user(x, y);
  if (!p || !is_sigmoid(*p) || quantities_[*p].operands.size() != 1) return std::nullopt;
  const auto slope = difference(y, *p);
  if (!slope || !(quantities_.definition(*p).part(0) == Expr::symbol(quantities_[x].name)))
    return std::nullopt;
  return ShortForm{slope->slope, 0.0, true, slope->reason};
}

std::optional<ShortForm> ShortForms::of_chain(QuantityIndex y, QuantityIndex z, const Expr& rest) {
  auto form = of_sigmoid(y, z);
  if (form && !rest.is_number(1)) form->expr = form->expr * rest;
  return form;
}

std::optional<ShortForm> ShortForms::of_argument(QuantityIndex y, QuantityIndex p,
                                                 const Expr& slope) {
  const auto form = difference(y, p);
  if (!form || !slope.is(Expr::Kind::product)) return std::nullopt;
  const Expr symbol = Expr::symbol(quantities_[p].name);
  std::vector<Term> rest;
  bool value = false, complement = false;
  for (const Term& factor : slope.parts()) {
    if (!value && !factor.inverted && factor.expr == symbol) {
      value = true;
    } else if (!complement && !factor.inverted && factor.expr == 1.0 - symbol) {
      complement = true;
    } else {
      rest.push_back(factor);
    }
  }
  if (!value || !complement || (!rest.empty() && rest[0].inverted)) return std::nullopt;
  const Expr by_rest = rest.empty()       ? form->slope
                       : rest.size() == 1 ? form->slope * rest[0].expr
                                          : form->slope * Expr::product(std::move(rest));
  return ShortForm{by_rest, 0.0, true, form->reason};
}

std::optional<ShortForm> ShortForms::of_summand(QuantityIndex y, QuantityIndex x,
                                                Approximation value) {
  if (auto form = of(y, x, value)) return form;
  const auto p =
      quantities_[x].users.empty() ? std::nullopt : std::optional(quantities_[x].users.front());
  const auto loss = p && *p < y ? only_user(*p, y) : std::nullopt;
  if (!loss || *loss >= y || only_user(*loss, y) != y) return std::nullopt;
  const Expr scale = simplify(local_derivative(quantities_, y, *loss).raw);
  const double factor = evaluate(scale, [](const Expr& leaf) {
    return leaf.is(Expr::Kind::number) ? leaf.value() : std::nan("");
  });
  if (!std::isfinite(factor) || factor == 0) return std::nullopt;
  auto form = of(*loss, x, {value.value / factor, value.error / std::abs(factor)});
  if (form && factor != 1) form->expr = scale * form->expr;
  return form;
}

std::optional<ShortForm> ShortForms::of(QuantityIndex y, QuantityIndex x, Approximation value) {
  if (auto form = of_sigmoid(y, x)) return form;
  const auto [known, added] = known_.try_emplace(y);
  if (added) known->second = read(y);
  if (!known->second || known->second->parts.empty()) return std::nullopt;
  if (known->second->parts.size() == 1) {
    auto form = of_logarithm(*known->second, y, x);
    const bool fits = !form || std::isnan(value.value) ||
                      agree(evaluate_with_error(form->expr, quantities_), value);
    return fits ? form : std::nullopt;
  }
  const auto& [parts, divisor] = *known->second;
  const Expr z = Expr::symbol(quantities_[x].name);
  const auto has_z = [&](const Expr& logit) { return contains(logit, z); };
  if (std::count_if(divisor.begin(), divisor.end(), has_z) != 1) return std::nullopt;
  const auto own =
      std::find_if(parts.begin(), parts.end(), [&](const auto& part) { return has_z(part.logit); });
  if (own == parts.end()) return std::nullopt;
  if (!(own->logit == z) && !values_of_softmax(x, y, divisor)) return std::nullopt;
  std::vector<Term> targets;
  for (const auto& part : parts) {
    if (part.up || contains(part.target, z)) return std::nullopt;
    targets.push_back({part.target, false});
  }
  const Expr slope = slope_of_logit(own->logit, z);
  const Expr difference = own->probability - own->target;
  ShortForm form{slope.is_number(1) ? difference : simplify(difference * slope),
                 Expr::sum(std::move(targets))};
  const Approximation total = evaluate_with_error(form.targets, quantities_),
                      short_value = evaluate_with_error(form.expr, quantities_);
  if (std::isnan(total.value)) return form;
  if (!agree(total, {1, 0})) return std::nullopt;
  if (!std::isnan(value.value) && !agree(short_value, value)) return std::nullopt;
  form.certain = true;
  return form;
}

}  // namespace chalkgrad
