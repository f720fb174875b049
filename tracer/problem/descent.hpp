#pragma once

#include <string>
#include <vector>

#include "tracer/derivation/quantities.hpp"
#include "tracer/problem/problem.hpp"
#include "tracer/problem/update_rules.hpp"

/// The step that the update statements of a file ask for, with its numbers.
///
/// A step changes all parameters at once: w ← w − η·d, where the rule of the statement makes d of
/// the slope g = ∂E/∂w + λ·w (update_rules.hpp), and everything it keeps was 0 before the first
/// step. Weight decay is L2 regularisation of the weights alone (Goodfellow, Bengio, Courville,
/// Deep Learning, 7.1); where the rate decays it is η/(1 + d·t) after t steps; an ascent goes the
/// other way, w + η·d. Each statement has its own output, method and coefficients; sample by sample
/// the output of a step is the error of one sample, in the order of the table.
namespace chalkgrad {

/// η, μ, λ: a number of the statement, or a quantity.
struct Coefficient {
  std::string label{};  ///< "learning rate"
  Expr written = 0.0;   ///< a literal, or the symbol of the quantity
  Expr symbol = 0.0;    ///< what stands for it in formulas
  double value = 0;     ///< not a number if unknown
};

struct Descent {
  /// An update statement.
  struct Group {
    std::string output{};                ///< E; in the first step, if each sample has its own
    std::vector<std::string> outputs{};  ///< E⁽¹⁾, E⁽²⁾, …, sample by sample; otherwise empty
    const UpdateRule* rule = nullptr;
    bool ascends = false;
    Coefficient rate{};
    std::vector<Coefficient> coefficients{};  ///< of the rule
    std::optional<Coefficient> decay{}, rate_decay{};
    std::optional<Coefficient> velocity{};  ///< before the first step, where it is given
  };
  struct Parameter {
    std::string name{};
    std::size_t group = 0;
    bool decays = false;                ///< a weight, where there is a λ
    std::vector<std::string> states{};  ///< what v is called, v_w
    std::size_t first_state = 0;        ///< where its states begin in a list of all
    std::string direction{};            ///< the quantity that is d, in Newton's method
    /// (t − y)·∂net/∂w in the first step, where that corrects w.
    std::optional<Expr> correction{};
  };
  std::string output{};  ///< of the first statement, over all samples
  std::vector<Group> groups{};
  std::vector<Parameter> parameters{};

  /// What a statement differentiates in that step, counted from 1.
  [[nodiscard]] static const std::string& output_in(const Group& group, std::size_t step) {
    return group.outputs.empty() ? group.output : group.outputs[(step - 1) % group.outputs.size()];
  }
  [[nodiscard]] const Group& group_of(const Parameter& parameter) const {
    return groups[parameter.group];
  }
  /// Of all parameters together.
  [[nodiscard]] std::size_t count_of_states() const;
  /// All coefficients of all statements.
  [[nodiscard]] std::vector<Coefficient> coefficients() const;
};

/// Reads the update statements of a problem that has some. Throws ProblemError if one updates a
/// defined quantity, or what another does; or if the file derives nothing, or several quantities,
/// that it could use.
[[nodiscard]] Descent descent_of(const Problem& problem, const Quantities& quantities);

/// The first step of a parameter, in symbols.
struct FirstStep {
  std::vector<Expr> states{};  ///< what each becomes: μ·0 + ∂E/∂w, or Δw
  Expr slope = 0.0;            ///< ∂E/∂w + λ·w
  Expr after = 0.0;            ///< w − η·v_w
};
[[nodiscard]] FirstStep first_step(const Descent& descent, const Descent::Parameter& parameter);

/// w − η·d, or w + η·d where the statement ascends.
template <typename T>
[[nodiscard]] T stepped(const Descent::Group& group, const T& parameter, const T& rate,
                        const T& direction) {
  return group.ascends ? parameter + rate * direction : parameter - rate * direction;
}

/// The same without brackets around a product: w − η·m̂/(√v̂ + ε).
template <>
[[nodiscard]] Expr stepped(const Descent::Group& group, const Expr& parameter, const Expr& rate,
                           const Expr& direction);

/// g, from the derivative and λ·w: a penalty makes the weights smaller, whichever way E goes.
template <typename T>
[[nodiscard]] T decayed(const Descent::Group& group, const T& derivative, const T& penalty) {
  return group.ascends ? derivative - penalty : derivative + penalty;
}

}  // namespace chalkgrad
