#include "tracer/derivation/short_form.hpp"

#include <algorithm>
#include <cmath>

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

/// The factors but for a logarithm, and its argument: −t·ln p gives t and p.
std::optional<std::pair<Expr, Expr>> weight_and_logarithm(const Term& term) {
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
  if (!probability || !negative) return std::nullopt;
  return std::pair{rest.empty() ? Expr(1.0) : Expr::product(std::move(rest)), *probability};
}

/// −t·ln p of a quantity p.
std::optional<std::pair<Expr, Expr>> target_and_probability(const Term& term) {
  auto pair = weight_and_logarithm(term);
  return pair && pair->second.is(Expr::Kind::symbol) ? pair : std::nullopt;
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

}  // namespace

/// Nothing where the definition is anything else.
std::optional<ShortForms::CrossEntropy> ShortForms::read(QuantityIndex y) const {
  std::vector<Term> terms;
  collect_terms(quantities_.definition(y), false, terms);
  CrossEntropy result;
  for (const Term& term : terms) {
    const auto pair = target_and_probability(term);
    const auto p = pair ? quantities_.find(pair->second.text()) : std::nullopt;
    if (!p || quantities_[*p].given) return std::nullopt;
    const Expr definition = quantities_.definition(*p);
    const bool is_quotient = definition.is(Expr::Kind::product) && definition.parts().size() == 2 &&
                             !definition.parts()[0].inverted && definition.parts()[1].inverted;
    if (!is_quotient) return std::nullopt;
    const Expr &power = definition.part(0), &divisor = definition.part(1);
    if (!is_call(power, Op::exp) || !power.part(0).is(Expr::Kind::symbol) ||
        !divisor.is(Expr::Kind::sum))
      return std::nullopt;
    std::vector<Expr> addends;
    for (const auto& [addend, negative] : divisor.parts()) {
      if (negative || !is_call(addend, Op::exp)) return std::nullopt;
      addends.push_back(addend.part(0));
    }
    if (result.divisor.empty())
      result.divisor = std::move(addends);
    else if (result.divisor != addends)
      return std::nullopt;
    result.parts.push_back({pair->first, pair->second, power.part(0)});
  }
  return result;
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
    bool other_terms = false;
  };
  std::map<std::string, Found> found;
  std::vector<Term> terms;
  collect_terms(quantities_.definition(y), false, terms);
  for (const Term& term : terms) {
    const auto pair = weight_and_logarithm(term);
    for_each_leaf(term.expr, [&](const Expr& leaf) {
      if (!leaf.is(Expr::Kind::symbol)) return;
      const auto p = quantities_.find(leaf.text());
      if (!p || !is_sigmoid(*p)) return;
      Found& one = found[leaf.text()];
      std::optional<Expr>& place = pair && pair->second == leaf ? one.target : one.other;
      const bool fits = pair && !place && (pair->second == leaf || pair->second == 1.0 - leaf);
      if (fits)
        place = pair->first;
      else
        one.other_terms = true;
    });
  }
  for (auto& [name, one] : found)
    if (!one.other_terms && one.target && one.other && is_rest_to_one(*one.target, *one.other))
      known->second.emplace(name, *one.target);
  return known->second;
}

/// p − t, where p = σ(…) is used in y alone.
std::optional<Expr> ShortForms::difference(QuantityIndex y, QuantityIndex p) {
  if (!is_sigmoid(p) || only_user(p, y) != y) return std::nullopt;
  const Targets& targets = targets_in(y);
  const auto target = targets.find(quantities_[p].name);
  if (target == targets.end()) return std::nullopt;
  return Expr::symbol(quantities_[p].name) - target->second;
}

std::optional<ShortForm> ShortForms::of_sigmoid(QuantityIndex y, QuantityIndex x) {
  const auto p = only_user(x, y);
  if (!p || !is_sigmoid(*p) || quantities_[*p].operands.size() != 1) return std::nullopt;
  const auto slope = difference(y, *p);
  if (!slope || !(quantities_.definition(*p).part(0) == Expr::symbol(quantities_[x].name)))
    return std::nullopt;
  return ShortForm{*slope, 0.0, true, "sigmoid with binary cross-entropy"};
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
  const Expr by_rest = rest.empty()       ? *form
                       : rest.size() == 1 ? *form * rest[0].expr
                                          : *form * Expr::product(std::move(rest));
  return ShortForm{by_rest, 0.0, true, "sigmoid with binary cross-entropy"};
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
  if (!known->second || known->second->parts.size() < 2) return std::nullopt;
  const auto& [parts, divisor] = *known->second;
  const Expr z = Expr::symbol(quantities_[x].name);
  if (std::count(divisor.begin(), divisor.end(), z) != 1) return std::nullopt;
  const auto own =
      std::find_if(parts.begin(), parts.end(), [&](const auto& part) { return part.logit == z; });
  if (own == parts.end()) return std::nullopt;
  std::vector<Term> targets;
  for (const auto& part : parts) targets.push_back({part.target, false});
  ShortForm form{own->probability - own->target, Expr::sum(std::move(targets))};
  const Approximation total = evaluate_with_error(form.targets, quantities_),
                      short_value = evaluate_with_error(form.expr, quantities_);
  if (std::isnan(total.value)) return form;
  const auto agree = [](Approximation a, Approximation b) {
    const double size = std::abs(a.value) + std::abs(b.value);
    return a.value == b.value ||
           is_noise(a.value - b.value, a.error + b.error + 1e-15 * size, size);
  };
  if (!agree(total, {1, 0})) return std::nullopt;
  if (!std::isnan(value.value) && !agree(short_value, value)) return std::nullopt;
  form.certain = true;
  return form;
}

}  // namespace chalkgrad
