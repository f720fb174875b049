#include "tracer/derivation/decided_cases.hpp"

#include <algorithm>
#include <cmath>

#include "engine/ops.hpp"
#include "tracer/expression/simplify.hpp"

namespace chalkgrad {

namespace {

bool has_cases(const Expr& e) {
  return e.is(Expr::Kind::cases) ||
         std::any_of(e.parts().begin(), e.parts().end(),
                     [](const Term& part) { return has_cases(part.expr); });
}

class Decider {
 public:
  explicit Decider(const ValueOf& value_of) : value_of_(value_of) {}

  std::optional<DecidedCases> run(const Expr& e) {
    const Expr decided = of(e);
    if (!known_) return std::nullopt;
    result_.expr = simplify(decided);
    return std::move(result_);
  }

 private:
  Expr of(const Expr& e) {
    if (!has_cases(e)) return e;
    if (e.is(Expr::Kind::product)) return of_product(e);
    if (e.is(Expr::Kind::cases)) return of(chosen(e, result_));
    std::vector<Term> parts;
    for (const Term& part : e.parts()) parts.push_back({of(part.expr), part.inverted});
    return with_parts(e, std::move(parts));
  }

  /// A factor that is 0 decides alone: its condition is the reason, and no other.
  Expr of_product(const Expr& e) {
    for (const Term& factor : e.parts()) {
      if (!factor.expr.is(Expr::Kind::cases)) continue;
      DecidedCases alone;
      if (!chosen(factor.expr, alone).is_number(0)) continue;
      result_.conditions.insert(result_.conditions.end(), alone.conditions.begin(),
                                alone.conditions.end());
      result_.has_tie = result_.has_tie || alone.has_tie;
      return 0.0;
    }
    std::vector<Term> factors;
    for (const Term& factor : e.parts()) factors.push_back({of(factor.expr), factor.inverted});
    return Expr::product(std::move(factors));
  }

  Expr chosen(const Expr& cases, DecidedCases& result) {
    const Expr &left = cases.part(0), &right = cases.part(1);
    const std::optional<Approximation> a = value_of_(left), b = value_of_(right);
    known_ = known_ && a && b;
    if (!known_) return 0.0;
    double apart = a->value - b->value;
    if (is_noise(apart, a->error + b->error, std::abs(a->value) + std::abs(b->value))) apart = 0;
    result.has_tie = result.has_tie || apart == 0;
    // A number stands on the right: net > 0, not 0 < net.
    DecidedCondition one{left, right, apart > 0 ? '>' : apart < 0 ? '<' : '='};
    if (left.is(Expr::Kind::number) && !right.is(Expr::Kind::number))
      one = {right, left, apart > 0 ? '<' : apart < 0 ? '>' : '='};
    // The two cases of one definition have one condition.
    const bool again = std::any_of(result.conditions.begin(), result.conditions.end(),
                                   [&](const DecidedCondition& other) {
                                     return other.left == one.left && other.right == one.right;
                                   });
    if (!again) result.conditions.push_back(std::move(one));
    return apart > 0 ? cases.part(2) : apart < 0 ? cases.part(4) : cases.part(3);
  }

  const ValueOf& value_of_;
  DecidedCases result_;
  bool known_ = true;
};

}  // namespace

std::optional<DecidedCases> decide_cases(const Expr& e, const ValueOf& value_of) {
  if (!has_cases(e)) return std::nullopt;
  return Decider(value_of).run(e);
}

Expr with_branches(const Expr& e) {
  std::vector<Term> parts;
  for (const Term& part : e.parts()) parts.push_back({with_branches(part.expr), part.inverted});
  if (!e.is(Expr::Kind::call)) return parts.empty() ? e : with_parts(e, std::move(parts));
  std::optional<Expr> branches;
  with_operation(e.op(), [&]<class O>(O) {
    if constexpr (requires { O::convention; }) {
      if constexpr (is_unary<O>) {
        branches = O::value(parts[0].expr);
      } else {
        branches = O::value(parts[0].expr, parts[1].expr);
      }
    }
  });
  return branches ? *branches : with_parts(e, std::move(parts));
}

}  // namespace chalkgrad
