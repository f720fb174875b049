#include "tracer/derivation/own_value.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "tracer/derivation/differentiate.hpp"
#include "tracer/expression/simplify.hpp"

namespace chalkgrad {

namespace {

/// The argument of the first exponential, sigmoid or tanh that is taken of x.
std::optional<Expr> inner_of(const Expr& e, const Expr& x) {
  std::vector<Expr> waiting = {e};
  while (!waiting.empty()) {
    const Expr here = std::move(waiting.back());
    waiting.pop_back();
    if (here.is(Expr::Kind::call) &&
        (here.op() == Op::exp || here.op() == Op::sigmoid || here.op() == Op::tanh)) {
      bool of_x = false;
      for_each_leaf(here, [&](const Expr& leaf) { of_x = of_x || leaf == x; });
      if (of_x) return here.part(0);
    }
    if (here.is(Expr::Kind::number) || here.is(Expr::Kind::symbol)) continue;
    for (auto part = here.parts().rbegin(); part != here.parts().rend(); ++part)
      waiting.push_back(part->expr);
  }
  return std::nullopt;
}

/// The fraction with a small denominator that a number is, to six digits.
struct Fraction {
  double numerator = 0, denominator = 1;
  [[nodiscard]] double value() const { return numerator / denominator; }
};

std::optional<Fraction> fraction_of(double number) {
  constexpr double most = 1000;
  for (double denominator = 1; denominator <= 12; ++denominator) {
    const double numerator = std::round(number * denominator);
    if (std::abs(numerator) > most) return std::nullopt;
    if (std::abs(number * denominator - numerator) < 1e-6) return Fraction{numerator, denominator};
  }
  return std::nullopt;
}

Expr written(const Fraction& fraction) {
  const Expr numerator = std::abs(fraction.numerator);
  if (fraction.denominator == 1) return numerator;
  return numerator / Expr(fraction.denominator);
}

/// k·(y − a)·(b − y), where a < b are among −1, 0 and 1.
struct Quadratic {
  Fraction scale;
  int first_root, second_root;

  /// The one that goes through three points.
  static std::optional<Quadratic> through(const std::array<double, 3>& y,
                                          const std::array<double, 3>& slope) {
    const double first = (slope[1] - slope[0]) / (y[1] - y[0]);
    const double second = (slope[2] - slope[1]) / (y[2] - y[1]);
    const double c2 = (second - first) / (y[2] - y[0]);
    const double c1 = first - c2 * (y[0] + y[1]);
    const double c0 = slope[0] - (c1 + c2 * y[0]) * y[0];
    const double discriminant = c1 * c1 - 4 * c0 * c2;
    if (!(std::abs(c2) > 1e-6) || !(discriminant > 1e-6)) return std::nullopt;
    const double middle = -c1 / (2 * c2), half = std::sqrt(discriminant) / (2 * std::abs(c2));
    const auto scale = fraction_of(-c2), a = fraction_of(middle - half),
               b = fraction_of(middle + half);
    if (!scale || !a || !b || a->denominator != 1 || b->denominator != 1) return std::nullopt;
    if (std::abs(a->numerator) > 1 || std::abs(b->numerator) > 1) return std::nullopt;
    return Quadratic{*scale, static_cast<int>(a->numerator), static_cast<int>(b->numerator)};
  }

  /// As factors: y·(1 − y), 1 − y², 1/2·(1 + y)·(1 − y).
  [[nodiscard]] std::vector<Term> factors_of(const Expr& y) const {
    const bool negative = (scale.numerator < 0) != (second_root == 0);
    std::vector<Term> factors;
    const auto add = [&](Expr factor) { factors.push_back({std::move(factor), false}); };
    if (negative) add(-1.0);
    if (std::abs(scale.value()) != 1) add(written(scale));
    if (first_root == -1 && second_root == 1 && factors.empty()) {
      add(1.0 - Expr::power(y, 2.0));
      return factors;
    }
    if (first_root == 0 || second_root == 0) add(y);
    if (first_root == -1) add(1.0 + y);
    if (second_root == 1) add(1.0 - y);
    return factors;
  }
};

/// Numbers for all names but y, and y worked out from them.
class Worlds {
 public:
  Worlds(Expr definition, Expr y) : definition_(std::move(definition)), y_(std::move(y)) {}

  void enter_another() {
    numbers_.clear();
    own_value_ = value_of(definition_);
  }
  [[nodiscard]] double own_value() const { return own_value_; }
  /// NaN where the expression has more in it than numbers and names.
  double value_of(const Expr& e) {
    return evaluate(e, [this](const Expr& leaf) {
      if (leaf.is(Expr::Kind::number)) return leaf.value();
      if (leaf == y_) return own_value_;
      if (!leaf.is(Expr::Kind::symbol)) return std::nan("");
      const auto [found, is_new] = numbers_.emplace(leaf.text(), 0);
      constexpr double least = 0.25, most = 1.5, range = std::minstd_rand::max();
      if (is_new) found->second = least + (most - least) * static_cast<double>(random_()) / range;
      return found->second;
    });
  }

 private:
  Expr definition_, y_;
  std::map<std::string, double> numbers_;
  double own_value_ = 0;
  std::minstd_rand random_{20'260'711};
};

bool agree(double a, double b) {
  return std::abs(a - b) <= 1e-9 * (std::abs(a) + std::abs(b)) && std::isfinite(a);
}

}  // namespace

namespace {

constexpr std::size_t longest = 80;

bool mentions(const Expr& e, const Expr& name) {
  bool found = false;
  for_each_leaf(e, [&](const Expr& leaf) { found = found || leaf == name; });
  return found;
}

/// ∂y/∂x = y·Σ f′/f over the factors f of y: n·((x − m)²/s³ − 1/s) of a density. Only where an
/// exponential is among them, which would stand in each term.
class LogarithmicDerivative {
 public:
  explicit LogarithmicDerivative(const Expr& by) : by_(by) {}

  std::optional<Expr> of(const Expr& definition, const Expr& own) {
    if (!definition.is(Expr::Kind::product)) return std::nullopt;
    add(definition, false);
    // (1 − x)·exp(−x) is better than y·(1/x − 1).
    if (!has_exponential_ || has_plain_factor_) return std::nullopt;
    const Expr sum = simplify(Expr::sum(terms_));
    if (inner_of(sum, by_)) return std::nullopt;  // then nothing is gained
    return simplify(Expr::product({{own, false}, {sum, false}}));
  }

 private:
  void add(const Expr& factor, bool inverted) {
    if (!mentions(factor, by_)) return;
    if (factor == by_ && !inverted) {
      has_plain_factor_ = true;
    } else if (factor.is(Expr::Kind::product)) {
      for (const Term& part : factor.parts()) add(part.expr, inverted != part.inverted);
    } else if (factor.is(Expr::Kind::power) && !mentions(factor.part(1), by_)) {
      terms_.push_back({factor.part(1) * slope(factor.part(0)) / factor.part(0), inverted});
    } else if (factor.is(Expr::Kind::call) && factor.op() == Op::exp) {
      has_exponential_ = true;
      terms_.push_back({slope(factor.part(0)), inverted});
    } else {
      terms_.push_back({slope(factor) / factor, inverted});
    }
  }

  [[nodiscard]] Expr slope(const Expr& e) const {
    const auto of_name = [&](const Expr& name) { return name == by_ ? 1.0 : 0.0; };
    return simplify(differentiate(simplify(e), of_name));
  }

  Expr by_;
  std::vector<Term> terms_;
  bool has_exponential_ = false, has_plain_factor_ = false;
};

/// Whether it is shorter than the derivative and the same in some worlds.
bool is_better(const Expr& result, const Expr& derivative, Worlds& worlds) {
  if (result.size() >= derivative.size()) return false;
  for (int i = 0; i < 8; ++i) {
    worlds.enter_another();
    if (!agree(worlds.value_of(result), worlds.value_of(derivative))) return false;
  }
  return true;
}

}  // namespace

std::optional<Expr> through_own_value(const Expr& definition, const Expr& own, const Expr& by,
                                      const Expr& derivative) {
  const bool is_call = definition.is(Expr::Kind::call);  // of which the rules know it
  if (is_call || definition.size() > longest || derivative.size() > longest) return std::nullopt;
  const auto inner = inner_of(definition, by);
  if (!inner) return std::nullopt;
  const Expr slope =
      simplify(differentiate(*inner, [&](const Expr& name) { return name == by ? 1.0 : 0.0; }));
  Worlds worlds(definition, own);
  std::array<double, 3> values{}, slopes{};
  for (std::size_t i = 0; i < values.size(); ++i) {
    worlds.enter_another();
    values[i] = worlds.own_value();
    slopes[i] = worlds.value_of(derivative) / worlds.value_of(slope);
  }
  const auto quadratic = Quadratic::through(values, slopes);
  if (!quadratic) {
    auto result = LogarithmicDerivative(by).of(definition, own);
    return result && is_better(*result, derivative, worlds) ? result : std::nullopt;
  }
  std::vector<Term> factors = quadratic->factors_of(own);
  factors.push_back({slope, false});
  Expr result = simplify(Expr::product(std::move(factors)));
  return is_better(result, derivative, worlds) ? std::optional(result) : std::nullopt;
}

std::optional<Expr> through_own_value(const Quantities& quantities, QuantityIndex y,
                                      QuantityIndex x, const Expr& derivative, double value) {
  // The definition is read only where it may be short: that of a loss over all samples is not, and
  // is asked about for each of them.
  if (quantities[y].given || quantities[y].operands.size() > longest) return std::nullopt;
  const Expr by = Expr::symbol(quantities[x].name);
  if (derivative.size() > longest || !inner_of(derivative, by)) return std::nullopt;
  auto result =
      through_own_value(quantities.definition(y), Expr::symbol(quantities[y].name), by, derivative);
  if (!result || std::isnan(value)) return result;
  const double here = evaluate_with_error(*result, quantities).value;
  // Where the terms of a sum cancel, what the engine has found is noise.
  const bool vanishes = here == 0 && evaluate_with_error(derivative, quantities).value == 0;
  return vanishes || std::abs(here - value) <= 1e-6 * std::abs(value) ? result : std::nullopt;
}

}  // namespace chalkgrad
