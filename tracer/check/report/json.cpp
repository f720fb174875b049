#include <cmath>
#include <nlohmann/json.hpp>

#include "tracer/check/reading/answer.hpp"
#include "tracer/check/report/class_summary.hpp"
#include "tracer/check/report/formats.hpp"

namespace chalkgrad {

namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json link_json(const Finding& finding, const FileReport& report, LineIndex& lines,
               const CheckOptions& options) {
  const auto place = lines.position(finding.span.begin);
  const bool shown = options.show_answers && std::isfinite(finding.value);
  return {
      {"line", place.line},
      {"column", place.column},
      {"written", written(report, finding)},
      {"reading", text_or_null(finding.reading)},
      {"quantity", text_or_null(finding.quantity)},
      {"value", shown ? Json(finding.value) : Json(nullptr)},
      {"verdict", verdict_name(finding.verdict)},
      {"slip", text_or_null(finding.slip)},
      {"message", finding.message},
      {"formula", text_or_null(finding.formula)},
      {"follows_from", finding.cause ? Json(lines.position(*finding.cause).line) : Json(nullptr)}};
}

Json points_json(const FileReport& report) {
  Json parts = Json::array();
  for (const Earned& one : report.earned)
    parts.push_back({{"quantity", one.quantity},
                     {"points", one.points},
                     {"of", one.of},
                     {"how", how_name(one.how)},
                     {"line", one.line == 0 ? Json(nullptr) : Json(one.line)},
                     {"lines_not_read", one.lines_not_read}});
  const PointsSum sum = points_sum(report);
  return {{"points", sum.points}, {"of", sum.of}, {"parts", std::move(parts)}};
}

Json counts_json(const Counts& counts) {
  Json json = Json::object();
  for (std::size_t i = 0; i < verdict_count; ++i)
    json[std::string(verdict_name(static_cast<Verdict>(i)))] = counts.of[i];
  return json;
}

Counts all_counts(const std::vector<FileReport>& reports) {
  Counts all;
  for (const FileReport& report : reports) {
    const Counts counts = count(report);
    for (std::size_t i = 0; i < verdict_count; ++i) all.of[i] += counts.of[i];
  }
  return all;
}

Json mistakes_json(const std::vector<FileReport>& reports) {
  Json list = Json::array();
  for (const ClassMistake& one : class_mistakes(reports))
    list.push_back({{"quantity", text_or_null(one.quantity)},
                    {"slip", text_or_null(one.slip)},
                    {"what", one.what},
                    {"files", one.files},
                    {"of", one.of}});
  return list;
}

Json file_json(const FileReport& report, const CheckOptions& options) {
  LineIndex lines(report.text);
  Json file = {{"path", report.path},
               {"status", static_cast<int>(status_of(report, options))},
               {"links", Json::array()}};
  if (!report.failure.empty()) file["error"] = report.failure;
  if (!report.variant.empty()) file["variant"] = report.variant;
  if (!report.student.empty()) file["student"] = report.student;
  if (!report.earned.empty()) file["points"] = points_json(report);
  file["conventions"] = report.conventions;
  file["not_read"] = Json::array();
  for (const Span& line : report.passed_over)
    file["not_read"].push_back(lines.position(line.begin).line);
  for (const Finding& finding : report.findings)
    file["links"].push_back(link_json(finding, report, lines, options));
  return file;
}

/// What is not UTF-8 in a file becomes U+FFFD.
std::string written_out(const Json& root) {
  return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string report_as_json(const std::vector<FileReport>& reports, const CheckOptions& options) {
  Json root = {{"version", 1}, {"files", Json::array()}};
  for (const FileReport& report : reports) root["files"].push_back(file_json(report, options));
  root["counts"] = counts_json(all_counts(reports));
  root["mistakes"] = mistakes_json(reports);
  return written_out(root);
}

std::string summary_as_json(const std::vector<FileReport>& reports, const CheckOptions& options) {
  Json root = {{"version", 1}, {"files", Json::array()}};
  for (const FileReport& report : reports) {
    Json file = {{"path", report.path},
                 {"status", static_cast<int>(status_of(report, options))},
                 {"counts", counts_json(count(report))}};
    if (!report.failure.empty()) file["error"] = report.failure;
    root["files"].push_back(std::move(file));
  }
  root["counts"] = counts_json(all_counts(reports));
  root["mistakes"] = mistakes_json(reports);
  return written_out(root);
}

}  // namespace chalkgrad
