#include <fmt/format.h>

#include <cctype>

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

void read_right_side(Statement& statement, Item& item) {
  const auto over_samples = aggregate(statement.parser);
  const std::size_t sums = statement.draft.lone_sums.size();
  statement.read_body(item);
  if (over_samples) statement.draft.lone_sums.resize(sums);
  statement.draft.aggregates.erase(item.name);
  if (over_samples) statement.draft.aggregates.emplace(item.name, *over_samples);
}

void read_definition(Statement& statement) {
  const Token& name = statement.name();
  Item item{.name = name.text, .place = statement.place(name.span)};
  statement.parser.next();
  read_right_side(statement, item);
  statement.draft.add(std::move(item));
}

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
        is_softmax(function) ? "did you mean 'softmax'?" : "give each a line of its own");
  parser.next();
  const ArgumentLists lists = parser.arguments(function);
  const Place body = statement.place({function.span.begin, parser.peek().span.begin});
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
