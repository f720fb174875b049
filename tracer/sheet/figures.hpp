#pragma once

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "tracer/derivation/derivation.hpp"
#include "tracer/derivation/rounding_error.hpp"
#include "tracer/numerals/numerals.hpp"

/// The figure that a sheet shows for each quantity and each step: a literal that prints with the
/// digits asked for. With Carry::exact it is the true value rounded; with Carry::rounded it is
/// worked out from the figures before it, as with a pocket calculator, and rounded then.
namespace chalkgrad {

struct Figure {
  Expr number = 0.0;
  bool known = false;    ///< whether there is a value at all
  bool rounded = false;  ///< whether digits were rounded away in this figure
};

class Figures {
 public:
  /// `replace` may give a given quantity another figure (an updated parameter). Throws
  /// std::domain_error if a figure cannot be worked out from the rounded ones before it (ln 0.00).
  /// Linear.
  Figures(const Quantities& quantities, const Derivation& derivation, const Numerals& numerals,
          const std::function<std::optional<Figure>(QuantityIndex)>& replace = {});

  [[nodiscard]] const Figure& of_quantity(QuantityIndex i) const { return quantities_[i]; }
  [[nodiscard]] const Figure& of_step(StepIndex i) const { return steps_[i]; }
  /// A number by the same rule of digits; `error` bounds what rounding may have done to it.
  [[nodiscard]] Figure show(double value, double error = 0,
                            Numerals::Digits digits = Numerals::Digits::all) const;
  [[nodiscard]] Figure show(Approximation value) const;
  /// The figure of a side whose exact value is given: that of a single quantity is its own, others
  /// are rounded, or worked out from the figures in them.
  [[nodiscard]] Figure of_side(const Expr& e, Approximation exact) const;
  /// Gives a symbol that is no quantity a figure: δ_h1, v1.
  void define(const std::string& symbol, const Figure& figure) { defined_[symbol] = figure; }

  /// Gives a step the figure in which a sheet of another style has ended.
  void conclude(StepIndex i, const Expr& number) { steps_[i].number = number; }

  /// The expression with the figure of each quantity in its place, with as many digits as it takes
  /// to see from them what the expression is worth: 1 − 1.000 says nothing. Nothing if one is
  /// unknown, or if no digits that arithmetic knows would do.
  [[nodiscard]] std::optional<Expr> with_figures(const Expr& e) const;
  /// The same, where it is known better what the expression is worth.
  [[nodiscard]] std::optional<Expr> with_figures(const Expr& e, Approximation exact) const;
  /// What the expression is worth, to full precision; nothing if a quantity in it is not known.
  [[nodiscard]] std::optional<double> value_of(const Expr& e) const;
  [[nodiscard]] std::optional<Approximation> approximation_of(const Expr& e) const;
  /// Whether with_figures uses a rounded one.
  [[nodiscard]] bool uses_rounded(const Expr& e) const;

 private:
  [[nodiscard]] std::optional<Expr> with_digits(const Expr& e, const Numerals& numerals) const;
  [[nodiscard]] bool are_telling(const Expr& numbers, Approximation exact) const;
  [[nodiscard]] const Figure* find(const Expr& symbol) const;
  [[nodiscard]] Figure step_figure(const Step& step) const;

  const Quantities& all_;
  Numerals numerals_;
  std::vector<Figure> quantities_;
  std::vector<bool> replaced_;  ///< its figure is not that of its value here
  std::vector<Figure> steps_;
  std::unordered_map<std::string, Figure> defined_;
};

}  // namespace chalkgrad
