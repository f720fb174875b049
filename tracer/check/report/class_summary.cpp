#include "tracer/check/report/class_summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "tracer/check/report/slip_kinds.hpp"
#include "tracer/check/report/statements.hpp"

namespace chalkgrad {

namespace {

std::string what_happened(const Finding& finding) {
  if (const SlipKind* kind = find_slip_kind(finding.slip)) return std::string(kind->title);
  switch (finding.verdict) {
    case Verdict::mis_copy: return "a result that is not the line's";
    case Verdict::last_digit: return "the last digit";
    default: return "wrong";
  }
}

}  // namespace

std::vector<ClassMistake> class_mistakes(const std::vector<FileReport>& reports) {
  std::vector<ClassMistake> list;
  std::map<std::pair<std::string, std::string>, std::size_t> places;
  std::map<std::string, std::size_t> files_with;
  for (const FileReport& report : reports) {
    std::set<std::size_t> made;
    std::set<std::string> quantities;
    for (const Finding& finding : report.findings) {
      if (finding.verdict == Verdict::unreadable) continue;
      quantities.insert(finding.quantity);
      if (!is_mistake(finding.verdict)) continue;
      const std::string what = what_happened(finding);
      const auto [place, added] = places.try_emplace({finding.quantity, what}, list.size());
      if (added) list.push_back({finding.quantity, finding.slip, what});
      made.insert(place->second);
    }
    for (const std::size_t one : made) ++list[one].files;
    for (const std::string& one : quantities) ++files_with[one];
  }
  for (ClassMistake& one : list) one.of = files_with[one.quantity];
  std::stable_sort(list.begin(), list.end(),
                   [](const ClassMistake& a, const ClassMistake& b) { return a.files > b.files; });
  return list;
}

std::string in_words(const ClassMistake& mistake) {
  return fmt::format("{}{}: {} of {}", mistake.what,
                     mistake.quantity.empty() ? "" : " in " + mistake.quantity, mistake.files,
                     mistake.of);
}

}  // namespace chalkgrad
