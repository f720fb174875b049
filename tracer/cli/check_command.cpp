#include "tracer/cli/check_command.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "tracer/check/check.hpp"
#include "tracer/cli/files.hpp"
#include "tracer/cli/problem_file.hpp"
#include "tracer/problem/solution.hpp"

namespace chalkgrad::cli {

namespace {

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
    report_warnings(solution.problem, source, command.problem);
    Checker checker(solution, command.check);
    const bool at_the_end = command.summary || command.format->one == nullptr;
    CheckStatus status = CheckStatus::all_right;
    std::vector<FileReport> reports;
    for (const std::string& path : command.answers) {
      FileReport report = check_file(checker, path);
      spdlog::debug("{}: {}", report.path, counts_in_words(report));
      status = std::max(status, status_of(report, command.check));
      if (!at_the_end) {  // one by one, so that a class of files needs little memory
        write_file("-", command.format->one(report, command.check));
        continue;
      }
      if (command.format->one != nullptr) report.text.clear();
      reports.push_back(std::move(report));
    }
    if (at_the_end) write_file("-", command.format->all(reports, command.check));
    return static_cast<int>(status);
  });
}

}  // namespace chalkgrad::cli
