#include "tracer/cli/solve_command.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "tracer/cli/files.hpp"
#include "tracer/cli/problem_file.hpp"
#include "tracer/formats/beamer.hpp"
#include "tracer/formats/html.hpp"
#include "tracer/formats/json.hpp"
#include "tracer/formats/latex.hpp"
#include "tracer/formats/markdown.hpp"
#include "tracer/formats/text.hpp"
#include "tracer/problem/solution.hpp"

namespace chalkgrad::cli {

namespace {

std::string render(const Solution& solution, const SolveOptions& options) {
  if (options.format == Format::json) return render_json(solution, options.sheet);
  const Sheet sheet = sheet_of(solution, options.sheet);
  const auto diagram = [&] {
    return make_diagram(solution,
                        {.numerals = options.sheet.numerals, .values = true, .gradients = true});
  };
  switch (options.format) {
    case Format::latex: return render_latex(sheet, {.fragment = options.fragment});
    case Format::html: return render_html(sheet, diagram());
    case Format::markdown: return render_markdown(sheet);
    case Format::beamer: return render_beamer(sheet, diagram());
    case Format::json:
    case Format::text: break;
  }
  return render_text(sheet, {.ascii = options.ascii});
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
    write_file(options.output, render(solution, options));
    report_findings(solution, source);
    return solution.all_expectations_hold() ? all_right : statement_wrong;
  });
}

}  // namespace chalkgrad::cli
