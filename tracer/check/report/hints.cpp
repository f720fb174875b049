#include "tracer/check/report/hints.hpp"

#include <limits>

#include "tracer/check/report/slip_kinds.hpp"
#include "tracer/check/report/statements.hpp"

namespace chalkgrad {

namespace {

/// What to look for where the slip has no name.
std::string_view hint_without_name(const Finding& finding) {
  switch (finding.verdict) {
    case Verdict::mis_copy: return "That is not what the line before it comes to.";
    case Verdict::last_digit: return "Look at the last digit.";
    default: break;
  }
  const bool number =
      finding.reading.find_first_not_of("0123456789.,−-·10⁻⁺¹²³⁴⁵⁶⁷⁸⁹ e") == std::string::npos;
  return number ? "Work this number out again." : "Look at this formula again.";
}

}  // namespace

void keep_to_hints(FileReport& report, int level) {
  for (Finding& finding : report.findings) {
    if (finding.verdict == Verdict::unreadable) continue;
    finding.value = std::numeric_limits<double>::quiet_NaN();
    finding.message.clear();
    if (!is_mistake(finding.verdict)) continue;
    const SlipKind* kind = find_slip_kind(finding.slip);
    if (level < 2) finding.slip.clear();
    if (level >= 2) finding.message = kind != nullptr ? kind->hint : hint_without_name(finding);
    if (level >= 3 && !finding.formula.empty()) finding.message += " " + finding.formula;
  }
}

}  // namespace chalkgrad
