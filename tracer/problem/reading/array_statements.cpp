#include <fmt/format.h>

#include <algorithm>

#include "tracer/arrays/array_evaluation.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/problem/reading/statements.hpp"

/// weight W = [[0.15, 0.20], [0.25, 0.30]], input x[3], z = W*x + b: statements about arrays.
namespace chalkgrad {

namespace {

bool is_member_name(const Token& token) { return without_sample(token.text) != token.text; }

void check_size(const Shape& shape, Span place) {
  const bool large =
      shape.rows > most_elements || shape.columns > most_elements || shape.size() > most_elements;
  if (large)
    throw SyntaxError(place, fmt::format("an array has at most {} elements", most_elements));
  if (shape.size() == 0) throw SyntaxError(place, "an array has at least one element");
}

/// W[2, 3] or x[3], where that is a shape.
std::optional<Shape> shape_behind(Statement& statement, const Token& name) {
  const bool brackets = is_member_name(name) || statement.parser.peek().is("[");
  if (!brackets) return std::nullopt;
  std::vector<ArrayIndex> sizes = statement.parser.indices(name);
  if (sizes.empty())
    throw SyntaxError(statement.parser.peek().span, "the shape stands right behind the name",
                      "as in W[2, 3]");
  for (const ArrayIndex& one : sizes)
    if (one.all || one.first != one.last)
      throw SyntaxError(one.span, "expected the number of rows or columns", "as in W[2, 3]");
  if (sizes.size() > 2)
    throw SyntaxError(sizes[2].span, "a matrix has rows and columns, and no more");
  const Shape shape = sizes.size() == 1 ? Shape::vector(sizes[0].first)
                                        : Shape::matrix(sizes[0].first, sizes[1].first);
  check_size(shape, {name.span.begin, sizes.back().span.end});
  return shape;
}

/// A list of numbers in brackets, as rows or alone.
std::vector<Item> numbers_in_brackets(Statement& statement) {
  std::vector<Item> numbers;
  do {
    if (statement.parser.peek().is("["))
      throw SyntaxError(statement.parser.peek().span, "a matrix is a list of rows, and no more");
    read_number(statement, numbers.emplace_back());
  } while (statement.parser.accept(","));
  return numbers;
}

struct Literal {
  Shape shape{};
  std::vector<Item> numbers{};
  Span span{};
};

/// [1, 2], [[1, 2], [3, 4]] or [1, 2; 3, 4]
Literal literal(Statement& statement) {
  ExpressionParser& parser = statement.parser;
  const Token& open = parser.next();
  if (parser.peek().is("]"))
    throw SyntaxError({open.span.begin, parser.peek().span.end},
                      "an array has at least one element");
  const bool nested = parser.peek().is("[");
  Literal result;
  std::size_t rows = 0, columns = 0;
  do {
    const std::size_t begin = parser.peek().span.begin;
    if (nested) parser.expect("[");
    std::vector<Item> row = numbers_in_brackets(statement);
    if (nested) parser.expect("]");
    if (rows++ > 0 && row.size() != columns)
      throw SyntaxError({begin, row.back().body.span.end + (nested ? 1 : 0)},
                        fmt::format("this row has {} element{}, the first has {}", row.size(),
                                    row.size() == 1 ? "" : "s", columns),
                        "the rows of a matrix are of equal length");
    columns = row.size();
    std::move(row.begin(), row.end(), std::back_inserter(result.numbers));
  } while (parser.accept(nested ? "," : ";"));
  if (!parser.peek().is("]")) {
    if (parser.peek().kind == Token::Kind::end)
      throw SyntaxError(open.span, "this '[' is never closed");
    throw SyntaxError(
        parser.peek().span,
        fmt::format("expected {}, but found {}", nested ? "',' or ']'" : "',', ';' or ']'",
                    describe(parser.peek())),
        "elements are separated by commas, rows by ; or brackets");
  }
  const bool is_vector = !nested && (rows == 1 || columns == 1);
  result.shape = is_vector ? Shape::vector(rows * columns) : Shape::matrix(rows, columns);
  result.span = {open.span.begin, parser.next().span.end};
  check_size(result.shape, result.span);
  return result;
}

/// What stands behind the equals sign of a given array: a literal, numbers, one for all, random(…).
std::vector<Item> given_numbers(Statement& statement, std::optional<Shape>& shape,
                                const std::string& name) {
  const Span first = statement.parser.peek().span;
  if (statement.parser.peek().is("[")) {
    Literal read = literal(statement);
    if (shape && *shape != read.shape)
      throw SyntaxError(read.span, fmt::format("'{}' is {}, but this is {}", name, describe(*shape),
                                               describe(read.shape)));
    shape = read.shape;
    return std::move(read.numbers);
  }
  if (!shape) {
    if (statement.draft.arrays.find(name) == nullptr) shape = Shape{};  // of a family: a number
  }
  std::vector<Item> numbers(shape->size());
  if (begins_random(statement.parser)) {
    read_random(statement, numbers);
    return numbers;
  }
  std::vector<Item> list;
  do {
    read_number(statement, list.emplace_back());
  } while (number_follows(statement, 1) && statement.parser.accept(","));
  if (list.size() != 1 && list.size() != numbers.size())
    throw SyntaxError(
        {first.begin, list.back().body.span.end},
        fmt::format("'{}' is {}, but {} numbers are given", name, describe(*shape), list.size()),
        "one number fills it");
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = list[list.size() == 1 ? 0 : i];
  return numbers;
}

bool is_defined(Draft& draft, const std::string& name, Place place) {
  const std::string whole(without_sample(name));
  if (const Array* other = whole == name ? nullptr : draft.arrays.find(whole)) {
    draft.fail(place, fmt::format("'{}' is an element of the array '{}'", name, whole),
               fmt::format("{} is defined in line {}; a family of arrays begins with {}[0] or has "
                           "no {} of its own",
                           whole, other->line, whole, whole));
    return true;
  }
  const Array* array = draft.arrays.find(name);
  const Item* item = draft.problem.find(name);
  if (array == nullptr && item == nullptr) return false;
  draft.fail(place, fmt::format("'{}' is defined twice", name),
             fmt::format("first in line {}", array != nullptr ? array->line : item->place.line));
  return true;
}

/// Remembers the array, and adds its elements.
void add_elements(Draft& draft, const std::string& name, const Shape& shape, const Place& place,
                  std::vector<Item> items, std::optional<Expr> definition = std::nullopt) {
  if (is_defined(draft, name, place)) return;
  Array& array = draft.arrays.add(name, shape, place.line, draft.names);
  array.definition = std::move(definition);
  for (std::size_t i = 0; i < items.size(); ++i) {
    Item& item = items[i];
    item.name = array.elements[i];
    item.place = place;
    draft.rename_setting(array.element_name(i), item.name);
    draft.names.insert(item.name);
    draft.add(std::move(item));
  }
}

/// x = [x1, x2] names quantities that there are.
bool is_view(const Draft& draft, const Expr& written, const ArrayValue& grid) {
  return written.is(Expr::Kind::matrix) &&
         std::all_of(grid.elements.begin(), grid.elements.end(), [&](const Expr& e) {
           return e.is(Expr::Kind::symbol) && draft.names.contains(e.text()) &&
                  !draft.derivatives.contains(e.text());
         });
}

}  // namespace

bool declares_array(const Statement& statement) {
  if (!statement.draft.arrays.in_file) return false;
  const ExpressionParser& parser = statement.parser;
  return is_member_name(parser.peek()) || parser.peek(1).is("[") ||
         (parser.peek(1).is("=") && parser.peek(2).is("["));
}

void read_array_declaration(Statement& statement, Role role) {
  Draft& draft = statement.draft;
  const Token& name = statement.name();
  const std::string base(without_sample(name.text));
  const bool member = is_member_name(name) && draft.arrays.families.contains(base);
  std::optional<Shape> shape = member ? std::nullopt : shape_behind(statement, name);
  const std::string known = member ? name.text : base;
  const Place place = statement.place(name.span);
  std::vector<Item> items;
  if (Draft::Setting* setting = draft.take_setting(known)) {
    if (statement.parser.accept("=")) (void)given_numbers(statement, shape, known);
    Statement other{draft, setting->line, *setting->tokens};
    other.name();
    other.parser.expect("=");
    try {
      items = given_numbers(other, shape, known);
      expect_end(other);
    } catch (const SyntaxError& error) {
      draft.fail({setting->line, error.span}, error.what(), error.hint);
      draft.excused.add(known);
      return;
    }
  } else if (statement.parser.accept("=")) {
    items = given_numbers(statement, shape, known);
  } else {
    if (!shape) shape = Shape{};
    items.resize(shape->size());
  }
  for (Item& item : items) item.role = role;
  add_elements(draft, known, *shape, place, std::move(items));
}

std::vector<Mention> array_column(Statement& statement) {
  Draft& draft = statement.draft;
  const Token& name = statement.name();
  const Place place = statement.place(name.span);
  const std::string base(without_sample(name.text));
  const Array* array = draft.arrays.find(base);
  const auto shape = shape_behind(statement, name);
  if (array != nullptr && shape && *shape != array->shape)
    throw SyntaxError(
        name.span, fmt::format("'{}' is {} in line {}", base, describe(array->shape), array->line));
  if (array == nullptr) {
    array = &draft.arrays.add(base, *shape, statement.line, draft.names);
    draft.names.insert(array->elements.begin(), array->elements.end());
  }
  std::vector<Mention> columns;
  for (const std::string& element : array->elements) columns.push_back({element, place});
  return columns;
}

bool is_array_column(const Statement& statement) {
  const ExpressionParser& parser = statement.parser;
  return statement.draft.arrays.in_file &&
         (is_member_name(parser.peek()) || parser.peek(1).is("[") ||
          statement.draft.arrays.find(parser.peek().text) != nullptr);
}

void add_definition(Draft& draft, Item item, const ArrayValue& grid) {
  if (without_sample(item.name) != item.name &&
      draft.arrays.find(std::string(without_sample(item.name))) != nullptr) {
    is_defined(draft, item.name, item.place);
    return;
  }
  const std::string base(without_sample(item.name));
  const bool member = base != item.name && draft.arrays.families.contains(base);
  if (grid.shape.is_number() && !member) return draft.add(std::move(item));
  const Expr written = item.of_arrays ? *item.of_arrays : *item.definition;
  if (!member && is_view(draft, written, grid)) {
    if (is_defined(draft, item.name, item.place)) return;
    std::vector<std::string> names;
    for (const Expr& e : grid.elements) names.push_back(e.text());
    draft.arrays.add_view(item.name, grid.shape, item.place.line, std::move(names));
    return;
  }
  std::vector<Item> items;
  for (const Expr& e : grid.elements) {
    Item& one = items.emplace_back(Item{.definition = e, .body = item.body});
    if (grid.elements.size() == 1) one.of_arrays = item.of_arrays;
  }
  if (grid.shape.is_number()) items[0].spans = item.spans;
  add_elements(draft, item.name, grid.shape, item.place, std::move(items), written);
}

void define_array(Draft& draft, const std::string& name, const Place& place, const Expr& written) {
  Item item{.name = name, .place = place, .body = place};
  const ArrayValue grid = evaluate_arrays(
      written, draft.array_scope(), [](const Expr&) { return std::nullopt; }, place.span);
  item.definition = item.of_arrays = written;
  if (grid.shape.is_number()) item.definition = grid.elements.front();
  draft.names.insert(name);
  add_definition(draft, std::move(item), grid);
}

}  // namespace chalkgrad
