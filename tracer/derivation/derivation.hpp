#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tracer/derivation/quantities.hpp"
#include "tracer/derivation/short_form.hpp"
#include "tracer/expression/expression.hpp"

/// Derivation: a chain-rule derivation as data.
///
/// A derivation is a list of steps. Each step is about one derivative ∂of/∂wrt and knows by which
/// rule it was found, its expressions, its value, and the steps that it uses, by number. Nothing in
/// it is formatted: digits, brackets, labels and layout are the renderers' business. Every value
/// comes from the local derivatives that the graph recorded, every expression from the same
/// operations' symbolic side (engine/ops.hpp), and tests hold the one against the other.
///
/// Invariants: each derivative occurs once, and a step uses smaller-numbered steps only, so the
/// list can be read from front to back. It is not a computation: deriving again with other numbers
/// means building another one.
namespace chalkgrad {

enum class Rule {
  identity,       ///< ∂y/∂y = 1
  independent,    ///< y does not depend on x: 0
  local,          ///< no quantity between: the operations' rules along the way
  folded,         ///< y is a sum of which one term matters: ∂y/∂x = ∂term/∂x
  chain,          ///< one factor for each stretch between the quantities that every path passes
  sum,            ///< y is a sum: one term for each quantity in it that depends on x, and one for
                  ///< x itself: ∂J/∂w = ∂J0/∂w + λ·w of a penalty
  multivariable,  ///< one term for each quantity that uses x
};

/// "chain rule", "sum rule", …; empty for identity and local.
[[nodiscard]] std::string_view rule_name(Rule rule);

using StepIndex = std::size_t;

struct Step {
  Rule rule = Rule::local;
  std::string of{}, wrt{};
  bool direct = false;  ///< with every other quantity in the definition of `of` held fixed
  /// Of a direct step: short enough to be written where it is used, as λ·w in ∂J0/∂w + λ·w.
  bool written_in_place = false;

  /// What the step uses: scale·(Σ ± Π). A chain is one product, a sum rule has a single factor in
  /// each product, and a scale if y is a constant times a sum: a mean.
  struct Product {
    bool negative = false;
    std::vector<StepIndex> factors{};
  };
  std::vector<Product> products{};
  Expr scale = 1.0;

  /// Of a local step: what the operations' rules give, and what is left of it when simplified.
  Expr raw = 0.0, simplified = 0.0;
  /// Of a local step: the rules on the way, "power rule", "derivative of σ"; all, and the telling
  /// ones.
  std::vector<std::string> all_rules{}, rules{};
  /// Conventions used at a kink: "relu'(0) = 0 by convention".
  std::vector<std::string> conventions{};
  /// Of a folded step: the sum that y is, one term of which depends on x.
  Expr sum = 0.0;

  /// The derivative in given quantities and quantities of the forward pass alone, as long as that
  /// is readable; beyond that, the derivative's own symbol.
  Expr formula = 0.0;
  /// A shorter one that needs a reason: p1 − t1 for a softmax with cross-entropy.
  std::optional<ShortForm> short_form{};
  double value = 0;  ///< NaN if it depends on an unknown quantity
  double error = 0;  ///< a bound on the rounding error of the value

  [[nodiscard]] Expr symbol() const { return Expr::derivative(of, wrt, direct); }
};

struct Derivation {
  std::vector<Step> steps{};
  /// The steps that were asked for, in the order they were asked for.
  std::vector<StepIndex> requested{};

  /// The right side of a composite step in terms of the steps it uses: ∂y/∂c·∂c/∂x + …
  [[nodiscard]] Expr statement(const Step& step) const;
  /// Whether some step has a short form that is certain.
  [[nodiscard]] bool has_short_forms() const;
  /// The same derivation, where such a step is its short form and goes back to no other.
  [[nodiscard]] Derivation in_short() const;
  /// As statement, with the value of each used step in its place, where `number` writes a value.
  [[nodiscard]] Expr with_numbers(const Step& step,
                                  const std::function<Expr(StepIndex)>& number) const;
};

/// A derivative that does not exist although the function has a value: √x at 0.
class DerivativeError : public std::domain_error {
 public:
  DerivativeError(const std::string& message, std::string of_name, std::string wrt_name)
      : std::domain_error(message), of(std::move(of_name)), wrt(std::move(wrt_name)) {}
  std::string of, wrt;
};

/// Derives ∂y/∂x for each pair (y, x). Time and memory are proportional to the length of the
/// derivation times, at worst, the number of quantities; no recursion. Throws DerivativeError where
/// a local derivative is not finite.
[[nodiscard]] Derivation derive(const Quantities& quantities,
                                std::span<const std::pair<QuantityIndex, QuantityIndex>> pairs);

}  // namespace chalkgrad
