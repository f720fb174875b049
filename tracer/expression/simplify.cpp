#include "tracer/expression/simplify.hpp"

#include <algorithm>
#include <unordered_map>

#include "tracer/expression/expression_hash.hpp"
#include "tracer/expression/rational.hpp"

namespace chalkgrad {

namespace {

/// A product taken apart: coefficient · Π baseᵉˣᵖᵒⁿᵉⁿᵗ, with each base once, in order of
/// appearance.
class Factors {
 public:
  /// Multiplies by e, which is simplified, to the power ±1.
  void multiply(const Expr& e, bool divides) {
    if (e.is(Expr::Kind::product)) {
      for (const Term& part : e.parts()) multiply(part.expr, part.inverted != divides);
    } else if (e.is_negation()) {
      coefficient_ = coefficient_.negated();
      multiply(e.part(0), divides);
    } else if (!multiply_coefficient(e, divides)) {
      gather(e, divides);
    }
  }

  [[nodiscard]] bool is_zero() const { return coefficient_.is(0); }
  /// There is nothing to simplify about what has no value.
  [[nodiscard]] bool divides_by_zero() const { return divides_by_zero_; }
  [[nodiscard]] const Rational& coefficient() const { return coefficient_; }

  /// The product without its coefficient; nothing if there is nothing else.
  [[nodiscard]] std::optional<Expr> rest() const {
    std::vector<Term> parts = written();
    if (parts.empty()) return std::nullopt;
    if (parts[0].inverted) parts.insert(parts.begin(), {Expr(1.0), false});
    return quotient(std::move(parts));
  }

  [[nodiscard]] Expr expression() const {
    if (is_zero()) return 0.0;
    const bool negative = coefficient_.is_negative();
    std::vector<Term> parts = written();
    std::vector<Term> number = (negative ? coefficient_.negated() : coefficient_).factors();
    const bool omit =
        number.size() == 1 && number[0].expr.is_number(1) && !parts.empty() && !parts[0].inverted;
    if (!omit) parts.insert(parts.begin(), number.begin(), number.end());
    const Expr product = quotient(std::move(parts));
    return negative ? -product : product;
  }

 private:
  /// The product with all it divides by in one denominator at its end, unless that is a literal
  /// that belongs to the coefficient: 1/(2·√x) and a/(b·c), but 1/2·x.
  static Expr quotient(std::vector<Term> parts) {
    const bool fraction_first = parts.size() > 2 && parts[1].inverted && !parts[2].inverted;
    const auto is_below = [](const Term& part) { return part.inverted; };
    const auto first_below =
        std::find_if(parts.begin() + (fraction_first ? 2 : 0), parts.end(), is_below);
    if (parts.end() - first_below < 2) return Expr::product(std::move(parts));
    std::vector<Term> below(first_below, parts.end());
    for (Term& part : below) part.inverted = false;
    std::stable_partition(below.begin(), below.end(),
                          [](const Term& part) { return part.expr.is(Expr::Kind::number); });
    parts.erase(first_below, parts.end());
    parts.push_back({Expr::product(std::move(below)), true});
    return Expr::product(std::move(parts));
  }

  struct Power {
    Expr base;
    Rational exponent;
  };

  bool multiply_coefficient(const Expr& e, bool divides) {
    auto number = Rational::of(e);
    divides_by_zero_ = divides_by_zero_ || (number && divides && number->is(0));
    if (number && divides) number = number->inverse();
    if (number) number = coefficient_.times(*number);
    if (number) coefficient_ = *number;
    return number.has_value();
  }

  void gather(const Expr& e, bool divides) {
    Power power{e, 1};
    if (e.is(Expr::Kind::power)) {
      if (const auto exponent = Rational::of(e.part(1)); exponent && exponent->whole())
        power = {e.part(0), *exponent};
    }
    if (divides) power.exponent = power.exponent.negated();
    for (Power& known : powers_) {
      if (!(known.base == power.base)) continue;
      if (const auto total = known.exponent.plus(power.exponent)) {
        known.exponent = *total;
        return;
      }
    }
    powers_.push_back(std::move(power));
  }

  /// The powers as factors, those with a positive exponent first.
  [[nodiscard]] std::vector<Term> written() const {
    std::vector<Term> above, below;
    for (const Power& power : powers_) {
      if (power.exponent.is(0)) continue;
      const bool divides = power.exponent.is_negative();
      const Rational exponent = divides ? power.exponent.negated() : power.exponent;
      const Expr factor =
          exponent.is(1) ? power.base : Expr::power(power.base, exponent.expression());
      (divides ? below : above).push_back({factor, divides});
    }
    above.insert(above.end(), below.begin(), below.end());
    return above;
  }

  Rational coefficient_ = 1;
  bool divides_by_zero_ = false;
  std::vector<Power> powers_;
};

/// Whether two products have the same factors, in whatever order, also in their denominators.
bool are_same_up_to_order(const Expr& a, const Expr& b) {
  if (a == b) return true;
  if (!a.is(Expr::Kind::product) || !b.is(Expr::Kind::product)) return false;
  return a.parts().size() == b.parts().size() &&
         std::is_permutation(a.parts().begin(), a.parts().end(), b.parts().begin(),
                             [](const Term& x, const Term& y) {
                               return x.inverted == y.inverted &&
                                      are_same_up_to_order(x.expr, y.expr);
                             });
}

/// A sum taken apart: Σ coefficient · term, with each term once, in order of appearance. The
/// literal terms together are one whose rest is empty.
class Terms {
 public:
  void add(const Expr& e, bool negative) {
    if (e.is_negation()) return add(e.part(0), !negative);
    if (e.is(Expr::Kind::sum) && !negative) {
      for (const Term& part : e.parts()) add(part.expr, part.inverted);
      return;
    }
    Factors factors;
    factors.multiply(e, false);
    if (factors.divides_by_zero()) {
      by_hash_[ExpressionHash()(e)].push_back(multiples_.size());
      multiples_.push_back({negative ? -1 : 1, e});
      return;
    }
    if (factors.is_zero()) return;
    const Rational coefficient = negative ? factors.coefficient().negated() : factors.coefficient();
    const std::optional<Expr> rest = factors.rest();
    std::vector<std::size_t>& alike = by_hash_[rest ? ExpressionHash()(*rest) : 0];
    for (const std::size_t place : alike) {
      Multiple& known = multiples_[place];
      const bool same = known.rest.has_value() == rest.has_value() &&
                        (!rest || are_same_up_to_order(*known.rest, *rest));
      if (!same) continue;
      if (const auto total = known.coefficient.plus(coefficient)) {
        known.coefficient = *total;
        return;
      }
    }
    alike.push_back(multiples_.size());
    multiples_.push_back({coefficient, rest});
  }

  [[nodiscard]] Expr expression() const {
    std::vector<Term> terms;
    for (const auto& [coefficient, rest] : multiples_) {
      if (coefficient.is(0)) continue;
      const bool negative = coefficient.is_negative();
      const Rational magnitude = negative ? coefficient.negated() : coefficient;
      Factors factors;
      factors.multiply(magnitude.expression(), false);
      if (rest) factors.multiply(*rest, false);
      terms.push_back({rest && magnitude.is(1) ? *rest : factors.expression(), negative});
    }
    return terms.empty() ? Expr(0.0) : Expr::sum(std::move(terms));
  }

 private:
  struct Multiple {
    Rational coefficient;
    std::optional<Expr> rest;
  };
  std::vector<Multiple> multiples_;
  std::unordered_map<std::size_t, std::vector<std::size_t>> by_hash_;  // places in multiples_
};

Expr simplify_power(const Expr& base, const Expr& exponent) {
  if (exponent.is_number(1)) return base;
  if (exponent.is_number(0) || base.is_number(1)) return 1.0;
  const auto whole = [](const Expr& e) {
    const auto number = Rational::of(e);
    return number ? number->whole() : std::nullopt;
  };
  // (x^m)^n = x^(m·n), which holds for whole exponents only.
  if (base.is(Expr::Kind::power)) {
    const auto m = whole(base.part(1)), n = whole(exponent);
    if (m && n) {
      if (const auto product = Rational(*m).times(*n))
        return Expr::power(base.part(0), product->expression());
    }
  }
  return Expr::power(base, exponent);
}

/// a·(1 if l > r, else 0) and b·(0 if l > r, else 1): a term of one case of a definition.
struct OfCase {
  Expr condition = 0.0;   ///< the case distinction
  Expr value = 0.0;       ///< what it is multiplied by
  bool positive = false;  ///< whether it is the case of l > r
};

std::optional<OfCase> of_case(const Term& term) {
  const auto is_choice = [](const Expr& e) {
    return e.is(Expr::Kind::cases) && e.part(3) == e.part(4) &&
           ((e.part(2).is_number(1) && e.part(3).is_number(0)) ||
            (e.part(2).is_number(0) && e.part(3).is_number(1)));
  };
  std::vector<Term> others;
  std::optional<Expr> choice;
  const std::vector<Term> alone = {{term.expr, false}};
  for (const Term& factor : term.expr.is(Expr::Kind::product) ? term.expr.parts() : alone) {
    if (!choice && !factor.inverted && is_choice(factor.expr)) {
      choice = factor.expr;
    } else {
      others.push_back(factor);
    }
  }
  if (!choice) return std::nullopt;
  // What is left of (1 if x > 0, else 0)/y is 1/y.
  if (!others.empty() && others.front().inverted) others.insert(others.begin(), {1.0, false});
  Expr value = others.empty() ? Expr(1.0) : Expr::product(std::move(others));
  if (term.inverted) value = simplify(-value);
  return OfCase{*choice, simplify(value), choice->part(2).is_number(1)};
}

/// The two cases of a definition as one: (a if l > r, else b), as they stand side by side.
Expr with_joined_cases(const Expr& sum) {
  if (!sum.is(Expr::Kind::sum)) return sum;
  std::vector<Term> terms = sum.parts();
  for (std::size_t i = 0; i + 1 < terms.size(); ++i) {
    const auto one = of_case(terms[i]), other = of_case(terms[i + 1]);
    if (!one || !other || one->positive == other->positive ||
        !(one->condition.part(0) == other->condition.part(0)) ||
        !(one->condition.part(1) == other->condition.part(1)))
      continue;
    const Expr &left = one->condition.part(0), &right = one->condition.part(1);
    terms[i] = {one->positive ? Expr::cases(left, right, one->value, other->value, other->value)
                              : Expr::cases(right, left, one->value, one->value, other->value),
                false};
    terms.erase(terms.begin() + static_cast<long>(i) + 1);
  }
  return terms.size() == 1 && !terms[0].inverted ? terms[0].expr : Expr::sum(std::move(terms));
}

}  // namespace

Expr simplify(const Expr& e) {
  switch (e.kind()) {
    case Expr::Kind::number:
    case Expr::Kind::symbol:
    case Expr::Kind::derivative: return e;
    case Expr::Kind::sum: {
      Terms terms;
      for (const Term& part : e.parts()) terms.add(simplify(part.expr), part.inverted);
      return with_joined_cases(terms.expression());
    }
    case Expr::Kind::product: {
      Factors factors;
      std::vector<Term> parts;
      for (const Term& part : e.parts()) {
        parts.push_back({simplify(part.expr), part.inverted});
        factors.multiply(parts.back().expr, part.inverted);
      }
      return factors.divides_by_zero() ? Expr::product(std::move(parts)) : factors.expression();
    }
    case Expr::Kind::power: return simplify_power(simplify(e.part(0)), simplify(e.part(1)));
    case Expr::Kind::call: {
      std::vector<Expr> arguments;
      for (const Term& part : e.parts()) arguments.push_back(simplify(part.expr));
      return Expr::call(e.op(), std::move(arguments));
    }
    case Expr::Kind::cases: break;
    default: return e;  // of arrays: left as it is written
  }
  const Expr positive = simplify(e.part(2)), zero = simplify(e.part(3)),
             negative = simplify(e.part(4));
  if (positive == zero && zero == negative) return positive;
  // |w|' = sign w
  if (positive.is_number(1) && zero.is_number(0) && negative.is_number(-1) &&
      e.part(1).is_number(0))
    return Expr::call(Op::sign, {simplify(e.part(0))});
  return Expr::cases(simplify(e.part(0)), simplify(e.part(1)), positive, zero, negative);
}

}  // namespace chalkgrad
