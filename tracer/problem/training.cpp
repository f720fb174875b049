#include "tracer/problem/training.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "engine/error.hpp"
#include "engine/replay.hpp"
#include "tracer/derivation/rounding_error.hpp"
#include "tracer/expression/name.hpp"

namespace chalkgrad {

namespace {

/// What a table of corrections shows of a sample: a given number, or what depends on parameters.
struct Column {
  std::vector<double> given{};  ///< in each sample
  std::optional<Replay> replay{};
};

/// A column of the table of samples. All samples are computed alike, so that the first stands for
/// the others with other numbers: what is recorded of it is enough.
struct SampleColumn {
  Value leaf;
  std::vector<double> values{};
};

/// Of corrections these are kept, however many follow.
constexpr std::size_t first_rows = 64;

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
      if (!parameter.direction.empty())
        directions_.try_emplace(parameter.direction, evaluation.graph->at(parameter.direction));
      leaves_.push_back(evaluation.graph->at(parameter.name));
      row_.parameters.push_back(leaves_.back().value());
    }
    now_ = row_.parameters;
    row_.states.resize(descent.count_of_states());
    find_columns(evaluation);
    for (const Descent::Parameter& parameter : descent.parameters)
      if (const auto& velocity = descent.group_of(parameter).velocity)
        row_.states[parameter.first_state] = velocity->value;
    for (const Descent::Group& group : descent.groups) {
      UpdateTerms<double> terms;
      for (const Coefficient& one : group.coefficients) terms.coefficients.push_back(one.value);
      terms_.push_back(std::move(terms));
      if (const std::string& output = recorded(group); output != descent.output)
        others_.try_emplace(output, evaluation.graph->at(output));
    }
    find_samples(evaluation);
  }

  Training run() {
    row_.error = replay_.run();
    (void)run_others(1);
    refuse_unknown();
    keep();
    while (row_.step < options_.steps && !should_stop()) {
      before_ = row_.error;
      if (!step()) break;
      keep();
      if (options_.progress) options_.progress(row_.step);
    }
    if (result_.stop != Training::Stop::diverged) result_.steps = row_.step;
    if (result_.rows.back().step != row_.step) {
      if (!is_told_every_step()) row_.error = error_now();
      result_.rows.push_back(row_);
    }
    return std::move(result_);
  }

 private:
  const Descent& descent() const { return result_.descent; }

  /// What a table of corrections shows of each sample.
  void find_columns(const Evaluation& evaluation) {
    const auto corrects = std::find_if(problem_.updates.begin(), problem_.updates.end(),
                                       [](const auto& one) { return one.correction.has_value(); });
    if (corrects == problem_.updates.end()) return;
    result_.columns = corrects->correction->columns;
    for (const std::string& name : result_.columns) {
      const std::string first = name_in_sample(name, 1);
      const bool repeats = problem_.find(first) != nullptr;
      Column& column = columns_.emplace_back();
      if (problem_.find(repeats ? first : name)->definition)
        column.replay.emplace(evaluation.graph->at(repeats ? first : name));
      else
        column.given =
            repeats ? values_of(name, evaluation) : std::vector{evaluation.graph->at(name).value()};
    }
  }

  void find_samples(const Evaluation& evaluation) {
    const bool by_sample =
        !columns_.empty() || std::any_of(descent().groups.begin(), descent().groups.end(),
                                         [](const auto& one) { return !one.outputs.empty(); });
    if (!by_sample) return;
    for (const std::string& name : problem_.samples.columns)
      samples_.push_back(
          {evaluation.graph->at(name_in_sample(name, 1)), values_of(name, evaluation)});
  }

  /// Of a column, in each sample.
  [[nodiscard]] std::vector<double> values_of(const std::string& name,
                                              const Evaluation& evaluation) const {
    std::vector<double> values;
    for (std::size_t sample = 1; sample <= problem_.samples.count; ++sample)
      values.push_back(evaluation.graph->at(name_in_sample(name, sample)).value());
    return values;
  }

  /// Over all samples, which takes longer than a step that goes by one: where no slope of it is
  /// needed, it is worked out for the rows that are kept.
  double error_of(std::size_t step) {
    if (is_told_every_step()) return replay_.run();
    const bool is_kept = step % every_ == 0 || step <= first_rows || options_.wanted.contains(step);
    return is_kept ? replay_.value() : row_.error;
  }

  [[nodiscard]] bool is_told_every_step() const {
    return options_.until ||
           std::any_of(descent().groups.begin(), descent().groups.end(), [&](const auto& group) {
             return recorded(group) == descent().output || group.rule->looks_ahead;
           });
  }

  /// Of the row, wherever a step that diverged has led.
  double error_now() {
    for (std::size_t i = 0; i < leaves_.size(); ++i) set(i, row_.parameters[i]);
    try {
      return replay_.value();
    } catch (const DomainError&) {
      return std::nan("");
    }
  }

  /// What is recorded of what the statement differentiates: of samples, the first.
  static const std::string& recorded(const Descent::Group& group) {
    return group.outputs.empty() ? group.output : group.outputs.front();
  }

  /// The sample that a step is about, in place of the first.
  void put_in_sample(Replay& replay, std::size_t step) {
    for (const SampleColumn& one : samples_)
      replay.set(one.leaf, one.values[(step - 1) % one.values.size()]);
  }

  double value_now(Column& column, std::size_t step) {
    if (!column.replay) return column.given[(step - 1) % column.given.size()];
    for (std::size_t i = 0; i < leaves_.size(); ++i)
      column.replay->set(leaves_[i], row_.parameters[i]);
    put_in_sample(*column.replay, step);
    return column.replay->value();
  }

  void refuse_unknown() const {
    const std::vector<Coefficient> coefficients = descent().coefficients();
    const bool known =
        std::isfinite(row_.error) &&
        std::all_of(coefficients.begin(), coefficients.end(),
                    [](const Coefficient& one) { return std::isfinite(one.value); }) &&
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
    if (what == UpdateStatement::Until::What::unchanged) {
      if (unchanged_ < std::max<std::size_t>(1, problem_.samples.count)) return false;
      result_.stop = Training::Stop::unchanged;
      return true;
    }
    if (what == UpdateStatement::Until::What::change) {
      if (std::abs(row_.error - before_) >= limit.value()) return false;
      result_.stop = Training::Stop::small_change;
      return true;
    }
    if (row_.error >= limit.value()) return false;
    result_.stop = Training::Stop::small_error;
    return true;
  }

  /// False if it leads to where something has no value; the row is then the one before.
  bool step() {
    TrainingRow next = row_;
    ++next.step;
    next.sample.clear();
    for (Column& column : columns_) next.sample.push_back(value_now(column, next.step));
    if (!look_ahead()) return diverge(next, "the slope where the velocity leads has no value");
    for (std::size_t i = 0; i < leaves_.size(); ++i) {
      step_of(i, next);
      if (!std::isfinite(next.parameters[i]))
        return diverge(next, fmt::format("'{}' is too large", descent().parameters[i].name));
    }
    for (std::size_t i = 0; i < leaves_.size(); ++i) set(i, next.parameters[i]);
    bool finite = false;
    try {
      next.error = error_of(next.step);
      finite = std::isfinite(next.error);
      finite = run_others(next.step + 1) && finite;
    } catch (const DomainError&) {
      // The quantity is found below.
    }
    if (!finite) return diverge(next, what_has_no_value(next));
    unchanged_ = next.parameters == row_.parameters ? unchanged_ + 1 : 0;
    row_ = std::move(next);
    return true;
  }

  bool diverge(const TrainingRow& row, std::string divergence) {
    result_.stop = Training::Stop::diverged;
    result_.steps = row.step;
    result_.divergence = std::move(divergence);
    return false;
  }

  /// What other statements, or single samples, differentiate in that step.
  bool run_others(std::size_t step) {
    bool finite = true;
    for (const Descent::Group& group : descent().groups)
      if (const auto other = others_.find(recorded(group)); other != others_.end()) {
        for (std::size_t i = 0; i < leaves_.size(); ++i) other->second.set(leaves_[i], now_[i]);
        if (!group.outputs.empty()) put_in_sample(other->second, step);
        finite = std::isfinite(other->second.run()) && finite;
      }
    return finite;
  }

  void set(std::size_t i, double value) {
    now_[i] = value;
    replay_.set(leaves_[i], value);
    for (auto& [name, replay] : directions_) replay.set(leaves_[i], value);
  }

  /// Nesterov's slope is that at w − η·μ·v. False if something has no value there.
  bool look_ahead() {
    bool moved = false;
    for (std::size_t i = 0; i < leaves_.size(); ++i) {
      const Descent::Parameter& parameter = descent().parameters[i];
      const Descent::Group& group = descent().group_of(parameter);
      if (!group.rule->looks_ahead) continue;
      const double on = group.coefficients[0].value * row_.states[parameter.first_state];
      set(i, stepped(group, row_.parameters[i], rate(group), on));
      moved = true;
    }
    if (!moved) return true;
    try {
      const bool finite = std::isfinite(replay_.run());
      return run_others(row_.step + 1) && finite;
    } catch (const DomainError&) {
      return false;
    }
  }

  /// In the step that follows this row.
  double rate(const Descent::Group& group) const {
    const double decay = group.rate_decay ? group.rate_decay->value : 0;
    return group.rate.value / (1 + decay * static_cast<double>(row_.step));
  }

  void step_of(std::size_t i, TrainingRow& next) {
    const Descent::Parameter& parameter = descent().parameters[i];
    const Descent::Group& group = descent().group_of(parameter);
    UpdateTerms<double>& terms = terms_[parameter.group];
    const auto other = others_.find(recorded(group));
    terms.slope = (other == others_.end() ? replay_ : other->second)[leaves_[i]];
    if (parameter.decays)
      terms.slope = decayed(group, terms.slope, group.decay->value * row_.parameters[i]);
    if (parameter.correction) {
      const double change = rate(group) * -terms.slope;
      next.states[parameter.first_state] = change + 0.0;
      next.parameters[i] = without_cancelled(row_.parameters[i], row_.parameters[i] + change);
      return;
    }
    terms.step = static_cast<double>(next.step);
    const auto first = row_.states.begin() + static_cast<long>(parameter.first_state);
    terms.states.assign(first, first + static_cast<long>(parameter.states.size()));
    terms.keep = [&next, &parameter](std::size_t state, const double& value) {
      return next.states[parameter.first_state + state] = value;
    };
    const auto solved = directions_.find(parameter.direction);
    const double direction =
        solved == directions_.end() ? group.rule->direction(terms) : solved->second.value();
    const double before = row_.parameters[i];
    next.parameters[i] = without_cancelled(before, stepped(group, before, rate(group), direction));
  }

  /// 0.3 − 0.1·3 is meant to be 0.
  static double without_cancelled(double before, double after) {
    const bool cancels = std::isfinite(after) &&
                         is_noise(after, HUGE_VAL, std::abs(before) + std::abs(before - after));
    return cancels ? 0 : after;
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
    // Of corrections the first passes are what one reads.
    std::erase_if(result_.rows, [this](const TrainingRow& row) {
      return row.step % every_ != 0 && (columns_.empty() || row.step > first_rows);
    });
  }

  const Problem& problem_;
  const TrainingOptions& options_;
  std::size_t every_;
  Replay replay_;
  std::map<std::string, Replay> others_;      // of outputs that other statements are about
  std::map<std::string, Replay> directions_;  // of Newton's method
  std::vector<UpdateTerms<double>> terms_;    // of each statement
  std::vector<Value> leaves_;
  std::vector<double> now_;  // what they are set to
  double before_ = 0;
  std::size_t unchanged_ = 0;          // how many steps have changed nothing, up to here
  std::vector<Column> columns_;        // where a rule corrects
  std::vector<SampleColumn> samples_;  // where steps go sample by sample
  TrainingRow row_;
  Training result_;
};

}  // namespace

TrainingOptions training_of(const Problem& problem) {
  TrainingOptions options{.steps = longest_training};
  std::size_t samples = 0;
  for (const UpdateStatement& update : problem.updates) {
    if (update.repeat) options.steps = *update.repeat;
    if (update.until) options.until = update.until;
    if (update.sample_by_sample) samples = problem.samples.count;
  }
  // What no line separates changes for ever.
  constexpr std::size_t most_passes = 1000;
  if (options.until && options.until->what == UpdateStatement::Until::What::unchanged)
    options.steps = std::min(options.steps, most_passes);
  // A pass over the table is repeated, with a step for each sample.
  const bool counted = std::any_of(problem.updates.begin(), problem.updates.end(),
                                   [](const UpdateStatement& one) { return one.repeat; });
  if (samples > 0) options.steps = counted || options.until ? options.steps * samples : samples;
  return options;
}

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
