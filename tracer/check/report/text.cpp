#include <fmt/format.h>

#include <algorithm>

#include "tracer/check/reading/answer.hpp"
#include "tracer/check/report/class_summary.hpp"
#include "tracer/check/report/formats.hpp"
#include "tracer/check/report/statements.hpp"
#include "tracer/expression/utf8.hpp"
#include "tracer/problem/excerpt.hpp"

namespace chalkgrad {

namespace {

class TextReport {
 public:
  TextReport(const FileReport& report, const CheckOptions& options)
      : report_(report), options_(options), lines_(report.text) {}

  std::string run() {
    if (!report_.failure.empty())
      return fmt::format("{}: error: {}\n", report_.path, report_.failure);
    if (!report_.variant.empty())
      text_ += fmt::format("{}: variant {}{}\n", report_.path, report_.variant,
                           report_.student.empty() ? "" : ", " + report_.student);
    for (const std::string& one : report_.conventions)
      text_ += fmt::format("{}: {}\n", report_.path, one);
    for (const Echo& echo : report_.echoes) add_echo(echo);
    add_findings();
    add_passed_over();
    text_ += fmt::format("{}: {}\n", report_.path, counts_in_words(report_));
    add_points();
    return std::move(text_);
  }

 private:
  /// What is right is counted, not listed, unless that was asked for.
  void add_findings() {
    const JudgedStatements statements = judged_statements(report_);
    const std::string first = first_mistake_in_words(report_, statements);
    if (!first.empty() && statements.marked.size() > 1)
      text_ += fmt::format("{}: {}\n", report_.path, first);
    for (const JudgedStatement& one : statements.marked) {
      add_statement(one);
      if (!one.followed_by.empty())
        add_following(one.followed_by, one.followed_by.size() == 1 ? "follows from it, and is"
                                                                   : "follow from it, and are");
    }
    if (!statements.following.empty())
      add_following(statements.following, statements.following.size() == 1
                                              ? "follows from something wrong above, and is"
                                              : "follow from something wrong above, and are");
    if (options_.list_all)
      for (const JudgedStatement& one : statements.right) add_right(one);
  }

  void add_following(const std::vector<std::size_t>& lines, std::string_view how) {
    const std::string ranges = line_ranges(lines);
    const bool one = ranges.find_first_not_of("0123456789") == std::string::npos;
    text_ += fmt::format("{}: line{} {} {} otherwise right\n", report_.path, one ? "" : "s", ranges,
                         how);
  }

  void add_right(const JudgedStatement& statement) {
    for (std::size_t i = statement.begin; i < statement.end; ++i) {
      const Finding& finding = report_.findings[i];
      text_ += fmt::format("{}: {}{}\n", heading(finding), verdict_name(finding.verdict),
                           finding.message.empty() ? "" : ", " + finding.message);
    }
  }

  void add_points() {
    if (report_.earned.empty()) return;
    const PointsSum sum = points_sum(report_);
    text_ += fmt::format("{}: {} of {} points\n", report_.path, points_in_digits(sum.points),
                         points_in_digits(sum.of));
    std::size_t widest = 0;
    for (const Earned& one : report_.earned)
      widest = std::max(widest, utf8::display_width(one.quantity));
    for (const Earned& one : report_.earned) {
      const std::string room(widest - utf8::display_width(one.quantity), ' ');
      text_ += fmt::format("  {}{}  {} of {}", one.quantity, room, points_in_digits(one.points),
                           points_in_digits(one.of));
      if (one.how != Earned::How::right) text_ += "  " + how_in_words(one);
      text_ += '\n';
    }
  }

  void add_passed_over() {
    if (report_.passed_over.empty()) return;
    text_ += fmt::format("{}: {}\n", report_.path, passed_over_in_words(report_));
  }

  void add_echo(const Echo& echo) {
    text_ += fmt::format("{}:{}: read as {}\n", report_.path, lines_.position(echo.span.begin).line,
                         echo.reading);
  }

  /// The worst of its findings with the line and a mark, then the others that are not plainly
  /// right.
  void add_statement(const JudgedStatement& statement) {
    const Finding& worst = report_.findings[statement.head];
    text_ += fmt::format("{}: {}\n", heading(worst), verdict_name(worst.verdict));
    const Span line = lines_.line_around(worst.span.begin);
    text_ += excerpt(std::string_view(report_.text).substr(line.begin, line.end - line.begin),
                     {worst.span.begin - line.begin, worst.span.end - line.begin}, worst.message,
                     "    ");
    for (std::size_t i = statement.begin; i < statement.end; ++i) {
      const Finding& finding = report_.findings[i];
      if (i == statement.head || finding.verdict == Verdict::ok) continue;
      const char* joint = finding.verdict == Verdict::mis_copy ? "." : ",";
      text_ += fmt::format("  {}: {}{}\n", short_place(finding), verdict_name(finding.verdict),
                           finding.message.empty() ? "" : joint + (" " + finding.message));
    }
  }

  /// merceron.txt:12: dE/dw5, factor 2 of 3 (∂out_o1/∂net_o1)
  std::string heading(const Finding& finding) {
    std::string text = fmt::format("{}:{}", report_.path, lines_.position(finding.span.begin).line);
    if (finding.verdict == Verdict::unreadable)
      return text + fmt::format(":{}", lines_.position(finding.span.begin).column);
    const bool part = !finding.place.empty() && !finding.place.starts_with("result");
    if (!finding.subject.empty()) text += ": " + finding.subject;
    if (part) {
      text += (finding.subject.empty() ? ": " : ", ") + finding.place;
      if (finding.quantity != finding.subject) text += " (" + finding.quantity + ")";
    }
    return text;
  }

  /// factor 3; result 0.0821; or what was written.
  std::string short_place(const Finding& finding) const {
    const auto of = finding.place.find(" of ");
    if (!finding.place.empty()) return finding.place.substr(0, of);
    constexpr std::size_t most = 40;
    return printable(written(report_, finding, most));
  }

  const FileReport& report_;
  const CheckOptions& options_;
  LineIndex lines_;
  std::string text_;
};

std::string totals(const Counts& counts) {
  std::string text;
  for (std::size_t i = 0; i < verdict_count; ++i)
    if (counts.of[i] > 0)
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", counts.of[i],
                          verdict_name(static_cast<Verdict>(i)));
  return text;
}

}  // namespace

std::string counts_in_words(const FileReport& report) {
  if (!report.failure.empty()) return report.failure;
  std::string text = report.findings.empty() ? "nothing to check" : totals(count(report));
  if (const std::size_t lines = report.passed_over.size(); lines > 0)
    text += fmt::format(", {} line{} not read", lines, lines == 1 ? "" : "s");
  return text;
}

std::string passed_over_in_words(const FileReport& report) {
  constexpr std::size_t most = 20;
  LineIndex lines(report.text);
  const std::size_t count = report.passed_over.size();
  std::string numbers;
  for (std::size_t i = 0; i < count && i < most; ++i)
    numbers +=
        fmt::format("{}{}", i == 0 ? "" : ", ", lines.position(report.passed_over[i].begin).line);
  return fmt::format("{} line{} with numbers {} not read: line{} {}{}", count,
                     count == 1 ? "" : "s", count == 1 ? "was" : "were", count == 1 ? "" : "s",
                     numbers, count > most ? ", …" : "");
}

std::string report_as_text(const FileReport& report, const CheckOptions& options) {
  return TextReport(report, options).run();
}

std::string summary_as_text(const std::vector<FileReport>& reports, const CheckOptions& options) {
  std::string text;
  Counts all;
  std::size_t right = 0, wrong = 0, unusable = 0;
  for (const FileReport& report : reports) {
    text += fmt::format("{}: {}\n", report.path, counts_in_words(report));
    const Counts counts = count(report);
    for (std::size_t i = 0; i < verdict_count; ++i) all.of[i] += counts.of[i];
    switch (status_of(report, options)) {
      case CheckStatus::all_right: ++right; break;
      case CheckStatus::statement_wrong: ++wrong; break;
      case CheckStatus::unusable: ++unusable; break;
    }
  }
  const std::string counted = totals(all);
  text += fmt::format("{} file{}: {} all right, {} with mistakes, {} not decided{}{}\n",
                      reports.size(), reports.size() == 1 ? "" : "s", right, wrong, unusable,
                      counted.empty() ? "" : "; ", counted);
  for (const ClassMistake& one : class_mistakes(reports))
    text += fmt::format("  {}\n", in_words(one));
  return text;
}

}  // namespace chalkgrad
