#include "tracer/derivation/derivation.hpp"

#include <algorithm>

namespace chalkgrad {

namespace {

/// −10/f² as 10/f² and a minus sign for the term; of other things, and of bare numbers, nothing.
std::optional<Expr> without_sign(const Expr& e) {
  if (!e.is(Expr::Kind::product)) return std::nullopt;
  const Term& first = e.parts().front();
  if (first.inverted || !first.expr.is(Expr::Kind::number) || !(first.expr.value() < 0))
    return std::nullopt;
  std::vector<Term> factors = e.parts();
  factors[0].expr = Expr::number(std::string_view(first.expr.text()).substr(1));
  if (factors[0].expr.is_number(1) && !factors[1].inverted) factors.erase(factors.begin());
  return factors.size() == 1 ? factors[0].expr : Expr::product(std::move(factors));
}

/// A term that is written in place, or the terms of a sum: + sign(w) − 6·w.
void add_terms(const Expr& e, bool negative, std::vector<Term>& terms) {
  if (e.is(Expr::Kind::sum)) {
    for (const Term& part : e.parts()) add_terms(part.expr, part.inverted != negative, terms);
    return;
  }
  const auto positive = without_sign(e);
  terms.push_back({positive ? *positive : e, (positive.has_value()) != negative});
}

}  // namespace

std::string_view rule_name(Rule rule) {
  switch (rule) {
    case Rule::chain: return "chain rule";
    case Rule::sum: return "sum rule";
    case Rule::multivariable: return "multivariable chain rule";
    case Rule::folded: return "one term of the sum";
    case Rule::independent: return "independent";
    case Rule::identity:
    case Rule::local: break;
  }
  return "";
}

Expr Derivation::statement(const Step& step) const {
  return with_numbers(step, [this](StepIndex i) {
    return steps[i].written_in_place ? steps[i].simplified : steps[i].symbol();
  });
}

Expr Derivation::with_numbers(const Step& step,
                              const std::function<Expr(StepIndex)>& number) const {
  std::vector<Term> terms;
  for (const auto& [negative, factors] : step.products) {
    std::vector<Term> product;
    for (const StepIndex factor : factors) product.push_back({number(factor), false});
    if (product.size() == 1 && steps[factors[0]].written_in_place) {
      add_terms(product[0].expr, negative, terms);
      continue;
    }
    terms.push_back({Expr::product(std::move(product)), negative});
  }
  Expr sum = Expr::sum(std::move(terms));
  return step.scale.is_number(1) ? sum : step.scale * sum;
}

namespace {

bool is_short(const Step& step) { return step.short_form && step.short_form->certain; }

}  // namespace

bool Derivation::has_short_forms() const {
  return std::any_of(steps.begin(), steps.end(), is_short);
}

Derivation Derivation::in_short() const {
  Derivation result = *this;
  for (Step& step : result.steps) {
    if (!is_short(step) || step.products.empty()) continue;
    step.rule = Rule::local;
    step.products.clear();
    step.raw = step.simplified = step.formula = step.short_form->expr;
    step.rules.clear();
    step.all_rules.clear();
  }
  return result;
}

}  // namespace chalkgrad
