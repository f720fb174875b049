#include "tracer/cli/check_command.hpp"

#include <spdlog/spdlog.h>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "tracer/cli/files.hpp"
#include "tracer/cli/problem_file.hpp"
#include "tracer/exercise/marking.hpp"

namespace chalkgrad::cli {

namespace {

FileReport check_file(ClassMarker& marker, const std::string& path) {
  const std::string name = path == "-" ? "<stdin>" : path;
  try {
    return marker.mark(name, read_file(path));
  } catch (const FileError& error) {
    FileReport report;
    report.path = name;
    report.failure = error.what();
    return report;
  }
}

/// anna.html for answers/anna.txt; where two answers have one name, anna-2.html.
std::vector<Output> feedback_pages(const std::vector<FileReport>& reports,
                                   const CheckOptions& options) {
  std::map<std::string, int> seen;
  std::vector<Output> pages;
  for (const FileReport& report : reports) {
    std::string name = std::filesystem::path(report.path).stem().string();
    if (!report.variant.empty() && report.path.find(report.variant) == std::string::npos)
      name += "-" + report.variant;
    const int times = ++seen[name];
    if (times > 1) name += fmt::format("-{}", times);
    pages.push_back({name + ".html", report_as_html(report, options)});
  }
  return pages;
}

/// What goes into files of its own once every answer is marked.
void write_class(const CheckCommand& command, const std::vector<FileReport>& reports) {
  if (!command.feedback.empty())
    write_directory(command.feedback, feedback_pages(reports, command.check));
  if (!command.grades.empty()) write_file(command.grades, grades_as_csv(reports));
}

void refuse_standard_input_twice(const CheckCommand& command) {
  const auto count = std::count(command.answers.begin(), command.answers.end(), "-") +
                     (command.problem.file == "-" ? 1 : 0);
  if (count > 1) throw UsageError("standard input can be read only once");
}

/// A table that is written over is an earlier one; what is marked is never lost. A second run over
/// answers/* meets the table of the first if it stands among them.
void refuse_grades_over_inputs(const CheckCommand& command) {
  std::vector<std::string> inputs = command.answers;
  inputs.insert(inputs.begin(), {command.problem.file, command.variants});
  for (const std::string& input : inputs)
    if (is_same_file(input, command.grades))
      throw FileError(fmt::format("'{}' would be overwritten by the table of grades", input));
}

}  // namespace

int run(const CheckCommand& command) {
  refuse_standard_input_twice(command);
  refuse_grades_over_inputs(command);
  const Source source = read_source(command.problem, "-");
  std::vector<Variant> variants;
  if (!command.variants.empty())
    variants = read_variants(read_file(command.variants), command.variants);
  if (!command.feedback.empty()) refuse_directory_in_use(command.feedback);
  return with_diagnostics(source, [&] {
    const Problem problem = read_problem(source, command.problem.seed);
    report_warnings(problem, source, command.problem);
    if (!variants.empty() && !problem.has_random_numbers)
      spdlog::warn("the problem has no random(...): all variants are alike");
    ClassMarker marker(source, variants, command.problem.seed, command.check, command.points);
    const bool at_the_end = command.summary || command.format->one == nullptr;
    const bool keeps = !command.grades.empty() || !command.feedback.empty();
    CheckStatus status = CheckStatus::all_right;
    std::vector<FileReport> reports;
    for (const std::string& path : command.answers) {
      FileReport report = check_file(marker, path);
      spdlog::debug("{}: {}", report.path, counts_in_words(report));
      status = std::max(status, status_of(report, command.check));
      // One by one, so that a class of files needs little memory.
      if (!at_the_end) write_file("-", command.format->one(report, command.check));
      if (!at_the_end && !keeps) continue;
      if (command.format->one != nullptr && command.feedback.empty()) report.text.clear();
      reports.push_back(std::move(report));
    }
    if (at_the_end) {
      const auto together = command.summary ? command.format->summary : command.format->all;
      write_file("-", together(reports, command.check));
    }
    write_class(command, reports);
    return static_cast<int>(status);
  });
}

}  // namespace chalkgrad::cli
