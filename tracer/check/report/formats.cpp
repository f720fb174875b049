#include "tracer/check/report/formats.hpp"

#include <array>

namespace chalkgrad {

std::span<const ReportFormat> report_formats() {
  static constexpr std::array table = {
      ReportFormat{"text", ".txt", report_as_text, nullptr, summary_as_text},
      ReportFormat{"json", ".json", nullptr, report_as_json, summary_as_json},
      ReportFormat{"markdown", ".md", report_as_markdown, nullptr, summary_as_markdown},
      ReportFormat{"html", ".html", nullptr, reports_as_html, summary_as_html},
      ReportFormat{"csv", ".csv", nullptr, report_as_csv, summary_as_csv}};
  return table;
}

}  // namespace chalkgrad
