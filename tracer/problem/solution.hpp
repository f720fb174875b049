#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tracer/derivation/derivation.hpp"
#include "tracer/numerals/agreement.hpp"
#include "tracer/problem/evaluation.hpp"
#include "tracer/problem/problem.hpp"
#include "tracer/problem/training.hpp"

/// Solution: a problem with its graph, its derivation, its updates and the verdict on every
/// published figure. Everything a sheet shows is in here; how it is shown is the renderers'
/// business.
namespace chalkgrad {

struct Update {
  std::string parameter{};
  StepIndex gradient = 0;  ///< the step that derives ∂output/∂parameter
  double before = 0, after = 0;
  double error = 0;                     ///< a bound on the rounding error of `after`
  std::vector<Approximation> states{};  ///< what the descent's parameter keeps, after the step
};

struct ExpectationResult {
  Expectation expectation{};
  double value = 0;
  Agreement verdict = Agreement::wrong;
};

struct Solution {
  Problem problem{};
  Evaluation evaluation{};
  std::unique_ptr<Quantities> quantities{};
  Derivation derivation{};

  /// The steps of the derive statements, in order; and those that only the update needs.
  std::vector<StepIndex> derived{}, needed_for_update{};

  std::optional<Descent> descent{};  ///< the update statements, if there are some
  std::vector<Update> updates{};     ///< the first step, in the order of the descent's parameters
  /// The problem evaluated with the updated parameters; none if there is no update, or no value
  /// there.
  std::optional<Evaluation> after{};
  std::map<std::string, double> errors_after{};  ///< bounds on the rounding errors there

  /// All the steps, if there is more than one; none if there are no numbers.
  std::optional<Training> training{};

  /// gradients[y][x] = ∂y/∂x, from a reverse sweep over the graph, for every pair asked for or
  /// updated.
  std::map<std::string, std::map<std::string, double>> gradients{};

  std::vector<ExpectationResult> expectations{};

  [[nodiscard]] bool all_expectations_hold() const;
  /// η of the first update; 0 if there is none.
  [[nodiscard]] Expr rate_symbol() const {
    return descent ? descent->groups.front().rate.symbol : Expr(0.0);
  }
};

/// Solves a problem. `wrt`, if not empty, replaces what the derive statements say (`all` means all
/// weights and biases). Throws ProblemError; `wrt` with an unknown name throws UsageError.
[[nodiscard]] Solution solve(Problem problem, const std::vector<std::string>& wrt = {});

/// Something asked for on the command line cannot be done with this problem.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace chalkgrad
