#include "tracer/derivation/recognition.hpp"

#include <algorithm>

#include "tracer/derivation/own_value.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/expression/simplify.hpp"

namespace chalkgrad {

namespace {

/// A square counts as two factors, so that one of them can be recognised.
constexpr double highest_power = 3;

std::vector<Term> single_factors(const Expr& e) {
  const std::vector<Term> written =
      e.is(Expr::Kind::product) ? e.parts() : std::vector<Term>{{e, false}};
  std::vector<Term> factors;
  for (const auto& [factor, divides] : written) {
    const double exponent = factor.is(Expr::Kind::power) ? factor.part(1).value() : 0;
    if (exponent != 2 && exponent != highest_power) {
      factors.push_back({factor, divides});
      continue;
    }
    for (double i = 0; i < exponent; ++i) factors.push_back({factor.part(0), divides});
  }
  return factors;
}

/// What is divided by, if that is one sum, perhaps several times.
std::optional<Expr> divisor_of(const std::vector<Term>& factors) {
  std::optional<Expr> divisor;
  for (const auto& [factor, divides] : factors) {
    if (!divides) continue;
    if (!factor.is(Expr::Kind::sum) || (divisor && !(*divisor == factor))) return std::nullopt;
    divisor = factor;
  }
  return divisor;
}

Expr product_of(std::vector<Term> factors) {
  if (factors.empty() || factors.front().inverted) factors.insert(factors.begin(), {1.0, false});
  return Expr::product(std::move(factors));
}

/// a·b − a·c as a·(b − c), where a is a symbol.
Expr with_common_factor_out(const std::vector<Term>& terms) {
  for (const Term& candidate : single_factors(terms.front().expr)) {
    if (!candidate.expr.is(Expr::Kind::symbol) || candidate.inverted) continue;
    std::vector<Term> rests;
    for (const auto& [term, negative] : terms) {
      std::vector<Term> factors = single_factors(term);
      const auto found = std::find(factors.begin(), factors.end(), candidate);
      if (found == factors.end()) break;
      factors.erase(found);
      rests.push_back({product_of(std::move(factors)), negative});
    }
    if (rests.size() == terms.size()) return candidate.expr * Expr::sum(std::move(rests));
  }
  return Expr::sum(terms);
}

}  // namespace

Recognition::Recognition(const Quantities& quantities) : quantities_(quantities) {
  for (QuantityIndex i = 0; i < quantities.size(); ++i) {
    if (quantities[i].given) continue;
    const NodeId node = quantities[i].node;
    if (quantities.graph().op(node) != Op::divide) continue;
    const std::vector<Term> factors = single_factors(quantities.definition(i));
    const auto divisor = divisor_of(factors);
    if (!divisor) continue;
    Quotient quotient{quantities[i].name, {}};
    std::size_t divisors = 0;
    for (const auto& [factor, divides] : factors) {
      if (divides) ++divisors;
      if (!divides) quotient.numerator.push_back(factor);
    }
    if (divisors != 1) continue;
    by_divisor_[print(*divisor)].push_back(std::move(quotient));
  }
}

bool Recognition::recognise_in(std::vector<Term>& factors) const {
  const auto divisor = divisor_of(factors);
  if (!divisor) return false;
  const auto candidates = by_divisor_.find(print(*divisor));
  if (candidates == by_divisor_.end()) return false;
  return std::any_of(candidates->second.begin(), candidates->second.end(),
                     [&](const Quotient& one) { return put_name(one, *divisor, factors); });
}

/// Puts the name in place of the first of its factors, if they are all there.
bool Recognition::put_name(const Quotient& quotient, const Expr& divisor,
                           std::vector<Term>& factors) {
  std::vector<Term> rest = factors;
  rest.erase(std::find(rest.begin(), rest.end(), Term{divisor, true}));
  std::size_t at = rest.size();
  for (const Expr& factor : quotient.numerator) {
    const auto part = std::find(rest.begin(), rest.end(), Term{factor, false});
    if (part == rest.end()) return false;
    at = std::min(at, static_cast<std::size_t>(part - rest.begin()));
    rest.erase(part);
  }
  rest.insert(rest.begin() + static_cast<std::ptrdiff_t>(at), {Expr::symbol(quotient.name), false});
  factors = std::move(rest);
  return true;
}

Expr Recognition::recognise(const Expr& e) const {
  if (by_divisor_.empty()) return e;
  std::vector<Term> terms = e.is(Expr::Kind::sum) ? e.parts() : std::vector<Term>{{e, false}};
  bool recognised = false;
  for (Term& term : terms) {
    std::vector<Term> factors = single_factors(term.expr);
    if (!recognise_in(factors)) continue;
    while (recognise_in(factors)) {
    }
    term.expr = product_of(std::move(factors));
    recognised = true;
  }
  if (!recognised) return e;
  return terms.size() > 1 ? with_common_factor_out(terms) : Expr::sum(std::move(terms));
}

Recognition::Readable Recognition::readable(const LocalDerivative& local, QuantityIndex y,
                                            QuantityIndex x) const {
  Expr simplified = recognise(simplify(local.raw));
  if (auto shorter = through_own_value(quantities_, y, x, simplified, local.value))
    return {*std::move(shorter), true};
  return {std::move(simplified)};
}

}  // namespace chalkgrad
