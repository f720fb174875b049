#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tracer/derivation/quantities.hpp"
#include "tracer/derivation/rounding_error.hpp"

/// Derivatives that are shorter than the chain rule alone shows, for a reason.
///
/// For p = softmax(z) and L = −Σ t·ln p the chain rule gives
///     ∂L/∂z_j = Σ_k ∂L/∂p_k·∂p_k/∂z_j = −t_j·(1 − p_j) + Σ_{k≠j} t_k·p_j = p_j·Σ_k t_k − t_j,
/// which is p_j − t_j where the targets sum to 1 (Bishop, Pattern Recognition and Machine Learning,
/// 4.3.4); with one target alone, L = −ln p_c, it is p_j, and p_c − 1 for the class itself. For p =
/// σ(z) and L = −(t·ln p + (1 − t)·ln(1 − p)) it is p − t whatever t is (there, 4.3.2).
namespace chalkgrad {

struct ShortForm {
  Expr expr = 0.0;
  Expr targets = 0.0;    ///< t1 + t2 + …, whose value is 1
  bool certain = false;  ///< they have numbers; otherwise the form holds if they sum to 1
  std::string reason{};  ///< in place of targets: "sigmoid with binary cross-entropy"
};

class ShortForms {
 public:
  explicit ShortForms(const Quantities& quantities) : quantities_(quantities) {}

  /// The short form of ∂y/∂x, whose value is `value`; nothing if there is none, or if it is not
  /// what the targets give. Amortised linear in the definition of y.
  [[nodiscard]] std::optional<ShortForm> of(QuantityIndex y, QuantityIndex x, Approximation value);
  /// (p − t)·x of ∂L/∂w, where ∂L/∂z·∂z/∂w are the first two stretches and the rest of a chain:
  /// `rest` is what follows. Nothing unless ∂y/∂z is short for a reason of its own.
  [[nodiscard]] std::optional<ShortForm> of_chain(QuantityIndex y, QuantityIndex z,
                                                  const Expr& rest);
  /// The same where the argument of p = σ(w·x) has no name: `slope` is ∂p/∂w, p·(1 − p)·x.
  [[nodiscard]] std::optional<ShortForm> of_argument(QuantityIndex y, QuantityIndex p,
                                                     const Expr& slope);
  /// As `of`, also where y is a mean or sum of losses: 1/2·(p − t).
  [[nodiscard]] std::optional<ShortForm> of_summand(QuantityIndex y, QuantityIndex x,
                                                    Approximation value);

 private:
  /// p = exp(z)/(exp(z) + …): z, and all that stands in exponents.
  struct Softmax {
    Expr logit = 0.0;
    std::vector<Expr> logits{};
  };
  /// −Σ t·ln p
  struct CrossEntropy {
    struct Part {
      Expr target;
      Expr probability;  ///< a symbol
      Expr logit;        ///< p = exp(z)/(exp(z) + …)
      bool up = false;   ///< + in place of −
    };
    std::vector<Part> parts;
    std::vector<Expr> divisor;  ///< what all the softmaxes divide by: exp(z) + …
  };
  [[nodiscard]] std::optional<CrossEntropy> read(QuantityIndex y) const;
  [[nodiscard]] std::optional<Softmax> softmax_of(QuantityIndex p) const;
  [[nodiscard]] std::optional<std::vector<std::pair<Expr, Expr>>> values_of_softmax(
      QuantityIndex x, QuantityIndex y, const std::vector<Expr>& logits) const;
  [[nodiscard]] std::optional<ShortForm> of_logarithm(const CrossEntropy& loss, QuantityIndex y,
                                                      QuantityIndex x) const;
  [[nodiscard]] static Expr slope_of_logit(const Expr& logit, const Expr& x);
  /// What reaches the argument of p = σ(z), and why that is short.
  struct Target {
    Expr slope = 0.0;
    std::string reason{};
  };
  using Targets = std::map<std::string, Target>;
  [[nodiscard]] const Targets& targets_in(QuantityIndex y);
  [[nodiscard]] std::optional<QuantityIndex> only_user(QuantityIndex q, QuantityIndex y) const;
  [[nodiscard]] bool is_sigmoid(QuantityIndex q) const;
  [[nodiscard]] std::optional<Target> difference(QuantityIndex y, QuantityIndex p);
  [[nodiscard]] std::optional<ShortForm> of_sigmoid(QuantityIndex y, QuantityIndex x);

  const Quantities& quantities_;
  std::map<QuantityIndex, Targets> targets_{};
  std::map<QuantityIndex, std::optional<CrossEntropy>> known_{};
};

}  // namespace chalkgrad
