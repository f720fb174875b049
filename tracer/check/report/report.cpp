#include "tracer/check/report/report.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

namespace chalkgrad {

std::string_view verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::ok: return "ok";
    case Verdict::ok_digits: return "ok-digits";
    case Verdict::ok_carried: return "ok-carried";
    case Verdict::follows: return "follows";
    case Verdict::mis_copy: return "mis-copy";
    case Verdict::last_digit: return "last-digit";
    case Verdict::wrong: return "wrong";
    case Verdict::undecided: return "undecided";
    case Verdict::unreadable: break;
  }
  return "unreadable";
}

bool is_wrong(const Finding& finding) {
  return finding.verdict != Verdict::ok && finding.verdict != Verdict::ok_digits &&
         finding.verdict != Verdict::ok_carried;
}

std::string_view written(const FileReport& report, const Finding& finding, std::size_t most) {
  const std::string_view text = report.text;
  const auto within_character = [&](std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80;
  };
  std::size_t begin = finding.span.begin, end = finding.span.end;
  while (begin > 0 && within_character(begin)) --begin;
  while (within_character(end)) ++end;
  if (end - begin <= most) return text.substr(begin, end - begin);
  for (end = begin + most; end > begin && within_character(end);) --end;
  return text.substr(begin, end - begin);
}

Counts count(const FileReport& report) {
  Counts counts;
  for (const Finding& finding : report.findings)
    ++counts.of[static_cast<std::size_t>(finding.verdict)];
  return counts;
}

CheckStatus status_of(const FileReport& report, const CheckOptions& options) {
  const Counts counts = count(report);
  if (!report.failure.empty() || report.findings.empty()) return CheckStatus::unusable;
  if (counts[Verdict::unreadable] + counts[Verdict::undecided] > 0) return CheckStatus::unusable;
  if (!report.passed_over.empty()) return CheckStatus::unusable;
  const std::size_t off_by_one = options.accept_last_digit ? 0 : counts[Verdict::last_digit];
  const std::size_t wrong =
      counts[Verdict::wrong] + counts[Verdict::follows] + counts[Verdict::mis_copy] + off_by_one;
  return wrong > 0 ? CheckStatus::statement_wrong : CheckStatus::all_right;
}

std::string_view how_name(Earned::How how) {
  switch (how) {
    case Earned::How::right: return "right";
    case Earned::How::follows: return "follows";
    case Earned::How::wrong: return "wrong";
    case Earned::How::formula: return "formula only";
    case Earned::How::not_read: return "not read";
    case Earned::How::missing: return "missing";
  }
  return "";
}

std::string how_in_words(const Earned& earned) {
  std::string words(how_name(earned.how));
  if (earned.how == Earned::How::wrong) words += fmt::format(", line {}", earned.line);
  if (earned.how == Earned::How::not_read)
    words += fmt::format(", line{} {}", earned.lines_not_read.size() == 1 ? "" : "s",
                         fmt::join(earned.lines_not_read, ", "));
  return words;
}

PointsSum points_sum(const FileReport& report) {
  PointsSum sum;
  for (const Earned& one : report.earned) {
    sum.points += one.points;
    sum.of += one.of;
  }
  return sum;
}

std::string points_in_digits(double points) {
  constexpr double thousandths = 1000;
  return fmt::format("{}", std::round(points * thousandths) / thousandths);
}

}  // namespace chalkgrad
