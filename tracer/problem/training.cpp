#include "tracer/problem/training.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "engine/error.hpp"
#include "engine/replay.hpp"

namespace chalkgrad {

namespace {

class Trainer {
 public:
  Trainer(const Problem& problem, const Evaluation& evaluation, const Descent& descent,
          const TrainingOptions& options)
      : problem_(problem),
        options_(options),
        every_(std::max<std::size_t>(1, options.every)),
        replay_(evaluation.graph->at(descent.output)) {
    result_.descent = descent;
    result_.until = options.until;
    for (const Descent::Parameter& parameter : descent.parameters) {
      leaves_.push_back(evaluation.graph->at(parameter.name));
      row_.parameters.push_back(leaves_.back().value());
    }
    row_.velocities.resize(leaves_.size());
  }

  Training run() {
    row_.error = replay_.run();
    refuse_unknown();
    keep();
    while (row_.step < options_.steps && !should_stop()) {
      before_ = row_.error;
      if (!step()) break;
      keep();
      if (options_.progress) options_.progress(row_.step);
    }
    if (result_.stop != Training::Stop::diverged) result_.steps = row_.step;
    if (result_.rows.back().step != row_.step) result_.rows.push_back(row_);
    return std::move(result_);
  }

 private:
  const Descent& descent() const { return result_.descent; }

  void refuse_unknown() const {
    const bool known = std::isfinite(row_.error) && std::isfinite(descent().rate) &&
                       std::isfinite(descent().momentum) && std::isfinite(descent().decay) &&
                       std::all_of(row_.parameters.begin(), row_.parameters.end(),
                                   [](double value) { return std::isfinite(value); });
    if (known) return;
    const Place& place = problem_.updates.front().place;
    throw ProblemError({{place.line, place.span, "there are no numbers to train with",
                         "every input and parameter needs one"}});
  }

  bool should_stop() {
    if (!options_.until || row_.step == 0) return false;
    const auto& [what, quantity, limit] = *options_.until;
    if (what == UpdateStatement::Until::What::change) {
      if (std::abs(row_.error - before_) >= limit.value()) return false;
      result_.stop = Training::Stop::small_change;
      return true;
    }
    if (row_.error >= limit.value()) return false;
    result_.stop = Training::Stop::small_error;
    return true;
  }

  /// v ← μ·v + ∂E/∂w + λ·w, w ← w − η·v. False if that leads to where something has no value; the
  /// row is then the one before.
  bool step() {
    TrainingRow next = row_;
    ++next.step;
    for (std::size_t i = 0; i < leaves_.size(); ++i) {
      const double decay =
          descent().parameters[i].decays ? descent().decay * row_.parameters[i] : 0;
      next.velocities[i] = descent().momentum * row_.velocities[i] + replay_[leaves_[i]] + decay;
      next.parameters[i] -= descent().rate * next.velocities[i];
      if (!std::isfinite(next.parameters[i])) {
        diverge(next, fmt::format("'{}' is too large", descent().parameters[i].name));
        return false;
      }
      replay_.set(leaves_[i], next.parameters[i]);
    }
    bool finite = false;
    try {
      next.error = replay_.run();
      finite = std::isfinite(next.error);
    } catch (const DomainError&) {
      // The quantity is found below.
    }
    if (!finite) {
      diverge(next, what_has_no_value(next));
      return false;
    }
    row_ = std::move(next);
    return true;
  }

  void diverge(const TrainingRow& row, std::string divergence) {
    result_.stop = Training::Stop::diverged;
    result_.steps = row.step;
    result_.divergence = std::move(divergence);
  }

  /// As an evaluation says it, which knows the quantities by name.
  std::string what_has_no_value(const TrainingRow& row) const {
    try {
      (void)evaluate_problem(problem_, replacements(descent(), row.parameters));
    } catch (const ProblemError& error) {
      return error.what();
    }
    return fmt::format("'{}' has no value", descent().output);
  }

  void keep() {
    if (options_.wanted.contains(row_.step)) result_.wanted.emplace(row_.step, row_);
    if (row_.step % every_ != 0) return;
    result_.rows.push_back(row_);
    if (result_.rows.size() <= options_.most_rows) return;
    every_ *= 10;
    std::erase_if(result_.rows, [this](const TrainingRow& row) { return row.step % every_ != 0; });
  }

  const Problem& problem_;
  const TrainingOptions& options_;
  std::size_t every_;
  Replay replay_;
  std::vector<Value> leaves_;
  double before_ = 0;
  TrainingRow row_;
  Training result_;
};

}  // namespace

Training train(const Problem& problem, const Evaluation& evaluation, const Descent& descent,
               const TrainingOptions& options) {
  return Trainer(problem, evaluation, descent, options).run();
}

std::function<std::optional<double>(const std::string&)> replacements(
    const Descent& descent, const std::vector<double>& parameters) {
  std::unordered_map<std::string, double> values;
  for (std::size_t i = 0; i < parameters.size(); ++i)
    values.emplace(descent.parameters[i].name, parameters[i]);
  return [values = std::move(values)](const std::string& name) {
    const auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional(found->second);
  };
}

}  // namespace chalkgrad
