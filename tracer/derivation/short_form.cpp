#include "tracer/derivation/short_form.hpp"

#include <algorithm>
#include <cmath>

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

/// p = σ(z), and of all terms of y two have p in them: −t·ln p and −(1 − t)·ln(1 − p).
std::optional<ShortForm> ShortForms::of_sigmoid(QuantityIndex y, QuantityIndex x) const {
  // What is defined after y does not lead to it.
  const auto only_user = [&](QuantityIndex q) -> std::optional<QuantityIndex> {
    std::optional<QuantityIndex> only;
    for (const QuantityIndex user : quantities_[q].users) {
      if (user > y) continue;
      if (only) return std::nullopt;
      only = user;
    }
    return only;
  };
  const auto through = only_user(x);
  if (!through || only_user(*through) != y) return std::nullopt;
  const Quantity& p = quantities_[*through];
  const Expr definition = quantities_.definition(*through);
  if (!is_call(definition, Op::sigmoid) ||
      !(definition.part(0) == Expr::symbol(quantities_[x].name)))
    return std::nullopt;
  const Expr symbol = Expr::symbol(p.name);
  std::vector<Term> terms;
  collect_terms(quantities_.definition(y), false, terms);
  std::optional<Expr> target, other;
  for (const Term& term : terms) {
    bool concerned = false;
    for_each_leaf(term.expr, [&](const Expr& leaf) { concerned = concerned || leaf == symbol; });
    if (!concerned) continue;
    const auto pair = weight_and_logarithm(term);
    if (!pair) return std::nullopt;
    auto& [weight, argument] = *pair;
    std::optional<Expr>& place = argument == symbol ? target : other;
    if (place || (argument != symbol && argument != 1.0 - symbol)) return std::nullopt;
    place = weight;
  }
  if (!target || !other || !is_rest_to_one(*target, *other)) return std::nullopt;
  return ShortForm{symbol - *target, 0.0, true, "sigmoid with binary cross-entropy"};
}

std::optional<ShortForm> ShortForms::of_chain(QuantityIndex y, QuantityIndex z,
                                              const Expr& rest) const {
  auto form = of_sigmoid(y, z);
  if (form && !rest.is_number(1)) form->expr = form->expr * rest;
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
