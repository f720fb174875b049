#include "tracer/cli/solve_command.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "tracer/cli/files.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/problem/solution.hpp"
#include "tracer/render/json.hpp"
#include "tracer/render/latex.hpp"
#include "tracer/render/text.hpp"

namespace chalkgrad::cli {

namespace {

std::string render(const Solution& solution, const SolveOptions& options) {
  switch (options.format) {
    case Format::json: return render_json(solution);
    case Format::latex:
      return render_latex(make_sheet(solution, options.sheet), {.fragment = options.fragment});
    case Format::text: break;
  }
  return render_text(make_sheet(solution, options.sheet), {.ascii = options.ascii});
}

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

void report(const Solution& solution, const Source& source) {
  for (const ExpectationResult& result : solution.expectations) {
    spdlog::debug("expect {} = {}: {}", result.expectation.title(), result.expectation.written,
                  verdict_name(result.verdict));
    if (!is_agreement(result.verdict))
      fmt::print(stderr, "{}", describe(disagreement(result), source));
  }
}

}  // namespace

int run_solve(const SolveOptions& options) {
  if (is_same_file(options.file, options.output))
    throw FileError(fmt::format("'{}' would be overwritten by its own sheet", options.file));
  const Source source(options.file == "-" ? "<stdin>" : options.file, read_file(options.file));
  try {
    spdlog::debug("{}: {} lines", source.name(), source.line_count());
    const Solution solution = solve(read_problem(source), options.wrt);
    spdlog::debug("quantities: {}, nodes: {}, steps: {}", solution.quantities->size(),
                  solution.evaluation.graph->size(), solution.derivation.steps.size());
    write_file(options.output, render(solution, options));
    report(solution, source);
    return solution.all_expectations_hold() ? all_right : statement_wrong;
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

}  // namespace chalkgrad::cli
