#pragma once

#include <functional>
#include <map>
#include <optional>
#include <tuple>

#include "tracer/expression/rational.hpp"

/// Exact: a number as one writes it by hand without a calculator: 7/12, √2/2, e⁻¹, 2·ln 3, π/6.
///
/// It is a sum of a few terms r·√n·πᵏ·e^q·ln b with r and q rational, n without square factors and
/// b whole. Arithmetic stays within these or gives nothing: what has no such form (1/(1 + e), sin
/// 1) is not approximated. Every result is equal to its operands' in the sense of real numbers;
/// nothing is guessed from decimals.
namespace chalkgrad {

class Exact {
 public:
  Exact(std::int64_t whole) { add({}, Rational(whole)); }  // NOLINT: literals read as numbers
  explicit Exact(const Rational& rational) { add({}, rational); }
  /// π.
  static Exact pi();

  [[nodiscard]] bool is_zero() const { return terms_.empty(); }
  /// The number, if it is rational.
  [[nodiscard]] std::optional<Rational> rational() const;
  [[nodiscard]] double value() const;
  /// As it is written; nothing if that would be longer than three terms, or with more than six
  /// digits in a fraction.
  [[nodiscard]] std::optional<Expr> written() const;

  // Nothing where the result is no such number.
  [[nodiscard]] std::optional<Exact> plus(const Exact& other) const;
  [[nodiscard]] std::optional<Exact> times(const Exact& other) const;
  [[nodiscard]] std::optional<Exact> inverse() const;
  [[nodiscard]] Exact negated() const;
  [[nodiscard]] std::optional<Exact> root() const;
  [[nodiscard]] std::optional<Exact> exponential() const;
  [[nodiscard]] std::optional<Exact> logarithm() const;
  [[nodiscard]] std::optional<Exact> sine() const;

 private:
  /// √n·πᵏ·e^q·ln b
  struct Monomial {
    std::int64_t radicand = 1;
    int of_pi = 0;
    std::int64_t exponent = 0, exponent_below = 1;  ///< q
    std::int64_t logarithm = 1;                     ///< b; 1 where there is none

    [[nodiscard]] auto key() const {
      return std::tie(radicand, of_pi, exponent, exponent_below, logarithm);
    }
    bool operator<(const Monomial& other) const { return key() < other.key(); }
    bool operator==(const Monomial& other) const { return key() == other.key(); }
  };
  using Terms = std::map<Monomial, Rational>;

  Exact() = default;
  static Exact of(const Monomial& monomial, const Rational& factor);
  /// False where a coefficient no longer fits.
  bool add(const Monomial& monomial, const Rational& factor);
  static std::optional<std::pair<Monomial, Rational>> product(const Monomial& a, const Monomial& b);
  [[nodiscard]] static double value_of(const Monomial& monomial);
  /// The only term, if there is one.
  [[nodiscard]] const Terms::value_type* single() const {
    return terms_.size() == 1 ? &*terms_.begin() : nullptr;
  }

  Terms terms_;
};

/// What a formula comes to exactly, where `value_of` says it of symbols and derivatives; nothing if
/// a number in it is not known exactly, or if the result has no such form. Functions are worked out
/// by their formulas: σ(0) = 1/(1 + e⁰) = 1/2.
[[nodiscard]] std::optional<Exact> exact_value(
    const Expr& formula, const std::function<std::optional<Exact>(const Expr& leaf)>& value_of);

}  // namespace chalkgrad
