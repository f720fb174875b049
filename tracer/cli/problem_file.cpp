#include "tracer/cli/problem_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tracer/cli/files.hpp"

namespace chalkgrad::cli {

Source read_source(const ProblemOptions& options, const std::string& output) {
  if (is_same_file(options.file, output))
    throw FileError(fmt::format("'{}' would be overwritten by its own sheet", options.file));
  Source source(options.file == "-" ? "<stdin>" : options.file, read_file(options.file));
  for (const std::string& setting : options.settings) source.add_setting("--set", setting);
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

void report_warnings(const Problem& problem, const Source& source) {
  for (const Diagnostic& warning : problem.warnings)
    fmt::print(stderr, "{}", describe(warning, source));
}

}  // namespace chalkgrad::cli
