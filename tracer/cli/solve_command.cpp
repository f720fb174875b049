#include "tracer/cli/solve_command.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "tracer/cli/files.hpp"
#include "tracer/cli/page_width.hpp"
#include "tracer/cli/problem_file.hpp"
#include "tracer/cli/typesetter.hpp"
#include "tracer/cli/xlsx_file.hpp"
#include "tracer/problem/solution.hpp"

namespace chalkgrad::cli {

namespace {

void refuse_terminal(const SolveOptions& options) {
  const bool is_binary = options.typeset || options.format->workbook != nullptr;
  if (!is_binary || options.output != "-" || ::isatty(STDOUT_FILENO) == 0) return;
  throw UsageError(
      options.typeset
          ? "a PDF is nothing for a terminal: name a file, as in -o sheet.pdf"
          : "a spreadsheet is nothing for a terminal: name a file, as in -o sheet.xlsx");
}

/// LaTeX has a number in place of a character that it does not know.
void report_unknown_characters(const std::string& latex) {
  const auto at = latex.find("[U+");
  if (at == std::string::npos) return;
  const std::string code = latex.substr(at + 1, latex.find(']', at) - at - 1);
  fmt::print(stderr,
             "chalkgrad: warning: LaTeX has no sign for {}: its number stands in its place\n",
             code);
}

std::string bytes_of(const Solution& solution, const SolveOptions& options) {
  const SheetFormat& format = *options.format;
  if (format.workbook != nullptr)
    return xlsx_of(with_usage_errors([&] { return format.workbook(solution, options.how.sheet); }));
  FormatOptions how = options.how;
  if (how.width == 0 && options.output == "-") how.width = width_of_standard_output();
  const std::string sheet = with_usage_errors([&] { return format.render(solution, how); });
  if (format.suffix == ".tex" || options.typeset) report_unknown_characters(sheet);
  return options.typeset ? pdf_of(sheet) : sheet;
}

}  // namespace

int run(const SolveOptions& options) {
  refuse_terminal(options);
  const Source source = read_source(options.problem, options.output);
  return with_diagnostics(source, [&] {
    spdlog::debug("{}: {} lines", source.name(), source.line_count());
    const Solution solution = solve(read_problem(source, options.problem.seed), options.wrt);
    report_warnings(solution.problem, source, options.problem);
    report_what_is_not_derived(solution, source);
    spdlog::debug("quantities: {}, nodes: {}, steps: {}", solution.quantities->size(),
                  solution.evaluation.graph->size(), solution.derivation.steps.size());
    write_file(options.output, bytes_of(solution, options));
    report_findings(solution, source);
    return solution.all_expectations_hold() ? all_right : statement_wrong;
  });
}

}  // namespace chalkgrad::cli
