#include <fmt/format.h>

#include "tracer/expression/dialect.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/expression/parser.hpp"

/// What the parser reads of arrays: [[1, 2], [3, 4]], W[1, 2], x[2..3], conv(X, K, stride 2).
namespace chalkgrad {

namespace {

/// An element that nobody could mean.
constexpr std::size_t most_digits_of_index = 9;

}  // namespace

/// [1, 2], [[1, 2], [3, 4]] or [1, 2; 3, 4].
Expr ExpressionParser::matrix() {
  const std::size_t first_token = at_;
  const Token& open = next();
  if (peek().is("]"))
    throw SyntaxError({open.span.begin, peek().span.end}, "an array has at least one element");
  const bool nested = peek().is("[");
  std::vector<Expr> elements;
  std::size_t rows = 0, columns = 0;
  bool is_vector = !nested;
  do {
    const std::size_t begin = peek().span.begin;
    if (nested) expect("[");
    std::vector<Expr> row = row_of_matrix();
    if (nested) expect("]");
    if (rows > 0 && row.size() != columns)
      throw SyntaxError({begin, tokens_[at_ - 1].span.end},
                        fmt::format("this row has {} element{}, the first has {}", row.size(),
                                    row.size() == 1 ? "" : "s", columns),
                        "the rows of a matrix are of equal length");
    columns = row.size();
    ++rows;
    for (Expr& e : row) elements.push_back(std::move(e));
  } while (accept(nested ? "," : ";"));
  if (!accept("]")) {
    if (peek().kind != Token::Kind::end) fail_expecting(nested ? "',' or ']'" : "',', ';' or ']'");
    throw SyntaxError(open.span, "this '[' is never closed");
  }
  if (!nested && rows > 1) is_vector = columns == 1;
  return placed(Expr::matrix(std::move(elements), is_vector ? 0 : columns), first_token);
}

std::vector<Expr> ExpressionParser::row_of_matrix() {
  std::vector<Expr> row;
  do {
    if (peek().is("[") && !row.empty())
      throw SyntaxError(peek().span, "a matrix is a list of rows, and no more");
    for (Expr& e : argument()) row.push_back(std::move(e));
  } while (accept(","));
  return row;
}

/// stride 2, stride = 2
std::optional<Expr> ExpressionParser::named_argument() {
  if (!context_.arrays || peek().kind != Token::Kind::name || !is_named_argument(peek().text))
    return std::nullopt;
  const std::size_t number = peek(1).is("=") ? 2 : 1;
  if (peek(number).kind != Token::Kind::number) return std::nullopt;
  const std::size_t first_token = at_;
  const std::string name = next().text;
  accept("=");
  return placed(Expr::function(name, {{Expr::number(next().text), false}}), first_token);
}

std::optional<Expr> ExpressionParser::element_of(const Token& name, std::size_t first_token) {
  if (!context_.arrays || !context_.element) return std::nullopt;
  const bool brackets = peek().is("[") && peek().span.begin == name.span.end;
  const bool within = without_sample(name.text) != name.text;  // h[2], in one token
  if (!brackets && !within) return std::nullopt;
  const std::vector<ArrayIndex> list = indices(name);
  const Token whole{Token::Kind::name,
                    std::string(without_sample(name.text)),
                    {name.span.begin, tokens_[at_ - 1].span.end}};
  auto element = context_.element(whole, list);
  if (!element) return std::nullopt;
  refuse_implicit_multiplication(name);
  return placed(std::move(*element), first_token);
}

std::vector<ArrayIndex> ExpressionParser::indices(const Token& name) {
  std::vector<ArrayIndex> list;
  if (without_sample(name.text) != name.text)
    list.push_back({sample_of(name.text), sample_of(name.text), false, name.span});
  while (peek().is("[") && peek().span.begin == tokens_[at_ - 1].span.end) {
    next();
    do {
      list.push_back(array_index());
    } while (accept(","));
    if (!accept("]")) fail_expecting("',' or ']'");
  }
  return list;
}

ArrayIndex ExpressionParser::array_index() {
  const Span begin = peek().span;
  if (accept(":")) return {0, 0, true, begin};
  const std::size_t first = whole_number_of_index();
  const std::size_t last = accept("..") ? whole_number_of_index() : first;
  const Span span{begin.begin, tokens_[at_ - 1].span.end};
  if (peek().is(":"))
    throw SyntaxError(peek().span, "expected ',' or ']', but found ':'",
                      "a part is written x[2..3], all of a row W[1,:]");
  if (last < first) throw SyntaxError(span, "the range of elements is empty");
  return {first, last, false, span};
}

/// 3 or 3 - 1 + 2
std::size_t ExpressionParser::whole_number_of_index() {
  const Span begin = peek().span;
  long total = 0;
  bool minus = false;
  while (true) {
    const Token& token = peek();
    if (token.kind != Token::Kind::number || token.text.size() > most_digits_of_index ||
        token.text.find_first_not_of("0123456789") != std::string::npos)
      throw SyntaxError(
          token.span,
          fmt::format("expected the number of an element, but found {}", describe(token)),
          "as in W[1,2], W[1,:], x[2..3]");
    total += (minus ? -1 : 1) * std::stol(token.text);
    next();
    minus = peek().is("-");
    if (!accept("-") && !accept("+")) break;
  }
  if (total < 0)
    throw SyntaxError({begin.begin, tokens_[at_ - 1].span.end},
                      fmt::format("there is no element {}", total));
  return static_cast<std::size_t>(total);
}

}  // namespace chalkgrad
