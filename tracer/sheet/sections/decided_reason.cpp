#include "tracer/sheet/sections/sections.hpp"

/// Why a case holds, in words for the sheet.
namespace chalkgrad {

std::optional<DecidedCases> decided_by(const Figures& figures, const Expr& e) {
  return decide_cases(e, [&figures](const Expr& part) { return figures.value_of(part); });
}

Remark reason_of(const DecidedCases& decided, const Figures& figures) {
  constexpr std::size_t longest_shown = 7;
  const auto value = [&figures](const Expr& side) {
    return side.is(Expr::Kind::number) ? side : figures.show(*figures.value_of(side)).number;
  };
  constexpr std::size_t most = 3;
  Remark words;
  if (decided.conditions.size() > most && !decided.has_tie) return {"in the cases that hold here"};
  for (const DecidedCondition& one : decided.conditions) {
    const bool shown = !one.left.is(Expr::Kind::number) && one.left.size() <= longest_shown;
    if (decided.has_tie) {
      if (one.relation == '=' && shown) return {"at ", one.left, " = ", one.right};
      continue;
    }
    words.emplace_back(words.empty() ? "because " : ", ");
    if (shown) {
      words.emplace_back(one.left);
      words.emplace_back(" = ");
    }
    words.emplace_back(value(one.left));
    words.emplace_back(one.relation == '>' ? " > " : " < ");
    words.emplace_back(value(one.right));
  }
  return words;
}

}  // namespace chalkgrad
