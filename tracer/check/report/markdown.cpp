#include <fmt/format.h>

#include "tracer/check/reading/answer.hpp"
#include "tracer/check/report/class_summary.hpp"
#include "tracer/check/report/formats.hpp"
#include "tracer/check/report/statements.hpp"
#include "tracer/problem/excerpt.hpp"

namespace chalkgrad {

namespace {

/// Text that stands in a cell of a table as it is.
std::string in_table_cell(std::string_view text) {
  std::string result;
  for (const char c : printable(text)) {
    if (c == '|' || c == '\\' || c == '*' || c == '_' || c == '<' || c == '`') result += '\\';
    result += c;
  }
  return result;
}

std::string code(std::string_view text) {
  std::string inside;
  for (const char c : printable(text)) inside += c == '`' ? '\'' : c;
  // A bar divides cells even in code.
  for (auto at = inside.find('|'); at != std::string::npos; at = inside.find('|', at + 2))
    inside.insert(at, "\\");
  return "`" + inside + "`";
}

}  // namespace

namespace {

std::string points_table_in_markdown(const FileReport& report) {
  if (report.earned.empty()) return {};
  std::string text = "\n| quantity | points | of | |\n|----------|-------:|---:|---|\n";
  for (const Earned& one : report.earned)
    text += fmt::format("| {} | {} | {} | {} |\n", in_table_cell(one.quantity),
                        points_in_digits(one.points), points_in_digits(one.of), how_in_words(one));
  const PointsSum sum = points_sum(report);
  return text + fmt::format("\n**{} of {} points**\n", points_in_digits(sum.points),
                            points_in_digits(sum.of));
}

}  // namespace

namespace {

/// What the verdicts mean that occur.
std::string legend(const FileReport& report) {
  const Counts counts = count(report);
  std::string text;
  for (std::size_t i = 0; i < verdict_count; ++i) {
    const auto verdict = static_cast<Verdict>(i);
    if (counts[verdict] == 0) continue;
    const std::string_view name = verdict_name(verdict), meaning = verdict_meaning(verdict);
    if (name != meaning) text += fmt::format("{}{}: {}", text.empty() ? "\n" : "; ", name, meaning);
  }
  return text.empty() ? text : text + ".\n";
}

}  // namespace

std::string report_as_markdown(const FileReport& report, const CheckOptions& options) {
  std::string text =
      fmt::format("## {}\n\n{}\n", in_table_cell(report.path), counts_in_words(report));
  if (!report.variant.empty())
    text += fmt::format("\nvariant {}{}\n", report.variant,
                        report.student.empty() ? "" : ", " + in_table_cell(report.student));
  for (const std::string& one : report.conventions) text += "\n" + one + "\n";
  const std::string first = first_mistake_in_words(report, judged_statements(report));
  if (!first.empty()) text += "\n" + in_table_cell(first) + "\n";
  LineIndex lines(report.text);
  bool head = false;
  for (const Finding& finding : report.findings) {
    if (is_right(finding.verdict) && !options.list_all) continue;
    if (!head) text += "\n| line | written | verdict | |\n|-----:|---------|---------|---|\n";
    head = true;
    constexpr std::size_t most = 80;
    const std::string place = finding.place.empty() ? "" : in_table_cell(finding.place) + ": ";
    text += fmt::format("| {} | {} | {} | {}{} |\n", lines.position(finding.span.begin).line,
                        code(written(report, finding, most)), verdict_name(finding.verdict),
                        finding.message.empty() ? "" : place, in_table_cell(finding.message));
  }
  if (!report.passed_over.empty()) text += "\n" + passed_over_in_words(report) + "\n";
  for (const Echo& echo : report.echoes) {
    if (&echo == report.echoes.data()) text += "\nRead as:\n\n";
    text +=
        fmt::format("- line {}: {}\n", lines.position(echo.span.begin).line, code(echo.reading));
  }
  return text + points_table_in_markdown(report) + legend(report) + "\n";
}

std::string summary_as_markdown(const std::vector<FileReport>& reports,
                                const CheckOptions& options) {
  std::string text = "| file | |\n|------|---|\n";
  for (const FileReport& report : reports)
    text += fmt::format("| {} | {} |\n", in_table_cell(report.path),
                        in_table_cell(counts_in_words(report)));
  const std::string all = summary_as_text(reports, options);
  const auto last = all.rfind('\n', all.size() - 2);
  text += "\n" + all.substr(last == std::string::npos ? 0 : last + 1);
  bool heading = true;
  for (const ClassMistake& one : class_mistakes(reports)) {
    if (heading) text += "\n| mistake | quantity | files |\n|---------|----------|------:|\n";
    heading = false;
    text += fmt::format("| {} | {} | {} of {} |\n", in_table_cell(one.what),
                        in_table_cell(one.quantity), one.files, one.of);
  }
  return text;
}

}  // namespace chalkgrad
