#include "tracer/derivation/derivation.hpp"

namespace chalkgrad {

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
  return with_numbers(step, [this](StepIndex i) { return steps[i].symbol(); });
}

Expr Derivation::with_numbers(const Step& step,
                              const std::function<Expr(StepIndex)>& number) const {
  std::vector<Term> terms;
  for (const auto& [negative, factors] : step.products) {
    std::vector<Term> product;
    for (const StepIndex factor : factors) product.push_back({number(factor), false});
    terms.push_back({Expr::product(std::move(product)), negative});
  }
  Expr sum = Expr::sum(std::move(terms));
  return step.scale.is_number(1) ? sum : step.scale * sum;
}

}  // namespace chalkgrad
