#include "tracer/sheet/sections/decided_reason.hpp"

#include "tracer/expression/printer.hpp"
#include "tracer/expression/utf8.hpp"

namespace chalkgrad {

namespace {

std::size_t width_of(const Remark& words) {
  std::size_t width = 0;
  for (const auto& part : words) {
    const auto* text = std::get_if<std::string>(&part);
    width += utf8::display_width(text != nullptr ? *text : print(std::get<Expr>(part)));
  }
  return width;
}

}  // namespace

std::optional<DecidedCases> decided_by(const Figures& figures, const Expr& e) {
  return decide_cases(e, [&figures](const Expr& part) { return figures.approximation_of(part); });
}

Remark reason_of(const DecidedCases& decided, const Figures& figures) {
  constexpr std::size_t longest_shown = 7;
  const auto value = [&figures](const Expr& side) {
    return side.is(Expr::Kind::number) ? side : figures.show(*figures.value_of(side)).number;
  };
  constexpr std::size_t widest = 60;  // in columns: a reason is read at a glance
  if (decided.has_tie) return {};
  Remark words;
  for (const DecidedCondition& one : decided.conditions) {
    const bool shown = !one.left.is(Expr::Kind::number) && one.left.size() <= longest_shown;
    words.emplace_back(words.empty() ? "because " : " and ");
    if (shown) {
      words.emplace_back(one.left);
      words.emplace_back(" = ");
    }
    words.emplace_back(value(one.left));
    words.emplace_back(one.relation == '>' ? " > " : " < ");
    words.emplace_back(value(one.right));
  }
  return width_of(words) <= widest ? words : Remark{"in the cases that hold here"};
}

}  // namespace chalkgrad
