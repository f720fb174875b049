#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tracer/expression/expression.hpp"

/// A dialect says how the pieces of mathematics look in one format: a name, a derivative, a call,
/// the sign for times. Where brackets and signs go is decided once, by the printer; a dialect never
/// sees precedence. Implementations: text_dialect() and ascii_dialect(), which the expression
/// parser reads back, latex_dialect() (amsmath, the subset that KaTeX knows too),
/// mathml_dialect(), and that of formulas over cells (spreadsheet.hpp).
namespace chalkgrad {

/// stride and padding, which stand among the arguments of a function as `stride 2`.
[[nodiscard]] constexpr bool is_named_argument(std::string_view name) {
  return name == "stride" || name == "padding";
}

class Dialect {
 public:
  virtual ~Dialect() = default;

  /// `spelling` as Expr::text gives it: 0.40, -0.01905, 1.234e-7, π.
  [[nodiscard]] virtual std::string number(std::string_view spelling) const = 0;
  [[nodiscard]] virtual std::string symbol(std::string_view name) const = 0;
  /// Whether the symbol itself ends in something raised, so that a power of it needs brackets.
  [[nodiscard]] virtual bool is_raised(std::string_view name) const;
  [[nodiscard]] virtual std::string derivative(std::string_view of, std::string_view wrt,
                                               bool direct) const = 0;
  /// A function of arguments that are already printed.
  [[nodiscard]] virtual std::string call(Op op,
                                         const std::vector<std::string>& arguments) const = 0;
  /// `exponent_is_atom`: it reads well without brackets.
  [[nodiscard]] virtual std::string power(const std::string& base, const std::string& exponent,
                                          bool exponent_is_atom) const = 0;
  [[nodiscard]] virtual std::string bracketed(const std::string& inside) const = 0;
  /// Whether quotients are stacked as fractions; otherwise they are written in a line.
  [[nodiscard]] virtual bool stacks_fractions() const = 0;
  [[nodiscard]] virtual std::string fraction(const std::string& numerator,
                                             const std::string& denominator) const = 0;
  /// Printed elements, row by row; a vector is a column. `columns` is 0 for a vector.
  [[nodiscard]] virtual std::string matrix(const std::vector<std::string>& elements,
                                           std::size_t columns) const = 0;
  [[nodiscard]] virtual std::string transposed(const std::string& array) const = 0;
  /// Between the factors of a product or quotient element by element.
  [[nodiscard]] virtual std::string_view elementwise(bool divides) const = 0;
  /// A power element by element.
  [[nodiscard]] virtual std::string elementwise_power(const std::string& base,
                                                      const std::string& exponent,
                                                      bool exponent_is_atom) const = 0;
  /// A function that is no operation of the engine; each list of arguments is printed already.
  [[nodiscard]] virtual std::string function(
      std::string_view name, const std::vector<std::vector<std::string>>& lists) const = 0;
  /// One value for each condition; the last condition is empty and means "otherwise".
  struct Case {
    std::string value, condition;
  };
  [[nodiscard]] virtual std::string cases(const std::vector<Case>& list) const = 0;

  /// Between factors; spaced where the factors are derivatives.
  [[nodiscard]] virtual std::string_view times(bool spaced) const = 0;
  /// Between terms.
  [[nodiscard]] virtual std::string_view plus() const { return " + "; }
  /// Before a negative term, and before a negative first term.
  [[nodiscard]] virtual std::string_view minus() const = 0;
  [[nodiscard]] virtual std::string_view leading_minus() const = 0;
  /// Whether a minus sign before a power would be read as a part of its base: −x^2 as (−x)^2.
  [[nodiscard]] virtual bool sign_belongs_to_base() const { return false; }
  /// = ≈ > ≥
  [[nodiscard]] virtual std::string_view relation(char kind) const = 0;
  /// Whether a call of `op` may be raised to a power without brackets.
  [[nodiscard]] virtual bool call_is_atom(Op op) const = 0;
};

[[nodiscard]] const Dialect& text_dialect();
[[nodiscard]] const Dialect& ascii_dialect();
[[nodiscard]] const Dialect& latex_dialect();
/// What stands within a math element: MathML Core, which browsers and screen readers know.
[[nodiscard]] const Dialect& mathml_dialect();

}  // namespace chalkgrad
