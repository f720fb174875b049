#include "tracer/cli/solve_command.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "tracer/cli/files.hpp"
#include "tracer/cli/problem_file.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/problem/solution.hpp"
#include "tracer/render/html.hpp"
#include "tracer/render/json.hpp"
#include "tracer/render/latex.hpp"
#include "tracer/render/text.hpp"

namespace chalkgrad::cli {

namespace {

std::string render(const Solution& solution, const SolveOptions& options) {
  switch (options.format) {
    case Format::json: return render_json(solution, options.sheet);
    case Format::latex:
      return render_latex(make_sheet(solution, options.sheet), {.fragment = options.fragment});
    case Format::html:
      return render_html(
          make_sheet(solution, options.sheet),
          make_diagram(solution,
                       {.numerals = options.sheet.numerals, .values = true, .gradients = true}));
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

}  // namespace

int run(const SolveOptions& options) {
  const Source source = read_source(options.problem, options.output);
  return with_diagnostics(source, [&] {
    spdlog::debug("{}: {} lines", source.name(), source.line_count());
    const Solution solution = solve(read_problem(source, options.problem.seed), options.wrt);
    report_warnings(solution.problem, source);
    spdlog::debug("quantities: {}, nodes: {}, steps: {}", solution.quantities->size(),
                  solution.evaluation.graph->size(), solution.derivation.steps.size());
    try {
      write_file(options.output, render(solution, options));
    } catch (const SheetTooLong& error) {
      throw UsageError(error.what());
    }
    report(solution, source);
    return solution.all_expectations_hold() ? all_right : statement_wrong;
  });
}

}  // namespace chalkgrad::cli
