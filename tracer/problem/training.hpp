#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tracer/problem/descent.hpp"
#include "tracer/problem/evaluation.hpp"

/// Training: many steps of the updates, by replaying the recorded graph with other parameters.
/// It knows nothing of derivations; what a single step means is in descent.hpp.
namespace chalkgrad {

/// The state after so many steps; after 0 it is that of the file.
struct TrainingRow {
  std::size_t step = 0;
  double error = 0;
  std::vector<double> parameters{};  ///< in the order of Descent::parameters
  std::vector<double> states{};      ///< likewise; those of the step that led here, 0 before it
  /// Of the sample that led here, before its step, where a rule corrects: what its columns name.
  std::vector<double> sample{};
};

/// How many steps are done at most where nothing but `until` says when to stop.
inline constexpr std::size_t longest_training = 100'000;

struct TrainingOptions {
  std::size_t steps = 1;  ///< at most
  std::optional<UpdateStatement::Until> until{};
  std::size_t every = 1;  ///< which rows are kept: multiples of this, and the last
  std::size_t most_rows =
      1u << 22;                    ///< beyond that, only multiples of ten times `every`, and so on
  std::set<std::size_t> wanted{};  ///< steps whose rows are kept beside the others
  std::function<void(std::size_t step)> progress{};  ///< called after each step
};

struct Training {
  enum class Stop {
    steps,         ///< all were done
    small_change,  ///< the error changed by less than the limit
    small_error,   ///< it fell below the limit
    unchanged,     ///< a pass over the samples has changed no parameter
    diverged,      ///< a quantity has no finite value
  };
  Descent descent{};
  std::optional<UpdateStatement::Until> until{};
  std::vector<std::string> columns{};  ///< what a sample of a row has
  std::vector<TrainingRow> rows{};
  std::map<std::size_t, TrainingRow> wanted{};
  Stop stop = Stop::steps;
  std::size_t steps = 0;     ///< done; where it diverged, the number of the step that did
  std::string divergence{};  ///< which quantity has no value, and why
};

/// What the update statements say: one of them, or all the same.
[[nodiscard]] TrainingOptions training_of(const Problem& problem);

/// Runs until the steps are done or there is a reason to stop. Time proportional to the steps and
/// the graph. Throws ProblemError if the error has no value at the start.
[[nodiscard]] Training train(const Problem& problem, const Evaluation& evaluation,
                             const Descent& descent, const TrainingOptions& options);

/// The parameters of a row, by name, as evaluate_problem takes them.
[[nodiscard]] std::function<std::optional<double>(const std::string&)> replacements(
    const Descent& descent, const std::vector<double>& parameters);

}  // namespace chalkgrad
