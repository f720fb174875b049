#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "tracer/expression/name_range.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/problem/reading/hints.hpp"
#include "tracer/problem/reading/statements.hpp"

/// weight w1..w8 = 0.15, 0.20, …: names, each with a number or without, in lists and ranges.
namespace chalkgrad {

namespace {

constexpr std::string_view random_example = "as in random(-1, 1, step 0.05)";

Decimal decimal(Statement& statement) {
  const Token& token = statement.parser.peek();
  const auto read = Decimal::parse(statement.numeral());
  if (!read) throw SyntaxError(token.span, "expected a number");
  return *read;
}

/// Whether a comma without a blank stands between two numbers, so that they may be one: 0,5.
bool is_glued(const std::vector<Item>& numbers, std::size_t i) {
  const Span &before = numbers[i].body.span, &behind = numbers[i + 1].body.span;
  const auto is_whole = [](const Item& one) {
    return one.number->text().find_first_not_of("-0123456789") == std::string::npos;
  };
  return before.end + 1 == behind.begin && is_whole(numbers[i]) && is_whole(numbers[i + 1]);
}

/// Numbers with a comma, as they are meant: 0.5, 0.3; empty unless all of them are pairs.
std::string with_points(const std::vector<Item>& numbers) {
  std::string text;
  for (std::size_t i = 0; i + 1 < numbers.size(); i += 2) {
    const bool apart = i + 2 >= numbers.size() || !is_glued(numbers, i + 1);
    if (!is_glued(numbers, i) || !apart) return {};
    text += fmt::format("{}{}.{}", i == 0 ? "" : ", ", numbers[i].number->text(),
                        numbers[i + 1].number->text());
  }
  return numbers.size() % 2 == 0 ? text : std::string();
}

/// Says how numbers were read that look like decimal fractions with a comma: where some commas have
/// a blank behind them and others have none, or those between the names have one.
void warn_of_commas(Statement& statement, const std::vector<Item>& items,
                    const std::vector<Item>& numbers) {
  std::size_t glued = 0, first = 0;
  for (std::size_t i = numbers.size() - 1; i-- > 0;)
    if (is_glued(numbers, i)) ++glued, first = i;
  const Span &one = items[0].place.span, &other = items[1].place.span;
  const bool names_apart = other.begin > one.end + 1;
  if (glued == 0 || (glued == numbers.size() - 1 && !names_apart)) return;
  const std::string &before = numbers[first].number->text(),
                    &behind = numbers[first + 1].number->text();
  const Place place{numbers[first].body.line,
                    {numbers[first].body.span.begin, numbers[first + 1].body.span.end}};
  statement.draft.warn(
      place, fmt::format("{0},{1} is read as two numbers, {0} and {1}", before, behind),
      fmt::format("a decimal fraction is written with a point: {}.{}", before, behind));
}

/// What could be written where there are not as many numbers as names.
std::string hint_for_counts(std::size_t names, const std::vector<Item>& numbers) {
  if (numbers.size() == 2 && names == 1) {
    // 0,5 is one number; 0.3, -0.2 are two.
    const Span first = numbers[0].body.span, second = numbers[1].body.span;
    return second.begin <= first.end + 1 ? "a decimal fraction is written with a point"
                                         : "each number needs a name, as in w1, w2 = 0.3, -0.2";
  }
  const std::string meant = numbers.size() == 2 * names ? with_points(numbers) : std::string();
  if (!meant.empty()) return "decimal fractions are written with a point: " + meant;
  constexpr std::size_t most = 8;
  if (numbers.size() != 1 || names > most || numbers[0].written) return "each name needs a number";
  std::string list;
  for (std::size_t i = 0; i < names; ++i) list += (i == 0 ? "" : ", ") + numbers[0].number->text();
  return "each name needs a number: " + list;
}

/// The numbers behind the equals sign: one, for the last of the names; or a list, for all of them.
void read_numbers(Statement& statement, std::vector<Item>& items, std::size_t in_last_range) {
  const std::size_t begin = statement.parser.peek().span.begin;
  std::vector<Item> numbers;
  do {
    read_number(statement, numbers.emplace_back());
  } while (number_follows(statement, 1) && statement.parser.accept(","));
  const std::size_t end = numbers.back().body.span.end;
  const std::size_t first = numbers.size() == 1 ? items.size() - 1 : 0;
  if (numbers.size() == 1 ? in_last_range > 1 : numbers.size() != items.size()) {
    const std::size_t names = numbers.size() == 1 ? in_last_range : items.size();
    throw SyntaxError({begin, end},
                      fmt::format("{} name{} but {} number{}", names, names == 1 ? "" : "s",
                                  numbers.size(), numbers.size() == 1 ? "" : "s"),
                      hint_for_counts(names, numbers));
  }
  if (numbers.size() > 1) warn_of_commas(statement, items, numbers);
  for (std::size_t i = first; i < items.size(); ++i) {
    Item& number = numbers[i - first];
    items[i].number = std::move(number.number);
    items[i].written = std::move(number.written);
    items[i].body = number.body;
  }
}

/// A sign and digits, with nothing behind them that goes on.
bool is_numeral(const ExpressionParser& parser, InRow in_row) {
  const std::size_t sign = parser.peek().is("-") || parser.peek().is("+") ? 1 : 0;
  if (parser.peek(sign).kind != Token::Kind::number) return false;
  const Token& after = parser.peek(sign + 1);
  const bool adds = after.is("+") || after.is("-");
  return !after.is("*") && !after.is("/") && !after.is("^") && (!adds || in_row == InRow::yes);
}

/// (1, 2), and not (1 + 2).
bool is_list_in_brackets(const ExpressionParser& parser) {
  int depth = 0;
  for (std::size_t i = 0; parser.peek(i).kind != Token::Kind::end; ++i) {
    depth += parser.peek(i).is("(") ? 1 : parser.peek(i).is(")") ? -1 : 0;
    if (depth == 0) return false;
    if (depth == 1 && parser.peek(i).is(",")) return true;
  }
  return false;
}

void refuse_what_is_no_number(const Statement& statement) {
  const ExpressionParser& parser = statement.parser;
  const Token& first = parser.peek();
  const auto refuse = [&](std::string_view hint) {
    throw SyntaxError(first.span, "expected a number, but found " + describe(first),
                      std::string(hint));
  };
  if (first.kind == Token::Kind::end)
    refuse("a name without = is unknown, and derived in symbols only");
  if (first.is("(") && is_list_in_brackets(parser)) refuse("a list of numbers has no brackets");
  if (first.kind != Token::Kind::name) {
    if (first.is("(") || first.is("-") || first.is("+") || first.is("|") ||
        first.kind == Token::Kind::number)
      return;
    parser.fail_expecting("a number");
  }
  if (means_random(first.text)) refuse("write random(-1, 1)");
  for (const std::string_view word : {"None", "none", "unknown", "nan", "NaN", "null"})
    if (first.is_word(word)) refuse("a name without = is unknown, and derived in symbols only");
  if (first.is_word("e")) refuse("write exp(1), or exp(x) for a power of e");
  const bool constant = (first.is_word("pi") || first.is_word("π"));
  if (!constant && !parser.peek(1).is("("))
    refuse("a given number depends on nothing; a definition may, as in y = w*x");
}

/// An expression of numbers alone, as it is written and as a number.
void read_expression_of_numbers(Statement& statement, Item& item, InRow in_row) {
  refuse_what_is_no_number(statement);
  ExpressionParser& parser = statement.parser;
  const Span first = parser.peek().span;
  const Expr written = in_row == InRow::yes ? parser.product() : parser.expression();
  Span span = first;
  for (const Token& token : statement.tokens)
    if (token.span.end <= parser.peek().span.begin) span.end = std::max(span.end, token.span.end);
  item.body = statement.place(span);
  for_each_leaf(written, [&](const Expr& leaf) {
    if (leaf.is(Expr::Kind::number)) return;
    throw SyntaxError(parser.span_of(leaf).value_or(span),
                      fmt::format("expected a number, but found '{}'", leaf.text()),
                      "a given number depends on nothing; a definition may, as in y = w*x");
  });
  const double value = evaluate(written, [](const Expr&) { return std::nan(""); });
  if (!std::isfinite(value))
    throw SyntaxError(span, fmt::format("{} has no value", print(written)));
  item.number = written.is(Expr::Kind::number) ? written : Expr(value);
  if (!written.is(Expr::Kind::number)) item.written = written;
}

/// What stands behind a number or a name of a declaration and does not belong there.
std::string hint_for_left_over(const Statement& statement) {
  const ExpressionParser& parser = statement.parser;
  const Token &here = parser.peek(), &after = parser.peek(1);
  const Token* before = nullptr;
  for (const Token& token : statement.tokens)
    if (token.span.end <= here.span.begin && token.kind != Token::Kind::end) before = &token;
  if (before == nullptr || here.kind == Token::Kind::end) return {};
  const bool behind_name = before->kind == Token::Kind::name;
  if (here.kind == Token::Kind::name) {
    if (behind_name && is_statement_word(before->text)) return "write one statement a line";
    if (is_statement_word(here.text)) return "write one statement a line";
    if (behind_name || after.is("=")) return fmt::format("a comma is missing before {}", here.text);
    return "a given number has no unit";
  }
  if (here.kind == Token::Kind::number)
    return behind_name ? fmt::format("write =, as in {} = {}", before->text, here.text)
                       : "numbers are separated by commas";
  if (behind_name && here.is("(")) return fmt::format("write =, as in {} = 0.5", before->text);
  if (behind_name && (here.is("-") || here.is(":")) &&
      (after.kind == Token::Kind::name || here.is("-")))
    return "a range is written w1..w4";
  return {};
}

}  // namespace

namespace {

/// Gives each of the items a number that is drawn like this.
void draw_for_each(Statement& statement, std::vector<Item>& items, Span word, const Draw& draw) {
  Draft& draft = statement.draft;
  for (Item& item : items) {
    item.number = Expr::number(draw(draft.random).plain());
    item.written.reset();
    item.body = statement.place(word);
    item.draw = draft.draws.size();
    draft.draws.push_back(draw);
  }
}

Decimal draw_without(RandomNumbers& random, const Grid& grid, const std::vector<Decimal>& except) {
  constexpr int most = 10'000;
  for (int i = 0; i < most; ++i) {
    const Decimal drawn = random.draw(grid);
    if (std::none_of(except.begin(), except.end(),
                     [&](const Decimal& one) { return one.value() == drawn.value(); }))
      return drawn;
  }
  throw std::invalid_argument("every number is excepted");
}

/// random from -0.8, 0.3, 0.5
void draw_from_list(Statement& statement, std::vector<Item>& items, Span word) {
  std::vector<Decimal> list;
  do list.push_back(decimal(statement));
  while (statement.parser.accept(","));
  draw_for_each(statement, items, word,
                [list](RandomNumbers& random) { return list[random.below(list.size())]; });
}

}  // namespace

void read_random(Statement& statement, std::vector<Item>& items) {
  const Span word = statement.parser.next().span;
  statement.draft.problem.has_random_numbers = true;
  if (statement.parser.accept_word("from")) return draw_from_list(statement, items, word);
  statement.parser.expect("(");
  Grid grid;
  grid.low = decimal(statement);
  if (!statement.parser.accept(","))
    throw SyntaxError(statement.parser.peek().span,
                      "expected ',', but found " + describe(statement.parser.peek()),
                      std::string(random_example));
  grid.high = decimal(statement);
  grid.step = *Decimal::parse("0.01");
  std::vector<Decimal> except;
  while (statement.parser.accept(",")) {
    if (statement.parser.accept_word("step")) {
      grid.step = decimal(statement);
    } else if (statement.parser.accept_word("except")) {
      do except.push_back(decimal(statement));
      while (statement.parser.peek().is(",") && number_follows(statement, 1) &&
             statement.parser.accept(","));
    } else {
      statement.parser.fail_expecting("'step' or 'except'");
    }
  }
  statement.parser.expect(")");
  try {
    draw_for_each(statement, items, word, [grid, except](RandomNumbers& random) {
      return draw_without(random, grid, except);
    });
  } catch (const std::invalid_argument& error) {
    throw SyntaxError(word, fmt::format("no random number: {}", error.what()),
                      std::string(random_example));
  }
}

bool begins_random(const ExpressionParser& parser) {
  return parser.peek().is_word("random") &&
         (parser.peek(1).is("(") || parser.peek(1).is_word("from"));
}

bool number_follows(const Statement& statement, std::size_t ahead) {
  const ExpressionParser& parser = statement.parser;
  const bool sign = parser.peek(ahead).is("-") || parser.peek(ahead).is("+");
  const Token &first = parser.peek(ahead + (sign ? 1 : 0)),
              &second = parser.peek(ahead + (sign ? 2 : 1));
  const bool constant = (first.is_word("pi") || first.is_word("π")) && !second.is("=") &&
                        !statement.draft.names.contains(first.text);
  return first.kind == Token::Kind::number || first.is("(") || constant ||
         (first.kind == Token::Kind::name && second.is("("));
}

void read_number(Statement& statement, Item& item, InRow in_row) {
  item.draw.reset();
  if (!is_numeral(statement.parser, in_row))
    return read_expression_of_numbers(statement, item, in_row);
  const Span first = statement.parser.peek().span;
  const std::string literal = statement.numeral();
  item.body = statement.place(first);
  item.number = Expr::number(literal);
  item.written.reset();
  if (!std::isfinite(item.number->value()))
    throw SyntaxError(first, fmt::format("{} is too large for a number", literal));
}

void read_given(Statement& statement, Item& item) {
  if (!begins_random(statement.parser)) return read_number(statement, item);
  std::vector<Item> one = {{.name = item.name}};
  read_random(statement, one);
  item.number = one[0].number;
  item.written.reset();
  item.body = one[0].body;
  item.draw = one[0].draw;
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
      if (declares_array(statement)) {
        add_all();
        read_array_declaration(statement, role);
        if (!parser.accept(",")) break;
        continue;
      }
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
        if (begins_random(parser)) {
          read_random(statement, waiting);
        } else {
          read_numbers(statement, waiting, waiting.size() - before);
        }
        add_all();
      }
      if (!parser.accept(",")) break;
    }
    statement.left_over_hint = hint_for_left_over(statement);
  } catch (const SyntaxError&) {
    add_all();  // so that other lines may use the names
    throw;
  }
  add_all();
}

}  // namespace chalkgrad
