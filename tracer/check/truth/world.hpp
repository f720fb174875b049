#pragma once

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "tracer/derivation/partial_sweep.hpp"
#include "tracer/problem/solution.hpp"

/// A problem with certain numbers for what is given: its own, or others.
///
/// Two expressions that agree where the problem stands may agree by accident; two that agree in
/// several worlds are the same (Schwartz 1980, Zippel 1979, for polynomials; here it is the same
/// reasoning, not a proof). A world answers what any name of the problem is worth in it: a
/// quantity, a derivative, a quantity after the update, η.
namespace chalkgrad {

/// What has no value, in any world.
inline constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

class World {
 public:
  enum class Vary {
    nothing,      ///< the problem's own numbers; unknown ones stay unknown
    all,          ///< every given number, by up to a third; an unknown one is chosen
    but_targets,  ///< as all, but targets and constants keep theirs, and what is 0 stays 0
  };
  World(const Solution& solution, Vary vary, unsigned seed);

  /// The value of a symbol or a derivative; NaN if it has none. Amortised one sweep for each
  /// quantity that is differentiated, as far back as it is asked for.
  [[nodiscard]] double value(const Expr& leaf);

 private:
  void find_shares();
  double random();
  double given(const Item& item);
  double of_symbol(const std::string& name);
  double of_quantity(const std::string& name);
  double gradient(const std::string& y, const std::string& x);
  double direct(const std::string& y, const std::string& x);
  double partial(const Item& function, const std::string& x);
  double after_update(const std::string& name);
  double change(const std::string& name);
  std::optional<double> coefficient(const std::string& name);
  void evaluate_after();

  const Solution& solution_;
  Vary vary_;
  std::uint64_t state_;
  std::unordered_map<std::string, double> given_;
  std::unordered_set<std::string> shares_;  ///< given names whose values sum to 1 in their sample
  Evaluation evaluation_;
  std::unordered_map<std::string, PartialSweep> sweeps_;  // by what is differentiated
  std::unordered_map<std::string, double> coefficients_;  // by symbol
  std::unordered_map<std::string, Expr> states_;          // v_w = μ·0 + ∂E/∂w
  std::unordered_map<std::string, FirstStep> steps_;      // by parameter
  std::optional<Evaluation> after_;
  std::unordered_map<std::string, double> parameters_after_;
};

}  // namespace chalkgrad
