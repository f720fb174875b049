#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tracer/expression/expression.hpp"

/// The methods of descent: each a rule that turns the slope into the direction of the step,
/// w ← w − η·d.
///
/// A rule is written once, as a template: over double it trains, over Expr it is what a sheet
/// prints and what check compares with. Whatever differs between methods is in their rows of the
/// table: coefficients, what is kept from step to step, where the slope is taken. The rate, weight
/// decay, the decay of the rate and which way it goes belong to the statement, not to the rule.
namespace chalkgrad {

/// What a rule works with in one step, for one parameter.
template <typename T>
struct UpdateTerms {
  T slope = 0.0;                  ///< g = ∂E/∂w + λ·w
  std::vector<T> coefficients{};  ///< in the order of the rule's
  std::vector<T> states{};        ///< before the step; 0 before the first
  double step = 1;                ///< t, counted from 1
  /// Takes what a state becomes, and gives what stands for it in what follows: its number, or its
  /// name.
  std::function<T(std::size_t state, const T& value)> keep{};
};

struct UpdateCoefficient {
  std::string_view word{};   ///< in a file: beta1; the rule's own word if it stands behind that
  std::string_view also{};   ///< what else it is called; may be empty
  std::string_view label{};  ///< on a sheet: "momentum"
  std::vector<const char*> symbols{};  ///< the first that is free
  std::optional<double> by_default{};

  /// Of which there are odd ones, that are warned of; others are at least 0 and below 1.
  [[nodiscard]] bool is_momentum() const { return label == "momentum"; }
};

/// What a method keeps for each parameter, or works out on the way.
struct UpdateState {
  std::string_view symbol{}, word{};  ///< v_w, or velocity_w where that is taken; but Δw
  bool is_carried = true;             ///< to the next step
};

struct UpdateRule {
  std::string_view word{};  ///< in a file; empty for plain descent
  std::string_view also{};  ///< what else people call it, in small letters, with blanks between
  std::vector<UpdateCoefficient> coefficients{};
  std::vector<UpdateState> states{};
  bool looks_ahead = false;  ///< the slope is taken at w − η·μ·v
  bool solves = false;       ///< d is a quantity of the problem: s of H·s = ∇E
  /// Whether w⁺ = w + Δw with Δw = η·(t − y)·∂net/∂w, as the perceptron learns, or with ∂y/∂w in
  /// place of it, the delta rule: no slope of a quantity of the file.
  enum class Corrects { nothing, through_net, through_output } corrects = Corrects::nothing;

  [[nodiscard]] bool is_correction() const { return corrects != Corrects::nothing; }
  double (*in_numbers)(UpdateTerms<double>&) = nullptr;
  Expr (*in_symbols)(UpdateTerms<Expr>&) = nullptr;

  [[nodiscard]] double direction(UpdateTerms<double>& terms) const { return in_numbers(terms); }
  [[nodiscard]] Expr direction(UpdateTerms<Expr>& terms) const { return in_symbols(terms); }
};

/// Plain descent first.
[[nodiscard]] std::span<const UpdateRule> update_rules();
/// The rule of that word in a file; null if there is none.
[[nodiscard]] const UpdateRule* update_rule(std::string_view word);
/// The rule that people call so: Adam, NAG.
[[nodiscard]] const UpdateRule* update_rule_known_as(std::string_view word);
/// The word of the coefficient that is called so and does not stand behind its rule: epsilon for
/// eps; empty if there is none.
[[nodiscard]] std::string_view coefficient_known_as(std::string_view word);
/// The words of all rules and coefficients, for suggestions.
[[nodiscard]] std::vector<std::string_view> words_of_updates();
/// Which rules have that coefficient, in words: "adagrad, rmsprop and adam".
[[nodiscard]] std::string rules_with(std::string_view coefficient);

}  // namespace chalkgrad
