#pragma once

#include <array>
#include <bitset>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "tracer/check/truth/world.hpp"
#include "tracer/derivation/rounding_error.hpp"

/// What is true of a problem: the value of every name an answer may use, to full precision, whether
/// two expressions are the same, and how each quantity and derivative is defined.
///
/// One object serves any number of answers to the same problem; it remembers what it has worked
/// out, and is not for several threads.
namespace chalkgrad {

enum class Sameness { same, different, undecided };

class Truth {
 public:
  explicit Truth(const Solution& solution);

  /// The value at the problem's own numbers, with a bound on its rounding error; NaN if unknown.
  [[nodiscard]] Approximation value(const Expr& leaf);

  static constexpr std::size_t worlds = 8;
  /// The value in one of several other worlds; in the first half of them everything varies, in the
  /// others all but targets and constants.
  [[nodiscard]] double value_in(std::size_t world, const Expr& leaf);

  /// How a quantity, a derivative, or a quantity after the update is defined: what a person might
  /// write behind the equals sign, the usual first. Empty for what is given.
  [[nodiscard]] const std::vector<Expr>& definitions(const Expr& leaf);

  /// The parameter of that name that the update changes; null if there is none.
  [[nodiscard]] const Descent::Parameter* updated_parameter(const std::string& name) const;

  /// Whether some quantity is so near to 1 that 1 − y is to be worked out from what y is of.
  [[nodiscard]] bool is_saturated() const { return saturated_; }

  [[nodiscard]] const Solution& solution() const { return solution_; }

 private:
  World& world(std::size_t number);
  Approximation find_value(const Expr& leaf);
  [[nodiscard]] double after_training(const std::string& name, const std::string& steps) const;
  std::vector<Expr> find_definitions(const Expr& leaf);
  void define_symbol(const std::string& name, std::vector<Expr>& list);
  void define_after_update(const std::string& name, std::vector<Expr>& list);
  void define_change(const std::string& name, std::vector<Expr>& list);
  void define_derivative(const Expr& leaf, std::vector<Expr>& list);
  const Derivation& derivation_of(const Expr& derivative);

  const Solution& solution_;
  bool saturated_ = false;
  World here_;
  std::array<std::unique_ptr<World>, worlds> others_;
  std::unordered_map<std::string, Approximation> values_;
  struct Elsewhere {
    std::array<double, worlds> values{};
    std::bitset<worlds> known{};
  };
  std::unordered_map<std::string, Elsewhere> elsewhere_;
  std::unordered_map<std::string, std::vector<Expr>> definitions_;
  std::unordered_map<std::string, Derivation> derivations_;
  std::unordered_map<std::string, std::size_t> steps_;    // of the solution's derivation
  std::unordered_map<std::string, std::size_t> updates_;  // of the solution, by parameter
  std::unordered_map<std::string, std::size_t> states_;   // parameters, by state
};

/// A text that is the same for the same leaf.
[[nodiscard]] std::string leaf_key(const Expr& leaf);

}  // namespace chalkgrad
