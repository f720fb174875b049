#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "tracer/check/slips/mutation.hpp"
#include "tracer/check/truth/scope.hpp"

/// What a quantity or a derivative may be taken for: another of its kind, a weight after the
/// update, what goes into a neuron for what comes out of it, the derivative of another activation.
namespace chalkgrad {

class ConfusedNames {
 public:
  /// The truth must outlive it.
  explicit ConfusedNames(Truth& truth) : truth_(truth) {}

  /// Where the name is part of a formula; the likely ones first.
  [[nodiscard]] std::vector<Confusion> in_formula(const Expr& leaf);
  /// Where the name is what is worked out; also w for w⁺, and an input for a bias.
  [[nodiscard]] std::vector<Confusion> of_result(const Expr& leaf);

 private:
  void add_siblings(const Expr& symbol, std::vector<Confusion>& list);
  void add_other_side_of_neuron(const Expr& symbol, std::vector<Confusion>& list);
  void add_other_activations(const Expr& derivative, std::vector<Confusion>& list);
  void add_other_derivatives(const Expr& derivative, std::vector<Confusion>& list);
  void add_inputs_of_neuron(const Expr& derivative, std::vector<Confusion>& list);
  [[nodiscard]] Confusion instead(std::string_view slip, const Expr& other, const Expr& leaf);

  Truth& truth_;
  /// out_h1 by net_h1; made when it is first needed.
  std::optional<std::unordered_map<std::string, std::string>> outs_{};
};

/// A derivative by its formula where that is short and has no derivatives in it: ∂out/∂net is
/// out·(1 − out), ∂net/∂out is a weight.
[[nodiscard]] Expr in_short(const Expr& meaning, Scope& scope);

}  // namespace chalkgrad
