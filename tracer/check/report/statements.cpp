#include "tracer/check/report/statements.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "tracer/check/reading/answer.hpp"

namespace chalkgrad {

namespace {

/// How much a finding deserves to stand at the head of its statement.
int weight(Verdict verdict) {
  switch (verdict) {
    case Verdict::wrong: return 5;
    case Verdict::unreadable:
    case Verdict::undecided: return 4;
    case Verdict::mis_copy: return 3;
    case Verdict::last_digit: return 2;
    case Verdict::follows: return 1;
    default: return 0;
  }
}

std::vector<JudgedStatement> in_order_of_file(const FileReport& report) {
  std::vector<JudgedStatement> list;
  LineIndex lines(report.text);
  const std::vector<Finding>& findings = report.findings;
  for (std::size_t i = 0; i < findings.size();) {
    JudgedStatement one{.begin = i, .end = i + 1, .head = i};
    while (one.end < findings.size() && findings[one.end].statement == findings[i].statement &&
           findings[i].verdict != Verdict::unreadable)
      ++one.end;
    for (std::size_t at = i; at < one.end; ++at)
      if (weight(findings[at].verdict) > weight(findings[one.head].verdict)) one.head = at;
    one.line = lines.position(findings[one.head].span.begin).line;
    i = one.end;
    list.push_back(one);
  }
  return list;
}

}  // namespace

bool is_mistake(Verdict verdict) {
  return verdict == Verdict::wrong || verdict == Verdict::mis_copy ||
         verdict == Verdict::last_digit;
}

bool is_right(Verdict verdict) { return weight(verdict) == 0; }

JudgedStatements judged_statements(const FileReport& report) {
  JudgedStatements result;
  std::vector<JudgedStatement> following;
  for (JudgedStatement& one : in_order_of_file(report)) {
    const Verdict verdict = report.findings[one.head].verdict;
    auto& list = is_right(verdict)             ? result.right
                 : verdict == Verdict::follows ? following
                                               : result.marked;
    list.push_back(std::move(one));
  }
  std::map<std::size_t, JudgedStatement*> by_line;
  for (JudgedStatement& one : result.marked)
    if (is_mistake(report.findings[one.head].verdict)) by_line.emplace(one.line, &one);
  LineIndex lines(report.text);
  std::map<std::size_t, std::size_t> causes;  // by where they stand, to ask for them in order
  for (const JudgedStatement& one : following)
    if (const auto cause = report.findings[one.head].cause) causes.emplace(*cause, 0);
  for (auto& [offset, line] : causes) line = lines.position(offset).line;
  for (const JudgedStatement& one : following) {
    const auto cause = report.findings[one.head].cause;
    const auto found = cause ? by_line.find(causes.at(*cause)) : by_line.end();
    (found == by_line.end() ? result.following : found->second->followed_by).push_back(one.line);
  }
  const auto first = std::find_if(
      result.marked.begin(), result.marked.end(),
      [&](const JudgedStatement& one) { return is_mistake(report.findings[one.head].verdict); });
  if (first != result.marked.end()) std::rotate(result.marked.begin(), first, first + 1);
  return result;
}

std::string line_ranges(const std::vector<std::size_t>& lines) {
  std::vector<std::size_t> sorted = lines;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  std::vector<std::string> ranges;
  for (std::size_t i = 0; i < sorted.size();) {
    std::size_t end = i;
    while (end + 1 < sorted.size() && sorted[end + 1] == sorted[end] + 1) ++end;
    ranges.push_back(end > i + 1 ? fmt::format("{}–{}", sorted[i], sorted[end])
                                 : fmt::format("{}", sorted[i]));
    i = end > i + 1 ? end + 1 : i + 1;
  }
  std::string text;
  for (std::size_t i = 0; i < ranges.size(); ++i)
    text += (i == 0 ? "" : i + 1 == ranges.size() ? " and " : ", ") + ranges[i];
  return text;
}

std::string first_mistake_in_words(const FileReport& report, const JudgedStatements& statements) {
  if (statements.marked.empty()) return {};
  const JudgedStatement& first = statements.marked.front();
  const Finding& finding = report.findings[first.head];
  if (!is_mistake(finding.verdict)) return {};
  std::string text = fmt::format("the first mistake is in line {}", first.line);
  const bool part = !finding.place.empty() && !finding.place.starts_with("result");
  if (part) text += ", " + finding.place;
  if (!finding.subject.empty()) text += (part ? " of " : ", ") + finding.subject;
  const std::string_view message = finding.message;
  const bool sentence = message.ends_with('.');
  return message.empty()
             ? text
             : fmt::format("{}: {}", text, message.substr(0, message.size() - (sentence ? 1 : 0)));
}

std::string_view verdict_meaning(Verdict verdict) {
  switch (verdict) {
    case Verdict::ok: return "right";
    case Verdict::ok_digits: return "right, cut off instead of rounded";
    case Verdict::ok_carried: return "right with the rounded numbers it comes from";
    case Verdict::follows: return "right with a number that was wrong before";
    case Verdict::mis_copy: return "the right value, but not that of what stands before it";
    case Verdict::last_digit: return "the last digit is off by one";
    case Verdict::wrong: return "wrong";
    case Verdict::undecided: return "there is nothing to compare it with";
    case Verdict::unreadable: break;
  }
  return "could not be read, so it was not judged";
}

}  // namespace chalkgrad
