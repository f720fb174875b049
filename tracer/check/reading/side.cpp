#include "tracer/check/reading/side.hpp"

#include "engine/ops.hpp"
#include "tracer/check/reading/assembly.hpp"
#include "tracer/derivation/differentiate.hpp"
#include "tracer/derivation/local.hpp"
#include "tracer/expression/function_names.hpp"
#include "tracer/expression/parser.hpp"

namespace chalkgrad {

namespace {

/// σ'(z) by the operation's own rule.
Expr derivative_call(Op op, const Expr& x) {
  const Expr y = Expr::call(op, {x});
  return substitute(symbolic_rule(op, 0), [&](const Expr& leaf) {
    if (!leaf.is(Expr::Kind::symbol)) return leaf;
    return leaf.text() == "x" ? x : y;
  });
}

/// A quantity that has a definition may depend on the name; what is given does not.
SlopeOfName slope_by(const KnownNames& known, const std::string& by) {
  return [&known, by](const Expr& symbol) -> Expr {
    if (symbol.text() == by) return 1.0;
    const auto quantity = known.vocabulary->exact_quantity(symbol.text());
    if (!quantity || known.vocabulary->is_given(*quantity)) return 0.0;
    return Expr::derivative(*quantity, by);
  };
}

/// d_sigmoid(out): the derivative by its own value, where the argument is one.
Expr derivative_at_value(Op op, const Expr& y) {
  const Expr& rule = symbolic_rule(op, 0);
  bool by_value_alone = true;
  for_each_leaf(rule, [&](const Expr& leaf) {
    by_value_alone = by_value_alone && !(leaf.is(Expr::Kind::symbol) && leaf.text() == "x");
  });
  if (!by_value_alone) return derivative_call(op, y);
  return substitute(rule, [&](const Expr& leaf) { return leaf.is(Expr::Kind::symbol) ? y : leaf; });
}

/// softmax(z), cross_entropy(t; p)
Expr call_of_arrays(const std::string& name, const ArgumentLists& lists) {
  std::vector<Term> arguments;
  for (const auto& list : lists)
    for (std::size_t i = 0; i < list.size(); ++i)
      arguments.push_back({list[i], i == 0 && !arguments.empty()});
  return Expr::function(name, std::move(arguments));
}

/// g(z) and g'(z) of a function that the problem leaves open.
std::optional<Expr> call_of_unspecified(const KnownNames& known, std::string_view name,
                                        const ArgumentLists& lists) {
  std::size_t primes = 0;
  for (; name.ends_with('\''); ++primes) name.remove_suffix(1);
  if (!known.vocabulary->is_unspecified(name) || lists.size() != 1 || lists[0].empty())
    return std::nullopt;
  Expr function = Expr::symbol(std::string(name));
  for (; primes > 0; --primes) function = prime(function);
  Expr all = lists[0][0];
  for (std::size_t i = 1; i < lists[0].size(); ++i) all = arguments(all, lists[0][i]);
  return unspecified(function, all);
}

/// How the expression parser is to read assembled tokens.
ParseContext context_for(const KnownNames& known) {
  ParseContext context;
  const KnownArrays& arrays = known.vocabulary->arrays();
  context.arrays = arrays.any();
  context.is_array = [&arrays](std::string_view name) {
    return arrays.of(Expr::symbol(std::string(name))).has_value();
  };
  context.element = [&arrays](const Token& name, const std::vector<ArrayIndex>& indices) {
    return arrays.element(name, indices);
  };
  context.is_quantity = [&known](std::string_view name) { return known.is_name(name); };
  context.expand = [&known, &arrays](const Token& name,
                                     const ArgumentLists& lists) -> std::optional<Expr> {
    if (name.text.starts_with(differential_operator_mark) && lists.size() == 1 &&
        lists[0].size() == 1)
      return differentiate(lists[0][0],
                           slope_by(known, name.text.substr(differential_operator_mark.size())));
    if (arrays.any() && arrays.is_function(name.text)) return call_of_arrays(name.text, lists);
    if (const auto called = call_of_unspecified(known, name.text, lists)) return called;
    if (!name.text.ends_with('\'') || lists.size() != 1 || lists[0].size() != 1)
      return std::nullopt;
    const std::string base = name.text.substr(0, name.text.size() - 1);
    if (arrays.any() && arrays.function(base) != nullptr)
      return Expr::function(base + "′", {{lists[0][0], false}});
    const auto op = function_named(std::string_view(name.text).substr(0, name.text.size() - 1));
    if (!op || arity_of(*op) != 1) return std::nullopt;
    const Expr& argument = lists[0][0];
    if (known.vocabulary->arrays().any())
      return Expr::function(std::string(name_of(*op)) + "′", {{argument, false}});
    const bool is_value =
        argument.is(Expr::Kind::symbol) && known.vocabulary->is_value_of(argument.text(), *op);
    return is_value ? derivative_at_value(*op, argument) : derivative_call(*op, argument);
  };
  return context;
}

/// The number tokens, matched with the number leaves of the expression.
std::vector<WrittenNumber> numbers_of(const std::vector<Token>& tokens, std::size_t taken,
                                      const WrittenSide& side) {
  std::vector<Span> spans;
  std::vector<std::size_t> signs;  // where the number begins, if the sign before it belongs to it
  for (std::size_t i = 0; i < taken; ++i) {
    const bool is_pi = tokens[i].is_word("pi") || tokens[i].is_word("π");
    if (tokens[i].kind != Token::Kind::number && !is_pi) continue;
    spans.push_back(tokens[i].span);
    signs.push_back(i > 0 && tokens[i - 1].is("-") ? tokens[i - 1].span.begin
                                                   : tokens[i].span.begin);
  }
  std::vector<WrittenNumber> numbers;
  for_each_leaf(side.expr, [&](const Expr& leaf) {
    if (leaf.is(Expr::Kind::number)) numbers.push_back({leaf.text(), side.span});
  });
  if (numbers.size() == spans.size())
    for (std::size_t i = 0; i < spans.size(); ++i)
      numbers[i].span = {numbers[i].text[0] == '-' ? signs[i] : spans[i].begin, spans[i].end};
  return numbers;
}

}  // namespace

SideReading read_side(const std::vector<Token>& written, const KnownNames& known) {
  std::vector<Token> tokens = assemble(written, known);
  const Span end =
      written.empty() ? Span{} : Span{written.back().span.end, written.back().span.end};
  tokens.push_back({Token::Kind::end, "", end});
  ExpressionParser parser(tokens, context_for(known));
  Expr e = parser.expression();
  const auto taken = static_cast<std::size_t>(&parser.peek() - tokens.data());
  SideReading reading;
  reading.side.expr = std::move(e);
  reading.side.span = {tokens.front().span.begin, tokens[taken - 1].span.end};
  reading.side.numbers = numbers_of(tokens, taken, reading.side);
  reading.rest.assign(tokens.begin() + static_cast<std::ptrdiff_t>(taken), tokens.end() - 1);
  return reading;
}

}  // namespace chalkgrad
