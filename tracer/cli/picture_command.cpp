#include "tracer/cli/picture_command.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "tracer/cli/files.hpp"
#include "tracer/cli/problem_file.hpp"
#include "tracer/picture/diagram.hpp"
#include "tracer/problem/solution.hpp"

namespace chalkgrad::cli {

int run(const PictureCommand& options) {
  const Source source = read_source(options.problem, options.output);
  return with_diagnostics(source, [&] {
    const Solution solution = solve(read_problem(source, options.problem.seed));
    report_warnings(solution.problem, source, options.problem);
    Diagram diagram = make_diagram(solution, options.picture);
    if (diagram.nodes.empty())
      throw UsageError("there is nothing to draw: the problem defines no quantity");
    if (diagram.nodes.size() > most_nodes) {
      spdlog::warn(
          "{} nodes are more than a picture can show ({}): this is an outline of its layers, "
          "without "
          "numbers",
          diagram.nodes.size(), most_nodes);
      diagram = make_outline(diagram);
    }
    write_file(options.output, options.format->render(diagram, solution.problem.title));
    return all_right;
  });
}

}  // namespace chalkgrad::cli
