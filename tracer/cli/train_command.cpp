#include "tracer/cli/train_command.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>

#include "tracer/cli/files.hpp"
#include "tracer/cli/problem_file.hpp"
#include "tracer/problem/training.hpp"
#include "tracer/render/training_table.hpp"

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

std::string render(const Training& training, const TrainOptions& options) {
  switch (options.format) {
    case TrainOptions::Format::csv: return training_csv(training);
    case TrainOptions::Format::json: return training_json(training);
    case TrainOptions::Format::text: break;
  }
  return training_text(training, options.numerals);
}

/// The update to repeat, and how often.
TrainingOptions training_options(const Problem& problem, const TrainOptions& options) {
  if (problem.updates.empty())
    throw ProblemError({{1,
                         {},
                         "there is nothing to train: the file has no update",
                         "add a statement such as update all rate 0.5"}});
  const UpdateStatement& update = problem.updates.front();
  if (!options.steps && !update.repeat && !update.until)
    throw ProblemError({{update.place.line, update.place.span, "the update does not say how often",
                         "say --steps 100, or repeat 100 in the file"}});
  return {.steps = options.steps.value_or(update.repeat.value_or(longest_training)),
          .until = update.until,
          .every = options.every};
}

}  // namespace

int run(const TrainOptions& options) {
  const Source source = read_source(options.problem, options.output);
  return with_diagnostics(source, [&] {
    const Problem problem = read_problem(source, options.problem.seed);
    report_warnings(problem, source);
    TrainingOptions training_options = cli::training_options(problem, options);
    const Evaluation evaluation = evaluate_problem(problem);
    std::vector<NodeId> nodes;
    for (const Item& item : problem.items) nodes.push_back(evaluation.graph->find(item.name));
    const Quantities quantities(*evaluation.graph, nodes, evaluation.spellings);
    ProgressBar bar(training_options.steps);
    training_options.progress = [&bar](std::size_t step) { bar.show(step); };
    const Training training =
        train(problem, evaluation, descent_of(problem, quantities), training_options);
    bar.clear();
    spdlog::debug("steps: {}, rows: {}", training.steps, training.rows.size());
    write_file(options.output, render(training, options));
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
