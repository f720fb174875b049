#include <fmt/format.h>

#include "tracer/expression/parser.hpp"

/// Definitions by cases, as they are written in a file: a if x < 0, b if x < 1, c otherwise.
namespace chalkgrad {

namespace {

/// (value if left relation right, else other). |r| <= 1 is 1 ≥ |r|, which is printed as |r| ≤ 1.
Expr decided_by(const Expr& left, std::string_view relation, const Expr& right, const Expr& value,
                const Expr& other) {
  if (relation == ">") return Expr::cases(left, right, value, other, other);
  if (relation == ">=") return Expr::cases(left, right, value, value, other);
  if (relation == "<") return Expr::cases(right, left, value, other, other);
  return Expr::cases(right, left, value, value, other);
}

}  // namespace

/// 0 <= x < 1: each relation by itself.
std::vector<ExpressionParser::Comparison> ExpressionParser::comparisons() {
  std::vector<Comparison> list;
  Expr left = expression();
  while (true) {
    std::string_view relation;
    if (accept("≤")) {
      relation = "<=";
    } else if (accept("≥")) {
      relation = ">=";
    } else if (accept("<")) {
      relation = accept("=") ? "<=" : "<";
    } else if (accept(">")) {
      relation = accept("=") ? ">=" : ">";
    } else {
      break;
    }
    Expr right = expression();
    list.push_back({left, relation, right});
    left = std::move(right);
  }
  if (list.empty()) {
    const Token& found = peek();
    throw SyntaxError(found.span,
                      fmt::format("expected <, <=, > or >=, but found {}", describe(found)),
                      "as in 1/2*r^2 if |r| <= 1, |r| - 1/2 otherwise");
  }
  return list;
}

Expr ExpressionParser::piecewise() {
  const std::size_t first_token = at_;
  Expr value = expression();
  if (!peek().is_word("if")) return value;
  struct Branch {
    Expr value;
    std::vector<Comparison> conditions;
  };
  std::vector<Branch> branches;
  while (accept_word("if")) {
    branches.push_back({std::move(value), comparisons()});
    const bool separated = accept(",") || accept(";");
    if (accept_word("else")) {
      value = expression();
      break;
    }
    if (!separated || peek().kind == Token::Kind::end) {
      const Token& found = peek();
      throw SyntaxError(found.span,
                        fmt::format("expected another case, but found {}", describe(found)),
                        "the last case is written b otherwise");
    }
    value = expression();
    if (accept_word("otherwise")) break;
    if (!peek().is_word("if")) fail_expecting("'if' or 'otherwise'");
  }
  for (auto branch = branches.rbegin(); branch != branches.rend(); ++branch) {
    Expr decided = branch->value;
    for (auto one = branch->conditions.rbegin(); one != branch->conditions.rend(); ++one)
      decided = decided_by(one->left, one->relation, one->right, decided, value);
    value = std::move(decided);
  }
  return placed(std::move(value), first_token);
}

}  // namespace chalkgrad
