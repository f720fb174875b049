#include <fmt/format.h>

#include <cctype>

#include "tracer/arrays/array_evaluation.hpp"
#include "tracer/problem/reading/statements.hpp"

/// y = expression, E = mean over samples of loss, and p1, p2 = softmax(z1, z2).
namespace chalkgrad {

namespace {

/// `mean over samples of` or `sum over samples of`, stepped over if it stands here.
std::optional<Draft::Aggregate> aggregate(ExpressionParser& parser) {
  const bool mean = parser.peek().is_word("mean"), sum = parser.peek().is_word("sum");
  if ((!mean && !sum) || !parser.peek(1).is_word("over")) return std::nullopt;
  parser.next();
  parser.next();
  if (!parser.accept_word("samples")) parser.fail_expecting("'samples'");
  if (!parser.accept_word("of")) parser.fail_expecting("'of'");
  return mean ? Draft::Aggregate::mean : Draft::Aggregate::sum;
}

bool is_softmax(const Token& function) {
  std::string small = function.text;
  for (char& c : small) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return small == "softmax";
}

}  // namespace

ArrayValue read_right_side(Statement& statement, Item& item) {
  const auto over_samples = aggregate(statement.parser);
  const std::size_t sums = statement.draft.lone_sums.size();
  ArrayValue grid;
  if (over_samples || !statement.draft.arrays.in_file) {
    statement.read_body(item);
  } else {
    grid = statement.read_array_body(item);
  }
  if (over_samples) statement.draft.lone_sums.resize(sums);
  statement.draft.aggregates.erase(item.name);
  if (over_samples) statement.draft.aggregates.emplace(item.name, *over_samples);
  return grid.elements.empty() ? ArrayValue::number(*item.definition) : grid;
}

namespace {

/// The definition that a setting gives in place of the file's.
std::optional<ArrayValue> grid_of_setting(Draft& draft, Item& item) {
  Draft::Setting* setting = draft.take_setting(item.name);
  if (setting == nullptr) return std::nullopt;
  Statement other{draft, setting->line, *setting->tokens};
  try {
    other.name();
    other.parser.expect("=");
    item.spans.clear();
    ArrayValue grid = read_right_side(other, item);
    expect_end(other);
    return grid;
  } catch (const SyntaxError& error) {
    draft.fail({setting->line, error.span}, error.what(), error.hint);
    return std::nullopt;
  }
}

}  // namespace

void read_definition(Statement& statement) {
  const Token& name = statement.name();
  Item item{.name = name.text, .place = statement.place(name.span)};
  statement.parser.next();
  ArrayValue grid = read_right_side(statement, item);
  if (!statement.draft.arrays.in_file) return statement.draft.add(std::move(item));
  if (auto other = grid_of_setting(statement.draft, item)) grid = std::move(*other);
  add_definition(statement.draft, std::move(item), grid);
}

namespace {

/// The elements of arguments that are arrays, one after the other.
std::vector<Expr> elements_of_all(Statement& statement, const std::vector<Expr>& list, Span place) {
  std::vector<Expr> all;
  for (const Expr& e : list) {
    const ArrayValue grid = evaluate_arrays(
        e, statement.draft.array_scope(),
        [&](const Expr& part) { return statement.parser.span_of(part); }, place);
    all.insert(all.end(), grid.elements.begin(), grid.elements.end());
  }
  return all;
}

}  // namespace

void read_vector_definition(Statement& statement) {
  ExpressionParser& parser = statement.parser;
  const std::vector<Mention> names = statement.name_list();
  parser.expect("=");
  const Token& function = parser.peek();
  if (!function.is_word("softmax") || !parser.peek(1).is("("))
    throw SyntaxError(
        function.span,
        fmt::format("several quantities are defined together by softmax only, but "
                    "found {}",
                    describe(function)),
        is_softmax(function) ? "did you mean 'softmax'?"
        : function.kind == Token::Kind::number || function.is("-")
            ? fmt::format("given numbers have a word before them, as in weight {}, {} = …",
                          names[0].name, names.size() > 1 ? names[1].name : names[0].name)
            : std::string("give each a line of its own"));
  parser.next();
  ArgumentLists lists = parser.arguments(function);
  const Place body = statement.place({function.span.begin, parser.peek().span.begin});
  if (statement.draft.arrays.in_file)
    for (std::vector<Expr>& list : lists) list = elements_of_all(statement, list, body.span);
  if (lists.size() != 1 || lists[0].size() != names.size())
    throw SyntaxError(body.span,
                      fmt::format("softmax gives one value for each argument: {} name{}, but {} "
                                  "argument{}",
                                  names.size(), names.size() == 1 ? "" : "s", lists[0].size(),
                                  lists[0].size() == 1 ? "" : "s"));
  for (const Expr& argument : lists[0])
    for_each_leaf(argument, [&](const Expr& leaf) {
      if (!leaf.is(Expr::Kind::symbol)) return;
      const auto span = parser.span_of(leaf);
      statement.draft.mention(leaf.text(), {statement.line, span.value_or(body.span)}, true);
    });
  const std::vector<Expr> values = softmax_of(lists[0]);
  for (std::size_t i = 0; i < names.size(); ++i)
    statement.draft.add(
        {.name = names[i].name, .definition = values[i], .place = names[i].place, .body = body});
}

}  // namespace chalkgrad
