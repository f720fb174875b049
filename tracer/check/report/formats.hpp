#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tracer/check/report/report.hpp"

/// How a report is shown: for people, for machines, for a page. Each format has a file of its own
/// and reads the findings only.
namespace chalkgrad {

/// What is not plainly right, each with the line and a mark under the place; then a line of counts.
[[nodiscard]] std::string report_as_text(const FileReport& report, const CheckOptions& options);

/// The contract in docs/json.md: all links of all files, and the counts.
[[nodiscard]] std::string report_as_json(const std::vector<FileReport>& reports,
                                         const CheckOptions& options);

/// A heading and a table for each file.
[[nodiscard]] std::string report_as_markdown(const FileReport& report, const CheckOptions& options);

/// A page that shows the answer itself, line by line, with marks in place and what they mean.
[[nodiscard]] std::string report_as_html(const FileReport& report, const CheckOptions& options);
/// The pages one after the other.
[[nodiscard]] std::string reports_as_html(const std::vector<FileReport>& reports,
                                          const CheckOptions& options);

/// One line for each file, then totals, and which mistake was made how often.
[[nodiscard]] std::string summary_as_text(const std::vector<FileReport>& reports,
                                          const CheckOptions& options);
[[nodiscard]] std::string summary_as_markdown(const std::vector<FileReport>& reports,
                                              const CheckOptions& options);

[[nodiscard]] std::string summary_as_json(const std::vector<FileReport>& reports,
                                          const CheckOptions& options);
[[nodiscard]] std::string summary_as_html(const std::vector<FileReport>& reports,
                                          const CheckOptions& options);
/// A table for spreadsheets: a line for each finding; of the summary, for each mistake.
[[nodiscard]] std::string report_as_csv(const std::vector<FileReport>& reports,
                                        const CheckOptions& options);
[[nodiscard]] std::string summary_as_csv(const std::vector<FileReport>& reports,
                                         const CheckOptions& options);

/// "12 links: 9 ok, 2 ok-digits, 1 wrong"; "nothing to check".
[[nodiscard]] std::string counts_in_words(const FileReport& report);

/// "2 lines with numbers were not read: lines 4, 7".
[[nodiscard]] std::string passed_over_in_words(const FileReport& report);

struct ReportFormat {
  std::string_view name;    ///< as in --format
  std::string_view suffix;  ///< of its files: ".md"
  /// A report by itself, as soon as it is there; none: all come together in the end.
  std::string (*one)(const FileReport& report, const CheckOptions& options);
  /// All reports together; none: one after the other.
  std::string (*all)(const std::vector<FileReport>& reports, const CheckOptions& options);
  /// A class at a glance.
  std::string (*summary)(const std::vector<FileReport>& reports, const CheckOptions& options);
};

/// All of them; the first is the default.
[[nodiscard]] std::span<const ReportFormat> report_formats();

}  // namespace chalkgrad
