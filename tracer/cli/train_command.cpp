#include "tracer/cli/train_command.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "tracer/cli/files.hpp"
#include "tracer/cli/problem_file.hpp"
#include "tracer/expression/suggestion.hpp"
#include "tracer/formats/training_table.hpp"
#include "tracer/plot/training_plot.hpp"
#include "tracer/problem/solution.hpp"
#include "tracer/problem/training.hpp"

namespace chalkgrad::cli {

namespace {

/// A line on standard error that is written anew as the steps go by, and then taken away; nothing
/// where that is no terminal.
class ProgressBar {
 public:
  explicit ProgressBar(std::size_t steps)
      : steps_(steps), visible_(isatty(STDERR_FILENO) != 0 && steps > 0) {}
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  ~ProgressBar() { clear(); }

  void clear() {
    if (shown_) fmt::print(stderr, "\r\x1b[K");
    shown_ = false;
  }

  void show(std::size_t step) {
    constexpr std::size_t width = 40;
    const std::size_t done = step * 100 / steps_;
    if (!visible_ || (shown_ && done == percent_)) return;
    percent_ = done;
    shown_ = true;
    const std::size_t filled = step * width / steps_;
    fmt::print(stderr, "\r[{:#<{}}{:.<{}}] {:3} %", "", filled, "", width - filled, done);
  }

 private:
  std::size_t steps_;
  bool visible_;
  bool shown_ = false;
  std::size_t percent_ = 0;
};

/// The update to repeat, and how often.
TrainingOptions training_options(const Problem& problem, const TrainOptions& options) {
  if (problem.updates.empty())
    throw ProblemError({{1,
                         {},
                         "there is nothing to train: the file has no update",
                         "add a statement such as update all rate 0.5"}});
  const Place& place = problem.updates.front().place;
  if (!options.steps &&
      std::none_of(problem.updates.begin(), problem.updates.end(), [](const auto& one) {
        // Sample by sample is one pass, unless it says more.
        return one.repeat || one.until || one.sample_by_sample;
      }))
    throw ProblemError({{place.line, place.span, "the update does not say how often",
                         "say --steps 100, or repeat 100 in the file"}});
  TrainingOptions training = training_of(problem);
  training.steps = options.steps.value_or(training.steps);
  training.every = options.every;
  return training;
}

/// Two of the outputs cannot be one file; nor one of them the problem.
void refuse_same_files(const TrainOptions& options) {
  const std::vector<std::string> outputs = {options.output, options.plot, options.path};
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    if (outputs[i].empty()) continue;
    if (is_same_file(options.problem.file, outputs[i]))
      throw FileError(
          fmt::format("'{}' would be overwritten by its own plot", options.problem.file));
    for (std::size_t k = 0; k < i; ++k)
      if (outputs[i] == outputs[k] || is_same_file(outputs[i], outputs[k]))
        throw UsageError(fmt::format(
            "two outputs go to {}",
            outputs[i] == "-" ? "standard output; say -o for the table" : "'" + outputs[i] + "'"));
  }
}

/// The two parameters of --over, as indices in the descent.
std::array<std::size_t, 2> two_parameters(const Descent& descent,
                                          const std::vector<std::string>& names) {
  std::vector<std::string_view> known;
  for (const Descent::Parameter& parameter : descent.parameters) known.push_back(parameter.name);
  if (names.empty() && known.size() == 2) return {0, 1};
  if (known.size() < 2)
    throw UsageError(fmt::format("--path: needs two parameters, and only {} is trained", known[0]));
  if (names.empty())
    throw UsageError(
        fmt::format("--path: say which two parameters, as in --over {},{}", known[0], known[1]));
  if (names.size() != 2)
    throw UsageError(fmt::format("--over: two parameters are needed, not {}", names.size()));
  if (names[0] == names[1]) throw UsageError(fmt::format("--over: '{}' is there twice", names[0]));
  std::array<std::size_t, 2> two{};
  for (std::size_t i = 0; i < two.size(); ++i) {
    const auto found = std::find(known.begin(), known.end(), names[i]);
    if (found == known.end()) {
      const std::string hint = did_you_mean(names[i], known);
      throw UsageError(fmt::format("--over: '{}' is not a parameter that is trained{}{}", names[i],
                                   hint.empty() ? "" : "; ", hint));
    }
    two[i] = static_cast<std::size_t>(found - known.begin());
  }
  return two;
}

/// Plots show every step, whatever the table leaves out.
void keep_every(Training& training, std::size_t every) {
  std::vector<TrainingRow> kept;
  for (TrainingRow& row : training.rows)
    if (row.step % every == 0 || &row == &training.rows.back()) kept.push_back(std::move(row));
  training.rows = std::move(kept);
}

}  // namespace

int run(const TrainOptions& options) {
  const Source source = read_source(options.problem, options.output);
  return with_diagnostics(source, [&] {
    refuse_same_files(options);
    const Problem problem = read_problem(source, options.problem.seed);
    report_warnings(problem, source, options.problem);
    TrainingOptions training_options = cli::training_options(problem, options);
    const Evaluation evaluation = evaluate_problem(problem);
    std::vector<NodeId> nodes;
    for (const Item& item : problem.items) nodes.push_back(evaluation.graph->find(item.name));
    const Quantities quantities(*evaluation.graph, nodes, evaluation.spellings);
    ProgressBar bar(training_options.steps);
    training_options.progress = [&bar](std::size_t step) { bar.show(step); };
    const Descent descent = descent_of(problem, quantities);
    std::array<std::size_t, 2> two{};
    if (!options.path.empty()) two = two_parameters(descent, options.over);
    if (!options.plot.empty() || !options.path.empty()) training_options.every = 1;
    Training training = train(problem, evaluation, descent, training_options);
    bar.clear();
    const Scale scale = options.logarithmic ? Scale::logarithmic : Scale::linear;
    std::vector<Output> outputs;
    if (!options.plot.empty())
      outputs.push_back({options.plot, error_plot(training, problem.title, scale)});
    if (!options.path.empty())
      outputs.push_back({options.path, path_plot(training, evaluation, problem.title, two)});
    keep_every(training, options.every);
    spdlog::debug("steps: {}, rows: {}", training.steps, training.rows.size());
    outputs.push_back({options.output, options.format->render(training, options.numerals)});
    write_files(outputs);
    if (training.stop != Training::Stop::diverged) return all_right;
    const Place& place = problem.updates.front().place;
    fmt::print(stderr, "{}",
               describe({place.line, place.span,
                         fmt::format("the training diverges in step {}: {}", training.steps,
                                     training.divergence),
                         "a smaller rate may help"},
                        source));
    return unusable;
  });
}

}  // namespace chalkgrad::cli
