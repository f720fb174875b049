#include "tracer/cli/solve_command.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "tracer/cli/files.hpp"
#include "tracer/cli/problem_file.hpp"
#include "tracer/cli/typesetter.hpp"
#include "tracer/problem/solution.hpp"

namespace chalkgrad::cli {

int run(const SolveOptions& options) {
  if (options.typeset && options.output == "-" && ::isatty(STDOUT_FILENO) != 0)
    throw UsageError("a PDF is nothing for a terminal: name a file, as in -o sheet.pdf");
  const Source source = read_source(options.problem, options.output);
  return with_diagnostics(source, [&] {
    spdlog::debug("{}: {} lines", source.name(), source.line_count());
    const Solution solution = solve(read_problem(source, options.problem.seed), options.wrt);
    report_warnings(solution.problem, source, options.problem);
    report_what_is_not_derived(solution, source);
    spdlog::debug("quantities: {}, nodes: {}, steps: {}", solution.quantities->size(),
                  solution.evaluation.graph->size(), solution.derivation.steps.size());
    const std::string sheet =
        with_usage_errors([&] { return options.format->render(solution, options.how); });
    write_file(options.output, options.typeset ? pdf_of(sheet) : sheet);
    report_findings(solution, source);
    return solution.all_expectations_hold() ? all_right : statement_wrong;
  });
}

}  // namespace chalkgrad::cli
