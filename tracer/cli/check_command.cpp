#include "tracer/cli/check_command.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "tracer/check/check.hpp"
#include "tracer/check/report/formats.hpp"
#include "tracer/cli/files.hpp"
#include "tracer/cli/problem_file.hpp"
#include "tracer/problem/solution.hpp"

namespace chalkgrad::cli {

namespace {

using ReportFormat = CheckCommand::Format;

FileReport check_file(Checker& checker, const std::string& path) {
  const std::string name = path == "-" ? "<stdin>" : path;
  try {
    return checker.check(name, read_file(path));
  } catch (const FileError& error) {
    FileReport report;
    report.path = name;
    report.failure = error.what();
    return report;
  }
}

/// Reports that can be shown one by one are, so that a class of files needs little memory.
void show(const FileReport& report, const CheckCommand& command) {
  write_file("-", command.format == ReportFormat::markdown
                      ? report_as_markdown(report, command.check)
                      : report_as_text(report, command.check));
}

void show_all(const std::vector<FileReport>& reports, const CheckCommand& command) {
  switch (command.format) {
    case ReportFormat::json: return write_file("-", report_as_json(reports, command.check));
    case ReportFormat::markdown:
      return write_file("-", summary_as_markdown(reports, command.check));
    case ReportFormat::text: break;
  }
  write_file("-", summary_as_text(reports, command.check));
}

void refuse_standard_input_twice(const CheckCommand& command) {
  const auto count = std::count(command.answers.begin(), command.answers.end(), "-") +
                     (command.problem.file == "-" ? 1 : 0);
  if (count > 1) throw UsageError("standard input can be read only once");
}

}  // namespace

int run(const CheckCommand& command) {
  refuse_standard_input_twice(command);
  const Source source = read_source(command.problem, "-");
  return with_diagnostics(source, [&] {
    const Solution solution = solve(read_problem(source, command.problem.seed));
    report_warnings(solution.problem, source);
    Checker checker(solution, command.check);
    const bool at_the_end = command.summary || command.format == ReportFormat::json;
    CheckStatus status = CheckStatus::all_right;
    std::vector<FileReport> reports;
    for (const std::string& path : command.answers) {
      FileReport report = check_file(checker, path);
      spdlog::debug("{}: {}", report.path, counts_in_words(report));
      status = std::max(status, status_of(report, command.check));
      if (!at_the_end) {
        show(report, command);
        continue;
      }
      if (command.format != ReportFormat::json) report.text.clear();
      reports.push_back(std::move(report));
    }
    if (at_the_end) show_all(reports, command);
    return static_cast<int>(status);
  });
}

}  // namespace chalkgrad::cli
