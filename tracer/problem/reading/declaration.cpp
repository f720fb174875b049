#include <fmt/format.h>

#include <cmath>
#include <stdexcept>

#include "tracer/expression/name_range.hpp"
#include "tracer/problem/reading/statements.hpp"

/// weight w1..w8 = 0.15, 0.20, …: names, each with a number or without, in lists and ranges.
namespace chalkgrad {

namespace {

Decimal decimal(Statement& statement) {
  const Token& token = statement.parser.peek();
  const auto read = Decimal::parse(statement.numeral());
  if (!read) throw SyntaxError(token.span, "expected a number");
  return *read;
}

/// random(-1, 1) or random(-1, 1, step 0.05): a number for each of `items`.
void read_random(Statement& statement, std::vector<Item>& items) {
  const Span word = statement.parser.next().span;
  statement.parser.expect("(");
  Grid grid;
  grid.low = decimal(statement);
  statement.parser.expect(",");
  grid.high = decimal(statement);
  grid.step = *Decimal::parse("0.01");
  if (statement.parser.accept(",")) {
    if (!statement.parser.accept_word("step")) statement.parser.fail_expecting("'step'");
    grid.step = decimal(statement);
  }
  statement.parser.expect(")");
  try {
    for (Item& item : items) {
      item.number = Expr::number(statement.draft.random.draw(grid).plain());
      item.body = statement.place(word);
    }
  } catch (const std::invalid_argument& error) {
    throw SyntaxError(word, fmt::format("no random number: {}", error.what()),
                      "as in random(-1, 1, step 0.05)");
  }
}

bool number_follows(const ExpressionParser& parser, std::size_t ahead) {
  const bool sign = parser.peek(ahead).is("-") || parser.peek(ahead).is("+");
  return parser.peek(ahead + (sign ? 1 : 0)).kind == Token::Kind::number;
}

using PlacedNumbers = std::vector<std::pair<Expr, Place>>;

/// Whether a comma without a blank stands between two numbers, so that they may be one: 0,5.
bool is_glued(const PlacedNumbers& numbers, std::size_t i) {
  const Span &before = numbers[i].second.span, &behind = numbers[i + 1].second.span;
  const auto is_whole = [](const Expr& number) {
    return number.text().find_first_not_of("-0123456789") == std::string::npos;
  };
  return before.end + 1 == behind.begin && is_whole(numbers[i].first) &&
         is_whole(numbers[i + 1].first);
}

/// Numbers with a comma, as they are meant: 0.5, 0.3; empty unless all of them are pairs.
std::string with_points(const PlacedNumbers& numbers) {
  std::string text;
  for (std::size_t i = 0; i + 1 < numbers.size(); i += 2) {
    const bool apart = i + 2 >= numbers.size() || !is_glued(numbers, i + 1);
    if (!is_glued(numbers, i) || !apart) return {};
    text += fmt::format("{}{}.{}", i == 0 ? "" : ", ", numbers[i].first.text(),
                        numbers[i + 1].first.text());
  }
  return numbers.size() % 2 == 0 ? text : std::string();
}

/// Says how numbers were read that look like decimal fractions with a comma: where some commas have
/// a blank behind them and others have none, or those between the names have one.
void warn_of_commas(Statement& statement, const std::vector<Item>& items,
                    const PlacedNumbers& numbers) {
  std::size_t glued = 0, first = 0;
  for (std::size_t i = numbers.size() - 1; i-- > 0;)
    if (is_glued(numbers, i)) ++glued, first = i;
  const Span &one = items[0].place.span, &other = items[1].place.span;
  const bool names_apart = other.begin > one.end + 1;
  if (glued == 0 || (glued == numbers.size() - 1 && !names_apart)) return;
  const std::string &before = numbers[first].first.text(),
                    &behind = numbers[first + 1].first.text();
  const Place place{numbers[first].second.line,
                    {numbers[first].second.span.begin, numbers[first + 1].second.span.end}};
  statement.draft.warn(
      place, fmt::format("{0},{1} is read as two numbers, {0} and {1}", before, behind),
      fmt::format("a decimal fraction is written with a point: {}.{}", before, behind));
}

/// The numbers behind the equals sign: one, for the last of the names; or a list, for all of them.
void read_numbers(Statement& statement, std::vector<Item>& items, std::size_t in_last_range) {
  const std::size_t begin = statement.parser.peek().span.begin;
  PlacedNumbers numbers;
  do {
    Item one;
    const Expr number = read_number(statement, one);
    numbers.emplace_back(number, one.body);
  } while (number_follows(statement.parser, 1) && statement.parser.accept(","));
  const std::size_t end = numbers.back().second.span.end;
  const std::size_t first = numbers.size() == 1 ? items.size() - 1 : 0;
  if (numbers.size() == 1 ? in_last_range > 1 : numbers.size() != items.size()) {
    const std::size_t names = numbers.size() == 1 ? in_last_range : items.size();
    const std::string meant = numbers.size() == 2 * names ? with_points(numbers) : std::string();
    const bool comma = numbers.size() == 2 && names == 1;
    throw SyntaxError({begin, end},
                      fmt::format("{} name{} but {} number{}", names, names == 1 ? "" : "s",
                                  numbers.size(), numbers.size() == 1 ? "" : "s"),
                      comma           ? "a decimal fraction is written with a point"
                      : meant.empty() ? "each name needs a number"
                                      : "decimal fractions are written with a point: " + meant);
  }
  if (numbers.size() > 1) warn_of_commas(statement, items, numbers);
  for (std::size_t i = first; i < items.size(); ++i) {
    items[i].number = numbers[i - first].first;
    items[i].body = numbers[i - first].second;
  }
}

}  // namespace

Expr read_number(Statement& statement, Item& item) {
  const Span first = statement.parser.peek().span;
  const std::string literal = statement.numeral();
  item.body = statement.place(first);
  Expr number = Expr::number(literal);
  if (!std::isfinite(number.value()))
    throw SyntaxError(first, fmt::format("{} is too large for a number", literal));
  return number;
}

void read_declaration(Statement& statement, Role role) {
  ExpressionParser& parser = statement.parser;
  parser.next();
  std::vector<Item> waiting;  // names without a number so far
  const auto add_all = [&] {
    for (Item& item : waiting) statement.draft.add(std::move(item));
    waiting.clear();
  };
  try {
    while (true) {
      const Token& first = statement.name();
      const std::size_t before = waiting.size();
      if (parser.accept("..")) {
        const Token& last = statement.name();
        for (std::string& name : names_between(first, last))
          waiting.push_back({.name = std::move(name),
                             .role = role,
                             .place = statement.place({first.span.begin, last.span.end})});
      } else {
        waiting.push_back({.name = first.text, .role = role, .place = statement.place(first.span)});
      }
      if (parser.accept("=")) {
        if (parser.peek().is_word("random") && parser.peek(1).is("(")) {
          read_random(statement, waiting);
        } else {
          read_numbers(statement, waiting, waiting.size() - before);
        }
        statement.left_over_hint =
            "a given number is written in digits; a definition may be an expression";
        add_all();
      }
      if (!parser.accept(",")) break;
    }
  } catch (const SyntaxError&) {
    add_all();  // so that other lines may use the names
    throw;
  }
  add_all();
}

}  // namespace chalkgrad
