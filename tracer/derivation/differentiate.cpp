#include "tracer/derivation/differentiate.hpp"

#include "engine/ops.hpp"
#include "tracer/derivation/local.hpp"

namespace chalkgrad {

namespace {

Expr times(const Expr& a, const Expr& b) {
  if (a.is_number(0) || b.is_number(0)) return 0.0;
  if (a.is_number(1)) return b;
  if (b.is_number(1)) return a;
  return a * b;
}

Expr plus(const Expr& a, const Expr& b) {
  if (a.is_number(0)) return b;
  if (b.is_number(0)) return a;
  return a + b;
}

/// The rule of an operation at its operands.
Expr rule_at(Op op, int operand, const Expr& whole) {
  return substitute(symbolic_rule(op, operand), [&](const Expr& leaf) {
    if (!leaf.is(Expr::Kind::symbol)) return leaf;
    if (leaf.text() == "y") return whole;
    return whole.part(leaf.text() == "b" ? 1 : 0);
  });
}

Expr of_sum(const Expr& e, const SlopeOfName& slope_of) {
  Expr total = 0.0;
  for (const Term& term : e.parts()) {
    const Expr slope = differentiate(term.expr, slope_of);
    if (!slope.is_number(0)) total = plus(total, term.inverted ? -slope : slope);
  }
  return total;
}

/// (u·v/w)′ = u′·v/w + u·v′/w − u·v·w′/w².
Expr of_product(const Expr& e, const SlopeOfName& slope_of) {
  Expr total = 0.0;
  for (std::size_t i = 0; i < e.parts().size(); ++i) {
    const Term& factor = e.parts()[i];
    const Expr slope = differentiate(factor.expr, slope_of);
    if (slope.is_number(0)) continue;
    std::vector<Term> rest = e.parts();
    if (!factor.inverted) {
      rest[i].expr = slope;
      const bool leads_quotient = i == 0 && rest.size() > 1 && rest[1].inverted;
      if (slope.is_number(1) && rest.size() > 1 && !leads_quotient)
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
      total = plus(total, rest.size() == 1 ? rest[0].expr : Expr::product(std::move(rest)));
    } else {
      rest.insert(rest.begin(), {slope, false});
      rest[i + 1].expr = Expr::power(factor.expr, 2.0);
      total = plus(total, -Expr::product(std::move(rest)));
    }
  }
  return total;
}

}  // namespace

Expr differentiate(const Expr& formula, const SlopeOfName& slope_of) {
  switch (formula.kind()) {
    case Expr::Kind::symbol: return slope_of(formula);
    case Expr::Kind::sum: return of_sum(formula, slope_of);
    case Expr::Kind::product: return of_product(formula, slope_of);
    case Expr::Kind::power: {
      const Expr base = differentiate(formula.part(0), slope_of);
      const Expr exponent = differentiate(formula.part(1), slope_of);
      return plus(times(rule_at(Op::power, 0, formula), base),
                  times(rule_at(Op::power, 1, formula), exponent));
    }
    case Expr::Kind::call: {
      Expr total = 0.0;
      for (std::size_t i = 0; i < formula.parts().size(); ++i)
        total = plus(total, times(rule_at(formula.op(), static_cast<int>(i), formula),
                                  differentiate(formula.part(i), slope_of)));
      return total;
    }
    case Expr::Kind::cases: {
      // The conditions stay; each value has its own derivative.
      std::vector<Term> parts = formula.parts();
      for (std::size_t i = 2; i < parts.size(); ++i)
        parts[i].expr = differentiate(parts[i].expr, slope_of);
      return with_parts(formula, std::move(parts));
    }
    default: return 0.0;
  }
}

}  // namespace chalkgrad
