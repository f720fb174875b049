#include "tracer/check/report/class_summary.hpp"
#include "tracer/check/report/formats.hpp"
#include "tracer/typesetting/csv_field.hpp"

#include <fmt/format.h>

#include "tracer/check/reading/answer.hpp"

namespace chalkgrad {

std::string report_as_csv(const std::vector<FileReport>& reports, const CheckOptions&) {
  std::string csv = "file,line,column,written,quantity,verdict,slip,message\n";
  for (const FileReport& report : reports) {
    LineIndex lines(report.text);
    for (const Finding& one : report.findings) {
      const auto place = lines.position(one.span.begin);
      csv += fmt::format("{},{},{},{},{},{},{},{}\n", csv_field(report.path), place.line,
                         place.column, csv_field(written(report, one)), csv_field(one.quantity),
                         verdict_name(one.verdict), one.slip, csv_field(one.message));
    }
    for (const Span& line : report.passed_over)
      csv += fmt::format("{},{},,,,not read,,\n", csv_field(report.path),
                         lines.position(line.begin).line);
    if (!report.failure.empty())
      csv += fmt::format("{},,,,,,,{}\n", csv_field(report.path), csv_field(report.failure));
  }
  return csv;
}

std::string summary_as_csv(const std::vector<FileReport>& reports, const CheckOptions&) {
  std::string csv = "mistake,slip,quantity,files,of\n";
  for (const ClassMistake& one : class_mistakes(reports))
    csv += fmt::format("{},{},{},{},{}\n", csv_field(one.what), one.slip, csv_field(one.quantity),
                       one.files, one.of);
  return csv;
}

}  // namespace chalkgrad
