#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tracer/check/truth/scope.hpp"

/// What a line of numbers is about, by the numbers themselves: 0.15·0.05 + 0.2·0.1 + 0.35 has those
/// of the definition of net_h1, each of them, and of no other quantity or derivative.
namespace chalkgrad {

/// What was written for quantities so far: others may go on from rounded numbers.
class WrittenValues {
 public:
  void add(const Expr& meaning, double value);
  /// Whether a number may stand for it, as it is or as it was written, but for its sign.
  [[nodiscard]] bool may_be(const Expr& written, const Expr& meaning, double value) const;

 private:
  std::unordered_map<std::string, std::vector<double>> values_;
};

class KnownByNumbers {
 public:
  /// Which targets may be meant.
  enum class Kind { quantity, derivative, any };

  /// Linear in the quantities of the problem.
  explicit KnownByNumbers(Scope& scope);

  /// Quantities that are worked out and have a value, and derivatives of the output.
  [[nodiscard]] const std::vector<Expr>& targets() const { return targets_; }
  [[nodiscard]] double value(std::size_t target) const { return values_[target]; }
  /// A definition of a target in the forms in which people put numbers in.
  [[nodiscard]] const std::vector<Expr>& forms(std::size_t target);

  /// The one target whose definition has these numbers, and names where names are put for some;
  /// nothing if there is none, or several. A
  /// derivative may have the other sign.
  [[nodiscard]] std::optional<Expr> with_numbers(const Expr& formula, Kind kind,
                                                 const WrittenValues& written);
  /// The one target that has this value, to three digits at least.
  [[nodiscard]] std::optional<Expr> with_value(std::string_view number, Kind kind) const;
  /// The one that is worth the same in every world; nothing if there is none, or several.
  [[nodiscard]] std::optional<Expr> equal(const Expr& formula, Kind kind, bool either_sign);
  /// The one derivative that is worth exactly this, of δ·0.35·h with all its digits: by a net input
  /// rather than by a bias.
  [[nodiscard]] std::optional<Expr> derivative_worth(const Approximation& value);
  /// Whether it is a derivative by the value of an activation, which nobody calls δ.
  [[nodiscard]] bool is_by_activation(const Expr& target);

 private:
  [[nodiscard]] bool is_of(std::size_t target, Kind kind) const;
  [[nodiscard]] std::vector<std::size_t> near(double value, double distance, Kind kind) const;
  [[nodiscard]] bool has_numbers(std::size_t target, const Expr& formula, bool same_form,
                                 const WrittenValues& written);
  [[nodiscard]] bool form_has_numbers(const Expr& form, const Expr& formula, bool same_form,
                                      const WrittenValues& written);
  [[nodiscard]] bool nothing_left(const Expr& form, const std::vector<bool>& used);

  Scope& scope_;
  std::string output_;
  std::vector<Expr> targets_;
  std::vector<double> values_;
  std::multimap<double, std::size_t> by_size_;  ///< by the absolute value
  std::vector<std::vector<Expr>> forms_;
};

}  // namespace chalkgrad
