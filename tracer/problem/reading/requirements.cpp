#include "tracer/problem/reading/requirements.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tracer/problem/evaluation.hpp"

namespace chalkgrad {

namespace {

/// Behind what a name of a file can begin with.
constexpr std::string_view side_mark = "\x01side";

/// <, <=, ≤, >, >=, ≥, !=, ≠ or =; empty if none stands here.
std::string relation(ExpressionParser& parser) {
  for (const char* sign : {"<", ">"})
    if (parser.accept(sign)) return sign + std::string(parser.accept("=") ? "=" : "");
  for (const auto& [sign, meant] : {std::pair{"≤", "<="}, {"≥", ">="}, {"≠", "!="}, {"=", "="}})
    if (parser.accept(sign)) return meant;
  return {};
}

bool holds(double left, const std::string& relation, double right) {
  constexpr double noise = 1e-12;
  const double apart = left - right, near = noise * (std::abs(left) + std::abs(right));
  if (std::isnan(apart)) return false;
  if (relation == "<") return apart < -near;
  if (relation == "<=") return apart <= near;
  if (relation == ">") return apart > near;
  if (relation == ">=") return apart >= -near;
  return (std::abs(apart) <= near) == (relation == "=");
}

/// distinct(w1..w4), whose arguments are names.
Requirement distinct(Statement& statement) {
  ExpressionParser& parser = statement.parser;
  parser.next();
  parser.expect("(");
  Requirement requirement{.relation = "distinct"};
  for (const Mention& one : statement.mentioned_names()) {
    const auto part = statement.draft.arrays.in_file
                          ? part_of_array(statement.draft, one.name, one.place)
                          : std::nullopt;
    if (!part) requirement.sides.push_back(Expr::symbol(one.name));
    for (std::size_t i = 0; part && i < part->elements.size(); ++i)
      requirement.sides.push_back(Expr::symbol(part->elements[i]));
  }
  parser.expect(")");
  return requirement;
}

/// One relation, or several in a row: 0.1 < p < 0.9.
Requirement relations(Statement& statement) {
  Requirement requirement;
  Item side;
  statement.read_body(side);
  requirement.sides.push_back(*side.definition);
  while (true) {
    const std::string sign = relation(statement.parser);
    if (sign.empty()) break;
    requirement.relation += (requirement.relation.empty() ? "" : " ") + sign;
    statement.read_body(side);
    requirement.sides.push_back(*side.definition);
  }
  if (requirement.sides.size() < 2)
    throw SyntaxError(
        statement.parser.peek().span,
        fmt::format("expected a relation, but found {}", describe(statement.parser.peek())),
        "as in require |net| <= 2");
  return requirement;
}

double value_of(const Evaluation& evaluation, const Expr& e) {
  return evaluate(e, [&](const Expr& leaf) {
    if (!leaf.is(Expr::Kind::symbol)) return leaf.value();
    return evaluation.graph->node(evaluation.graph->find(leaf.text())).value;
  });
}

bool is_fulfilled(const Requirement& requirement, const Evaluation& evaluation) {
  std::vector<double> values;
  for (const Expr& side : requirement.sides) values.push_back(value_of(evaluation, side));
  if (requirement.relation == "distinct") {
    for (std::size_t i = 0; i < values.size(); ++i)
      for (std::size_t k = 0; k < i; ++k)
        if (!holds(values[i], "!=", values[k])) return false;
    return true;
  }
  std::size_t begin = 0;
  for (std::size_t i = 0; i + 1 < values.size(); ++i) {
    const std::size_t end =
        std::min(requirement.relation.find(' ', begin), requirement.relation.size());
    if (!holds(values[i], requirement.relation.substr(begin, end - begin), values[i + 1]))
      return false;
    begin = end + 1;
  }
  return true;
}

}  // namespace

void read_requirement(Statement& statement) {
  ExpressionParser& parser = statement.parser;
  parser.next();
  do {
    const Span first = parser.peek().span;
    if (parser.peek().is_word("nice") && !statement.draft.names.contains("nice")) {
      statement.draft.nice_place = statement.place(parser.next().span);
      continue;
    }
    const bool lists = parser.peek().is_word("distinct") && parser.peek(1).is("(");
    Requirement requirement = lists ? distinct(statement) : relations(statement);
    std::size_t end = first.end;
    for (const Token& token : statement.tokens)
      if (token.span.end <= parser.peek().span.begin) end = std::max(end, token.span.end);
    requirement.place = statement.place({first.begin, end});
    statement.draft.problem.requirements.push_back(std::move(requirement));
  } while (parser.accept(","));
  statement.left_over_hint = "as in require |net| <= 2, distinct(w1..w4)";
}

void lend_sides(Draft& draft) {
  std::size_t count = 0;
  for (const Requirement& requirement : draft.problem.requirements)
    for (const Expr& side : requirement.sides) {
      Item item{.name = fmt::format("{}{}", side_mark, count++),
                .place = requirement.place,
                .body = requirement.place};
      item.definition = side;
      draft.problem.index.emplace(item.name, draft.problem.items.size());
      draft.problem.items.push_back(std::move(item));
    }
}

void take_sides_back(Draft& draft) {
  Problem& problem = draft.problem;
  std::size_t count = 0;
  for (Requirement& requirement : problem.requirements)
    for (Expr& side : requirement.sides)
      side = *problem.find(fmt::format("{}{}", side_mark, count++))->definition;
  if (count == 0) return;
  // Steps of Newton's method may stand behind them.
  const auto is_side = [](const Item& item) { return item.name.starts_with(side_mark); };
  const auto first = static_cast<std::size_t>(
      std::find_if(problem.items.begin(), problem.items.end(), is_side) - problem.items.begin());
  std::erase_if(problem.index, [](const auto& one) { return one.first.starts_with(side_mark); });
  std::erase_if(problem.items, is_side);
  for (std::size_t i = first; i < problem.items.size(); ++i)
    problem.index[problem.items[i].name] = i;
}

std::size_t first_that_fails(
    const Problem& problem,
    const std::function<std::optional<double>(const std::string& name)>& replace) {
  const Evaluation evaluation = evaluate_problem(problem, replace);
  const auto failed =
      std::find_if(problem.requirements.begin(), problem.requirements.end(),
                   [&](const Requirement& one) { return !is_fulfilled(one, evaluation); });
  return static_cast<std::size_t>(failed - problem.requirements.begin());
}

}  // namespace chalkgrad
