#include <fmt/format.h>

#include <algorithm>

#include "tracer/check/reading/answer.hpp"
#include "tracer/check/report/class_summary.hpp"
#include "tracer/check/report/formats.hpp"
#include "tracer/check/report/statements.hpp"
#include "tracer/expression/markup.hpp"

namespace chalkgrad {

namespace {

constexpr std::string_view style_of_report = R"(
body { font: 11pt/1.5 Georgia, serif; max-width: 62em; margin: 2em auto; padding: 0 1em; }
pre { font: 9.5pt/1.5 "DejaVu Sans Mono", monospace; white-space: pre; overflow-x: auto; }
pre .number { color: #767676; user-select: none; }
mark { background: #ffe9a8; color: inherit; } mark.wrong { background: #ffd0c8; font-weight: bold; }
pre .said { color: #8a1c0a; } table { border-collapse: collapse; }
th, td { text-align: left; padding: 0.1em 1em 0.1em 0; } th { border-bottom: 1px solid; }
article + article { break-before: page; }
)";

/// The answer of one file with marks in it.
class MarkedAnswer {
 public:
  explicit MarkedAnswer(const FileReport& report) : report_(report) {
    for (const Finding& one : report.findings)
      if (!is_right(one.verdict)) marked_.push_back(&one);
    std::stable_sort(marked_.begin(), marked_.end(), [](const Finding* a, const Finding* b) {
      return a->span.begin < b->span.begin;
    });
  }

  std::string run() {
    text_ = "<pre>\n";
    const std::string_view answer = report_.text;
    std::size_t number = 1;
    for (std::size_t begin = 0; begin < answer.size(); ++number) {
      const std::size_t end = std::min(answer.find('\n', begin), answer.size());
      text_ += fmt::format("<span class=\"number\">{:>4}</span>  ", number);
      add_line(begin, end);
      begin = end + 1;
    }
    return text_ + "</pre>\n";
  }

 private:
  /// The line, then what is said of its marks.
  void add_line(std::size_t begin, std::size_t end) {
    const std::string_view answer = report_.text;
    std::string said;
    std::size_t at = begin;
    for (; next_ < marked_.size() && marked_[next_]->span.begin < end; ++next_) {
      const Finding& one = *marked_[next_];
      const std::size_t first = std::max(one.span.begin, at);
      const std::size_t last = std::clamp(one.span.end, first, end);
      text_ += markup_text(answer.substr(at, first - at));
      if (last > first)
        text_ += fmt::format("<mark{}>{}</mark>", is_mistake(one.verdict) ? " class=\"wrong\"" : "",
                             markup_text(answer.substr(first, last - first)));
      at = last;
      said += fmt::format("      <span class=\"said\">{}{}</span>\n", verdict_name(one.verdict),
                          one.message.empty() ? "" : ": " + markup_text(one.message));
    }
    text_ += markup_text(answer.substr(at, end - at)) + "\n" + said;
  }

  const FileReport& report_;
  std::vector<const Finding*> marked_;
  std::size_t next_ = 0;
  std::string text_;
};

std::string capitalised(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') text.front() += 'A' - 'a';
  return text;
}

std::string points_in_html(const FileReport& report) {
  if (report.earned.empty()) return {};
  std::string text = "<table>\n<tr><th>quantity</th><th>points</th><th>of</th><th></th></tr>\n";
  for (const Earned& one : report.earned)
    text += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                        markup_text(one.quantity), points_in_digits(one.points),
                        points_in_digits(one.of), how_in_words(one));
  const PointsSum sum = points_sum(report);
  return text + fmt::format("</table>\n<p><strong>{} of {} points</strong></p>\n",
                            points_in_digits(sum.points), points_in_digits(sum.of));
}

std::string article(const FileReport& report) {
  const std::string_view path = report.path;
  const std::string_view file = path.substr(path.rfind('/') + 1);  // all of it without a slash
  std::string text = fmt::format("<article>\n<h1>{}</h1>\n",
                                 markup_text(report.student.empty() ? file : report.student));
  if (!report.failure.empty())
    return text + fmt::format("<p>{}</p>\n</article>\n", markup_text(report.failure));
  if (!report.variant.empty())
    text += fmt::format("<p>Variant {}{}</p>\n", markup_text(report.variant),
                        report.student.empty() ? "" : ": " + markup_text(file));
  for (const std::string& one : report.conventions)
    text += fmt::format("<p>{}</p>\n", markup_text(one));
  const std::string first = first_mistake_in_words(report, judged_statements(report));
  if (!first.empty()) text += fmt::format("<p>{}.</p>\n", markup_text(capitalised(first)));
  text += MarkedAnswer(report).run();
  text += fmt::format("<p>{}</p>\n", markup_text(counts_in_words(report)));
  if (!report.passed_over.empty())
    text += fmt::format("<p>{}</p>\n", markup_text(passed_over_in_words(report)));
  return text + points_in_html(report) + "</article>\n";
}

}  // namespace

namespace {

std::string page_of(const std::string& body) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<title>Marked answers</title>\n<style>{}</style>\n</head>\n<body>\n{}</body>\n</html>\n",
      style_of_report, body);
}

}  // namespace

std::string reports_as_html(const std::vector<FileReport>& reports, const CheckOptions&) {
  std::string text;
  for (const FileReport& one : reports) text += article(one);
  return page_of(text);
}

std::string report_as_html(const FileReport& report, const CheckOptions& options) {
  return reports_as_html({report}, options);
}

std::string summary_as_html(const std::vector<FileReport>& reports, const CheckOptions&) {
  std::string text = "<table>\n<tr><th>file</th><th></th></tr>\n";
  for (const FileReport& one : reports)
    text += fmt::format("<tr><td>{}</td><td>{}</td></tr>\n", markup_text(one.path),
                        markup_text(counts_in_words(one)));
  text += "</table>\n<table>\n<tr><th>mistake</th><th>quantity</th><th>files</th></tr>\n";
  for (const ClassMistake& one : class_mistakes(reports))
    text += fmt::format("<tr><td>{}</td><td>{}</td><td>{} of {}</td></tr>\n", markup_text(one.what),
                        markup_text(one.quantity), one.files, one.of);
  return page_of(text + "</table>\n");
}

}  // namespace chalkgrad
