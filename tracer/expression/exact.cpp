#include "tracer/expression/exact.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>

#include "engine/ops.hpp"

namespace chalkgrad {

namespace {

constexpr std::size_t most_terms = 6;
constexpr std::int64_t largest_below = 1'000'000;  // of an exponent
constexpr int largest_power = 40;                  // of π

/// The largest square that divides n, and what is left: 12 = 2²·3.
std::pair<std::int64_t, std::int64_t> without_squares(std::int64_t n) {
  std::int64_t root = 1;
  for (std::int64_t factor = 2; factor * factor <= n && factor < 2'000'000; ++factor)
    while (n % (factor * factor) == 0) {
      n /= factor * factor;
      root *= factor;
    }
  return {root, n};
}

Rational fraction(std::int64_t above, std::int64_t below) {
  return *Rational(above).times(*Rational(below).inverse());
}

}  // namespace

Exact Exact::of(const Monomial& monomial, const Rational& factor) {
  Exact result;
  result.add(monomial, factor);
  return result;
}

Exact Exact::pi() { return of({.of_pi = 1}, 1); }

bool Exact::add(const Monomial& monomial, const Rational& factor) {
  if (factor.is(0)) return true;
  const auto known = terms_.find(monomial);
  if (known == terms_.end()) {
    terms_.emplace(monomial, factor);
    return terms_.size() <= most_terms;
  }
  const auto sum = known->second.plus(factor);
  if (!sum) return false;
  known->second = *sum;
  if (sum->is(0)) terms_.erase(known);
  return true;
}

std::optional<Rational> Exact::rational() const {
  if (terms_.empty()) return Rational(0);
  const auto* only = single();
  return only != nullptr && only->first == Monomial{} ? std::optional(only->second) : std::nullopt;
}

double Exact::value_of(const Monomial& monomial) {
  double value = std::sqrt(static_cast<double>(monomial.radicand)) *
                 std::pow(std::numbers::pi, monomial.of_pi);
  if (monomial.exponent != 0)
    value *= std::exp(static_cast<double>(monomial.exponent) /
                      static_cast<double>(monomial.exponent_below));
  return monomial.logarithm == 1 ? value
                                 : value * std::log(static_cast<double>(monomial.logarithm));
}

double Exact::value() const {
  double sum = 0;
  for (const auto& [monomial, factor] : terms_)
    sum += static_cast<double>(factor.numerator()) / static_cast<double>(factor.denominator()) *
           value_of(monomial);
  return sum;
}

std::optional<Exact> Exact::plus(const Exact& other) const {
  Exact sum = *this;
  for (const auto& [monomial, factor] : other.terms_)
    if (!sum.add(monomial, factor)) return std::nullopt;
  return sum;
}

/// √a·√b = g·√(a/g·b/g) with g = gcd(a, b), e^p·e^q = e^(p+q); the product of two logarithms stays
/// none.
std::optional<std::pair<Exact::Monomial, Rational>> Exact::product(const Monomial& a,
                                                                   const Monomial& b) {
  if (a.logarithm != 1 && b.logarithm != 1) return std::nullopt;
  constexpr std::int64_t most_radicand = 1'000'000'000;
  if (a.radicand > most_radicand || b.radicand > most_radicand) return std::nullopt;
  const std::int64_t g = std::gcd(a.radicand, b.radicand);
  const auto exponent =
      fraction(a.exponent, a.exponent_below).plus(fraction(b.exponent, b.exponent_below));
  if (!exponent || exponent->denominator() > largest_below ||
      std::abs(a.of_pi + b.of_pi) > largest_power)
    return std::nullopt;
  return std::pair{
      Monomial{(a.radicand / g) * (b.radicand / g), a.of_pi + b.of_pi, exponent->numerator(),
               exponent->denominator(), std::max(a.logarithm, b.logarithm)},
      Rational(g)};
}

std::optional<Exact> Exact::times(const Exact& other) const {
  Exact result;
  for (const auto& [a, factor] : terms_)
    for (const auto& [b, other_factor] : other.terms_) {
      const auto monomial = product(a, b);
      const auto both = factor.times(other_factor);
      const auto all = monomial && both ? both->times(monomial->second) : std::nullopt;
      if (!all || !result.add(monomial->first, *all)) return std::nullopt;
    }
  return result;
}

/// 1/(r·√n·πᵏ·e^q) = √n/(r·n)·π^−k·e^−q
std::optional<Exact> Exact::inverse() const {
  const auto* only = single();
  if (only == nullptr || only->first.logarithm != 1) return std::nullopt;
  const auto& [monomial, factor] = *only;
  const auto below = factor.times(monomial.radicand);
  const auto inverted = below ? below->inverse() : std::nullopt;
  if (!inverted) return std::nullopt;
  return of({monomial.radicand, -monomial.of_pi, -monomial.exponent, monomial.exponent_below},
            *inverted);
}

Exact Exact::negated() const {
  Exact result;
  for (const auto& [monomial, factor] : terms_) result.add(monomial, factor.negated());
  return result;
}

/// √(p/q·e^r) = √(p·q)/q·e^(r/2)
std::optional<Exact> Exact::root() const {
  if (is_zero()) return Exact(0);
  const auto* only = single();
  if (only == nullptr) return std::nullopt;
  const auto& [monomial, factor] = *only;
  if (monomial.radicand != 1 || monomial.of_pi != 0 || monomial.logarithm != 1 ||
      factor.is_negative() || monomial.exponent_below > largest_below)
    return std::nullopt;
  const auto whole = Rational(factor.numerator()).times(factor.denominator());
  if (!whole) return std::nullopt;
  const auto [outside, inside] = without_squares(whole->numerator());
  const Rational half = fraction(monomial.exponent, 2 * monomial.exponent_below);
  return of({inside, 0, half.numerator(), half.denominator()},
            fraction(outside, factor.denominator()));
}

/// e^(r + k·ln b) = bᵏ·e^r for whole k
std::optional<Exact> Exact::exponential() const {
  Exact result = 1;
  for (const auto& [monomial, factor] : terms_) {
    if (monomial == Monomial{}) {
      const auto power = result.times(of({1, 0, factor.numerator(), factor.denominator()}, 1));
      if (!power) return std::nullopt;
      result = *power;
      continue;
    }
    const auto times = factor.whole();
    if (!times || std::abs(*times) > 40 || !(monomial == Monomial{.logarithm = monomial.logarithm}))
      return std::nullopt;
    const Exact base =
        *times > 0 ? Exact(monomial.logarithm) : Exact(fraction(1, monomial.logarithm));
    for (std::int64_t k = 0; k < std::abs(*times); ++k) {
      const auto next = result.times(base);
      if (!next) return std::nullopt;
      result = *next;
    }
  }
  return result;
}

/// ln(p/q·√n·e^r) = ln p − ln q + ½·ln n + r
std::optional<Exact> Exact::logarithm() const {
  const auto* only = single();
  if (only == nullptr) return std::nullopt;
  const auto& [monomial, factor] = *only;
  if (monomial.of_pi != 0 || monomial.logarithm != 1 || factor.is_negative()) return std::nullopt;
  Exact result(fraction(monomial.exponent, monomial.exponent_below));
  const auto add = [&](std::int64_t of, const Rational& times) {
    return of == 1 || result.add({.logarithm = of}, times);
  };
  const bool fits = add(factor.numerator(), 1) && add(factor.denominator(), -1) &&
                    add(monomial.radicand, fraction(1, 2));
  return fits ? std::optional(result) : std::nullopt;
}

/// Of multiples of π/6 and π/4.
std::optional<Exact> Exact::sine() const {
  if (is_zero()) return Exact(0);
  const auto* only = single();
  if (only == nullptr || !(only->first == Monomial{.of_pi = 1})) return std::nullopt;
  const auto twelfths = only->second.times(12);
  const auto whole = twelfths ? twelfths->whole() : std::nullopt;
  if (!whole) return std::nullopt;
  const std::int64_t turn = ((*whole % 24) + 24) % 24;
  const std::int64_t half = turn % 12, folded = half > 6 ? 12 - half : half;
  const bool negative = turn >= 12;
  Exact result = 0;
  switch (folded) {
    case 0: return result;
    case 2: result = Exact(fraction(1, 2)); break;
    case 3: result = of({.radicand = 2}, fraction(1, 2)); break;
    case 4: result = of({.radicand = 3}, fraction(1, 2)); break;
    case 6: result = 1; break;
    default: return std::nullopt;
  }
  return negative ? result.negated() : result;
}

std::optional<Expr> Exact::written() const {
  constexpr std::size_t most_written = 3;
  constexpr std::int64_t largest = 999'999;
  if (terms_.empty()) return Expr(0.0);
  if (terms_.size() > most_written) return std::nullopt;
  std::vector<Term> sum;
  std::vector<std::pair<Monomial, Rational>> terms(terms_.begin(), terms_.end());
  std::stable_partition(terms.begin(), terms.end(),
                        [](const auto& one) { return one.first == Monomial{}; });
  std::stable_partition(terms.begin(), terms.end(),
                        [](const auto& one) { return !one.second.is_negative(); });
  for (const auto& [monomial, factor] : terms) {
    const std::int64_t above = std::abs(factor.numerator()), below = factor.denominator();
    if (above > largest || below > largest || monomial.radicand > largest ||
        monomial.logarithm > largest || std::abs(monomial.exponent) > largest ||
        monomial.exponent_below > largest)
      return std::nullopt;
    std::vector<Term> factors;
    const auto number = [](std::int64_t whole) { return Expr(static_cast<double>(whole)); };
    if (above != 1 || monomial == Monomial{}) factors.push_back({number(above), false});
    if (monomial.radicand != 1) factors.push_back({sqrt(number(monomial.radicand)), false});
    const Expr pi = Expr::number(std::numbers::pi, "π");
    const int powers = std::abs(monomial.of_pi);
    const Expr of_pi = powers == 1 ? pi : Expr::power(pi, static_cast<double>(powers));
    if (monomial.of_pi > 0) factors.push_back({of_pi, false});
    if (monomial.exponent != 0)
      factors.push_back({exp(monomial.exponent_below == 1
                                 ? number(monomial.exponent)
                                 : number(monomial.exponent) / number(monomial.exponent_below)),
                         false});
    if (monomial.logarithm != 1) factors.push_back({log(number(monomial.logarithm)), false});
    if (factors.empty()) factors.push_back({1.0, false});
    if (below != 1) factors.push_back({number(below), true});
    if (monomial.of_pi < 0) factors.push_back({of_pi, true});
    sum.push_back({factors.size() == 1 ? factors[0].expr : Expr::product(std::move(factors)),
                   factor.is_negative()});
  }
  if (sum.size() == 1) return sum[0].inverted ? -sum[0].expr : sum[0].expr;
  return Expr::sum(std::move(sum));
}

namespace {

class ExactEvaluation {
 public:
  using Result = std::optional<Exact>;
  explicit ExactEvaluation(const std::function<Result(const Expr&)>& value_of)
      : value_of_(value_of) {}

  Result of(const Expr& e) const {
    switch (e.kind()) {
      case Expr::Kind::number: return of_literal(e);
      case Expr::Kind::symbol:
      case Expr::Kind::derivative: return value_of_(e);
      case Expr::Kind::sum: return of_sum(e);
      case Expr::Kind::product: return of_product(e);
      case Expr::Kind::power: return of_power(e);
      case Expr::Kind::call: return of_call(e);
      case Expr::Kind::cases: return of_cases(e);
      default: return std::nullopt;
    }
  }

 private:
  static Result of_literal(const Expr& e) {
    if (e.text() == "π") return Exact::pi();
    if (e.text() == "-π") return Exact::pi().negated();
    const auto rational = Rational::of(e);
    return rational ? Result(Exact(*rational)) : std::nullopt;
  }

  Result of_sum(const Expr& e) const {
    Result sum = Exact(0);
    for (const auto& [part, subtracted] : e.parts()) {
      const Result term = of(part);
      if (!term) return std::nullopt;
      sum = sum->plus(subtracted ? term->negated() : *term);
      if (!sum) return std::nullopt;
    }
    return sum;
  }

  Result of_product(const Expr& e) const {
    Result product = Exact(1);
    for (const auto& [part, divides] : e.parts()) {
      Result factor = of(part);
      if (factor && divides) factor = factor->inverse();
      if (!factor) return std::nullopt;
      product = product->times(*factor);
      if (!product) return std::nullopt;
    }
    return product;
  }

  /// Whole and half exponents.
  Result of_power(const Expr& e) const {
    Result base = of(e.part(0));
    const Result exponent = of(e.part(1));
    const auto rational = exponent ? exponent->rational() : std::nullopt;
    if (!base || !rational || rational->denominator() > 2 || std::abs(rational->numerator()) > 40)
      return std::nullopt;
    if (rational->denominator() == 2) base = base->root();
    if (base && rational->is_negative()) base = base->inverse();
    Result power = Exact(1);
    for (std::int64_t k = 0; base && power && k < std::abs(rational->numerator()); ++k)
      power = power->times(*base);
    return base ? power : std::nullopt;
  }

  Result of_call(const Expr& e) const {
    std::vector<Exact> arguments;
    for (const Term& part : e.parts()) {
      const Result one = of(part.expr);
      if (!one) return std::nullopt;
      arguments.push_back(*one);
    }
    if (arguments.size() == 1) {
      const Exact& x = arguments[0];
      switch (e.op()) {
        case Op::exp: return x.exponential();
        case Op::log: return x.logarithm();
        case Op::sqrt: return x.root();
        case Op::sin: return x.sine();
        case Op::cos: return cosine(x);
        case Op::tan: {
          const Result above = x.sine(), below = cosine(x);
          const Result inverse = below ? below->inverse() : std::nullopt;
          return above && inverse ? above->times(*inverse) : std::nullopt;
        }
        case Op::abs: return x.value() < 0 ? x.negated() : x;
        case Op::stop: return x;
        case Op::sinh:
        case Op::tanh:
        case Op::asin:
        case Op::atan:
        case Op::erf:
          if (x.is_zero()) return x;
          break;
        case Op::cosh:
          if (x.is_zero()) return Exact(1);
          break;
        default: break;
      }
    }
    return by_formula(e.op(), arguments);
  }

  /// cos x = sin(x + π/2)
  static Result cosine(const Exact& x) {
    const Result half = Exact::pi().times(Exact(*Rational(2).inverse()));
    const Result shifted = half ? x.plus(*half) : std::nullopt;
    return shifted ? shifted->sine() : std::nullopt;
  }

  /// By the formula that the operation is, if that is made of others; of its arguments, which are
  /// worked out once.
  static Result by_formula(Op op, const std::vector<Exact>& arguments) {
    const Expr a = Expr::symbol("a"), b = Expr::symbol("b");
    std::optional<Expr> formula;
    with_operation(op, [&]<class O>(O) {
      if constexpr (is_unary<O>)
        formula = O::value(a);
      else if constexpr (requires { O::value(a, b); })
        formula = O::value(a, b);
    });
    const bool is_itself = !formula || (formula->is(Expr::Kind::call) && formula->op() == op);
    if (is_itself) return std::nullopt;
    const std::function<Result(const Expr&)> value_of = [&](const Expr& leaf) -> Result {
      const std::size_t i = leaf.text() == "a" ? 0 : 1;
      return leaf.is(Expr::Kind::symbol) && i < arguments.size() ? Result(arguments[i])
                                                                 : std::nullopt;
    };
    return ExactEvaluation(value_of).of(*formula);
  }

  Result of_cases(const Expr& e) const {
    const Result left = of(e.part(0)), right = of(e.part(1));
    const Result difference = left && right ? left->plus(right->negated()) : std::nullopt;
    if (!difference) return std::nullopt;
    if (difference->is_zero()) return of(e.part(3));
    return of(e.part(difference->value() > 0 ? 2 : 4));
  }

  const std::function<Result(const Expr&)>& value_of_;
};

}  // namespace

std::optional<Exact> exact_value(
    const Expr& formula, const std::function<std::optional<Exact>(const Expr& leaf)>& value_of) {
  return ExactEvaluation(value_of).of(formula);
}

}  // namespace chalkgrad
