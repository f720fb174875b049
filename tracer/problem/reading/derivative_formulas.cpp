#include "tracer/problem/reading/derivative_formulas.hpp"

#include <tuple>
#include <unordered_map>

#include "tracer/expression/printer.hpp"
#include "tracer/expression/simplify.hpp"

namespace chalkgrad {

namespace {

Expr without_automatic(const Expr& e, const Quantities& quantities) {
  return substitute(e, [&](const Expr& leaf) {
    const auto q = leaf.is(Expr::Kind::symbol) ? quantities.find(leaf.text()) : std::nullopt;
    return q && quantities[*q].automatic ? without_automatic(quantities.definition(*q), quantities)
                                         : leaf;
  });
}

/// (1 if z > 0, else 0) as step(z): a definition has no cases. At the kink itself that is the
/// derivative from the right.
Expr without_cases(const Expr& e) {
  if (e.parts().empty()) return e;
  std::vector<Term> parts;
  for (const Term& part : e.parts()) parts.push_back({without_cases(part.expr), part.inverted});
  if (!e.is(Expr::Kind::cases)) return with_parts(e, std::move(parts));
  const auto& [left, right, positive, zero, negative] =
      std::tie(parts[0].expr, parts[1].expr, parts[2].expr, parts[3].expr, parts[4].expr);
  const Expr beyond = Expr::call(Op::step, {right.is_number(0) ? left : Expr(left - right)});
  if (positive == negative) return positive;
  return simplify(negative + (positive - negative) * beyond);
}

class FormulaWriter {
 public:
  FormulaWriter(const Derivation& derivation, const Quantities& quantities)
      : derivation_(derivation), quantities_(quantities), is_short_(derivation.steps.size()) {
    for (StepIndex i = 0; i < derivation.steps.size(); ++i) {
      const Step& step = derivation.steps[i];
      by_symbol_.emplace(print(step.symbol()), i);
      is_short_[i] = step.short_form && !step.short_form->reason.empty();
      for (const Step::Product& product : step.products)
        for (const StepIndex factor : product.factors)
          is_short_[i] = is_short_[i] || is_short_[factor];
    }
  }

  Expr written_out(StepIndex index) const {
    const Step& step = derivation_.steps[index];
    const bool by_itself = step.short_form && !step.short_form->reason.empty();
    const Expr formula = by_itself                  ? step.short_form->expr
                         : step.rule == Rule::local ? step.simplified
                         : is_short_[index] || step.formula.is(Expr::Kind::derivative)
                             ? derivation_.statement(step)
                             : step.formula;
    return simplify(substitute(formula, [&](const Expr& leaf) {
      if (!leaf.is(Expr::Kind::derivative)) return without_automatic(leaf, quantities_);
      const auto found = by_symbol_.find(print(leaf));
      return found == by_symbol_.end() || found->second >= index ? leaf
                                                                 : written_out(found->second);
    }));
  }

 private:
  const Derivation& derivation_;
  const Quantities& quantities_;
  std::vector<bool> is_short_;  // it or what it is made of
  std::unordered_map<std::string, StepIndex> by_symbol_;
};

}  // namespace

std::vector<Expr> derivative_formulas(const Derivation& derivation, const Quantities& quantities) {
  const FormulaWriter writer(derivation, quantities);
  std::vector<Expr> formulas;
  for (const StepIndex step : derivation.requested)
    formulas.push_back(without_cases(writer.written_out(step)));
  return formulas;
}

}  // namespace chalkgrad
