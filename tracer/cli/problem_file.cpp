#include "tracer/cli/problem_file.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <set>

#include "tracer/cli/files.hpp"
#include "tracer/expression/name.hpp"

namespace chalkgrad::cli {

namespace {

/// What is said of a published figure that does not agree.
Diagnostic disagreement(const ExpectationResult& result) {
  const auto& [expectation, value, verdict] = result;
  const bool nearly = verdict == Agreement::last_digit;
  // Two digits more than were written, so that one sees where they part.
  Numerals numerals;
  const auto written = Decimal::parse(expectation.written);
  numerals.count = std::clamp(written ? static_cast<int>(written->digits.size()) + 2 : 6, 4, 15);
  numerals.precision = Precision::significant;
  return {expectation.place.line, expectation.place.span,
          fmt::format("{} is {}, not {}", expectation.title(), numerals.show(value).text,
                      expectation.written),
          nearly ? "the last digit is off by one" : ""};
}

}  // namespace

Source read_source(const ProblemOptions& options, const std::string& output) {
  if (is_same_file(options.file, output))
    throw FileError(fmt::format("'{}' would be overwritten by its own sheet", options.file));
  Source source(options.file == "-" ? "<stdin>" : options.file, read_file(options.file));
  for (const std::string& setting : options.settings) source.add_setting("--set", setting);
  for (const std::string& alias : options.aliases) source.add_setting("--alias", "alias " + alias);
  return source;
}

int with_diagnostics(const Source& source, const std::function<int()>& command) {
  try {
    return command();
  } catch (const ProblemError& error) {
    constexpr std::size_t most = 50;
    const std::size_t count = std::min(most, error.diagnostics.size());
    for (std::size_t i = 0; i < count; ++i)
      fmt::print(stderr, "{}", describe(error.diagnostics[i], source));
    if (count < error.diagnostics.size())
      fmt::print(stderr, "{} more errors are not shown\n", error.diagnostics.size() - count);
    return unusable;
  }
}

void report_warnings(const Problem& problem, const Source& source, const ProblemOptions& options) {
  for (const Diagnostic& warning : problem.warnings)
    fmt::print(stderr, "{}", describe(warning, source));
  if (problem.draws > 1)
    spdlog::info("the random numbers were drawn {} times until every requirement held",
                 problem.draws);
  if (options.seed && !problem.has_random_numbers)
    spdlog::warn("--seed changes nothing: the problem has no random(...)");
}

void report_what_is_not_derived(const Solution& solution, const Source& source) {
  const Problem& problem = solution.problem;
  // A file that states figures of the forward pass is about these.
  if (!problem.derivations.empty() || problem.parameters().empty() || !problem.expectations.empty())
    return;
  if (!problem.updates.empty()) return;  // it derives what it needs
  // The result: what is defined and used by nothing, the last of them in the file.
  std::set<std::string> used;
  const Item* result = nullptr;
  for (const Item& item : problem.items)
    if (item.definition)
      for_each_leaf(*item.definition, [&](const Expr& leaf) { used.insert(leaf.text()); });
  for (const Item& item : problem.items)
    if (item.definition && !used.contains(item.name)) result = &item;
  if (result == nullptr) return;
  const Diagnostic warning{result->place.line, result->place.span,
                           "nothing is derived: the file has no derive statement",
                           fmt::format("add derive {} wrt all", without_sample(result->name)),
                           true};
  fmt::print(stderr, "{}", describe(warning, source));
}

void report_findings(const Solution& solution, const Source& source) {
  if (solution.training && solution.training->stop == Training::Stop::diverged) {
    const Place& place = solution.problem.updates.front().place;
    const Diagnostic warning{place.line, place.span,
                             fmt::format("the training diverges in step {}: {}",
                                         solution.training->steps, solution.training->divergence),
                             "a smaller rate may help", true};
    fmt::print(stderr, "{}", describe(warning, source));
  }
  for (const ExpectationResult& result : solution.expectations) {
    spdlog::debug("expect {} = {}: {}", result.expectation.title(), result.expectation.written,
                  verdict_name(result.verdict));
    if (!is_agreement(result.verdict))
      fmt::print(stderr, "{}", describe(disagreement(result), source));
  }
}

}  // namespace chalkgrad::cli
