#include "tracer/check/report/formats.hpp"

#include <array>

namespace chalkgrad {

std::span<const ReportFormat> report_formats() {
  static constexpr std::array table = {
      ReportFormat{"text", ".txt", report_as_text, summary_as_text},
      ReportFormat{"json", ".json", nullptr, report_as_json},
      ReportFormat{"markdown", ".md", report_as_markdown, summary_as_markdown},
      ReportFormat{"html", ".html", nullptr, reports_as_html}};
  return table;
}

}  // namespace chalkgrad
