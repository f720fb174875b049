#include "tracer/problem/reading/functions.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "engine/ops.hpp"
#include "tracer/arrays/array_functions.hpp"
#include "tracer/expression/function_names.hpp"
#include "tracer/expression/suggestion.hpp"
#include "tracer/problem/reading/draft.hpp"
#include "tracer/problem/reading/statements.hpp"

namespace chalkgrad {

namespace {

/// What a call stands for must be readable by a person, and walked by recursion.
constexpr std::size_t longest_expansion = 100'000;
constexpr int deepest_expansion = 200;
constexpr std::size_t most_nested = 200;

/// An expression with something in the place of a symbol.
Expr with_symbol(const Expr& e, const std::string& name, const Expr& meant) {
  return substitute(e, [&](const Expr& leaf) {
    return leaf.is(Expr::Kind::symbol) && leaf.text() == name ? meant : leaf;
  });
}

int depth(const Expr& e) {
  int below = 0;
  for (const Term& part : e.parts()) below = std::max(below, depth(part.expr));
  return below + 1;
}

bool is_too_long(const Expr& e) {
  return e.size() > longest_expansion || depth(e) > deepest_expansion;
}

}  // namespace

bool Functions::declare(const std::string& name, std::size_t line,
                        const std::vector<Token>& tokens) {
  return own_.try_emplace(name, Own{line, &tokens}).second;
}

bool Functions::declare_unspecified(const std::string& name, std::size_t line, std::size_t count) {
  const auto [found, added] = own_.try_emplace(name, Own{line, nullptr});
  if (!added) return false;
  Own& own = found->second;
  // Names that no file has: what stands in their place is what matters.
  for (std::size_t i = 0; i < count; ++i)
    own.parameters.push_back(fmt::format("argument {}", i + 1));
  Expr all = Expr::symbol(own.parameters[0]);
  for (std::size_t i = 1; i < count; ++i) all = arguments(all, Expr::symbol(own.parameters[i]));
  own.body = unspecified(Expr::symbol(name), all);
  own.state = State::read;
  own.is_unspecified = true;
  own.is_of_one_number = count == 1;
  return true;
}

void Functions::read_all(Draft& draft) {
  std::vector<std::pair<std::size_t, std::string>> by_line;
  for (const auto& [name, own] : own_) by_line.emplace_back(own.line, name);
  std::sort(by_line.begin(), by_line.end());
  for (const auto& [line, name] : by_line) read(draft, name, own_.at(name));
}

std::vector<std::string_view> Functions::own_names() const {
  std::vector<std::string_view> names;
  for (const auto& [name, own] : own_) names.push_back(name);
  return names;
}

std::vector<KnownFunction> Functions::all() const {
  std::vector<KnownFunction> all = list_functions();
  all.insert(all.end(), array_functions().begin(), array_functions().end());
  for (const std::string_view own : own_names()) all.push_back({own});
  return all;
}

/// What is wrong with a function is reported at its own line, wherever it is called from.
void Functions::read(Draft& draft, const std::string& name, Own& own) {
  if (own.state != State::unread) return;
  if (const Draft::Setting* setting = draft.take_setting(name)) {
    own.line = setting->line;
    if (setting->tokens->at(1).is("(")) own.tokens = setting->tokens;
  }
  own.state = State::open;
  open_.push_back(name);
  try {
    read_body(draft, name, own);
    own.state = State::read;
  } catch (const SyntaxError& error) {
    draft.fail({own.line, error.span}, error.what(), error.hint);
    own.state = State::broken;
  }
  open_.pop_back();
}

void Functions::read_body(Draft& draft, const std::string& name, Own& own) {
  Statement statement{draft, own.line, *own.tokens};
  statement.name();
  statement.parser.next();
  for (Mention& parameter : statement.name_list()) {
    if (std::find(own.parameters.begin(), own.parameters.end(), parameter.name) !=
        own.parameters.end())
      throw SyntaxError(parameter.place.span,
                        fmt::format("'{}' has two parameters '{}'", name, parameter.name));
    own.parameters.push_back(parameter.name);
  }
  statement.parser.expect(")");
  statement.parser.expect("=");
  // --set act=tanh: another function, of the same parameters.
  const Draft::Setting* setting = draft.take_setting(name);
  if (setting != nullptr && setting->tokens != own.tokens) {
    Statement other{draft, setting->line, *setting->tokens};
    other.name();
    other.parser.expect("=");
    const Token& chosen = other.name();
    if (own.parameters.size() != 1)
      throw SyntaxError(chosen.span,
                        fmt::format("'{}' has {} parameters", name, own.parameters.size()),
                        "write it out, as in f(x, y)=x + y");
    const auto body = apply(draft, chosen, Expr::symbol(own.parameters[0]));
    expect_end(other);
    own.body = *body;
    return;
  }
  const auto is_parameter = [&own](std::string_view one) {
    return std::find(own.parameters.begin(), own.parameters.end(), one) != own.parameters.end();
  };
  ParseContext context = draft.context(own.line);
  context.is_quantity = [known = context.is_quantity, is_parameter](std::string_view one) {
    return is_parameter(one) || known(one);
  };
  // Read on where the equals sign was, with the parameters as quantities.
  std::vector<Token> rest;
  for (const Token& token : *own.tokens)
    if (token.span.begin >= statement.parser.peek().span.begin) rest.push_back(token);
  Statement body{draft, own.line, rest, ExpressionParser(rest, std::move(context))};
  own.body = body.parser.piecewise();
  if (draft.arrays.in_file) settle(draft, own);
  for_each_leaf(own.body, [&](const Expr& leaf) {
    const bool is_quantity = leaf.is(Expr::Kind::symbol) && !is_parameter(leaf.text());
    if (!is_quantity) return;
    const Place place{own.line, body.parser.span_of(leaf).value_or(own.tokens->front().span)};
    // An array by its elements: a member of a family has no other name.
    if (draft.arrays.in_file && draft.arrays.grid_of(leaf.text()))
      for (const std::string& element : draft.arrays.elements_of(leaf))
        draft.mention(element, place, true);
    else
      draft.mention(leaf.text(), place, true);
  });
  expect_end(body);
}

/// A function of a single number goes through an array element by element: one without operations
/// on arrays and without arrays of the file in it, f(v) = W*v. What it calls is written in a file
/// with arrays as a call, g(u), and is here what g says of that number.
void Functions::settle(const Draft& draft, Own& own) const {
  if (own.parameters.size() != 1) return;
  const Expr whole = written_out(own.body);
  bool uses_arrays = is_of_arrays(whole);
  for_each_leaf(whole, [&](const Expr& leaf) {
    uses_arrays = uses_arrays ||
                  (leaf.is(Expr::Kind::symbol) && draft.arrays.grid_of(leaf.text()).has_value());
  });
  own.is_of_one_number = !uses_arrays && !is_too_long(whole);
  if (own.is_of_one_number) own.body = whole;
}

/// Without calls of functions of a single number.
Expr Functions::written_out(const Expr& e) const {
  if (e.parts().empty()) return e;
  std::vector<Term> parts;
  for (const Term& part : e.parts()) parts.push_back({written_out(part.expr), part.inverted});
  const auto called = e.is(Expr::Kind::function) ? own_.find(e.text()) : own_.end();
  if (called == own_.end() || !called->second.is_of_one_number)
    return with_parts(e, std::move(parts));
  return with_symbol(called->second.body, called->second.parameters[0], parts[0].expr);
}

void Functions::refuse_circle(const Token& call) const {
  std::vector<std::string> names(std::find(open_.begin(), open_.end(), call.text), open_.end());
  names.push_back(call.text);
  throw SyntaxError(call.span,
                    names.size() == 2 ? fmt::format("'{}' calls itself", call.text)
                                      : fmt::format("'{}' calls itself: {}", call.text,
                                                    fmt::join(names, " calls ")),
                    "a function of a file cannot be recursive");
}

namespace {

/// A call as it is written.
Expr written_call(const Token& call, const ArgumentLists& lists) {
  std::vector<Term> arguments;
  for (const auto& list : lists) {
    if (list.empty()) throw SyntaxError(call.span, fmt::format("a list of {} is empty", call.text));
    for (std::size_t i = 0; i < list.size(); ++i)
      arguments.push_back({list[i], i == 0 && !arguments.empty()});
  }
  return Expr::function(call.text, std::move(arguments));
}

}  // namespace

const FunctionBody* Functions::own(const std::string& name) const {
  const auto found = own_.find(name);
  return found == own_.end() || found->second.state != State::read ? nullptr : &found->second;
}

std::map<std::string, FunctionBody> Functions::of_one_number() const {
  std::map<std::string, FunctionBody> bodies;
  for (const auto& [name, own] : own_)
    if (own.state == State::read && own.is_of_one_number) bodies[name] = own;
  return bodies;
}

void Functions::check_arguments(const Token& call, const Own& own, const ArgumentLists& lists) {
  if (lists.size() == 1 && lists[0].size() == own.parameters.size()) return;
  std::size_t given = 0;
  for (const auto& list : lists) given += list.size();
  throw SyntaxError(call.span,
                    fmt::format("{} takes {} argument{}, not {}", call.text, own.parameters.size(),
                                own.parameters.size() == 1 ? "" : "s", given));
}

std::optional<Expr> Functions::expand(Draft& draft, const Token& call, const ArgumentLists& lists) {
  const auto found = own_.find(call.text);
  if (found == own_.end()) {
    if (!draft.arrays.in_file) return expand_list_function(call, lists);
    return is_array_function(call.text) ? std::optional(written_call(call, lists)) : std::nullopt;
  }
  Own& own = found->second;
  if (open_.size() > most_nested)
    throw SyntaxError(call.span,
                      fmt::format("more than {} functions call one another", most_nested),
                      "define quantities for their parts");
  read(draft, call.text, own);
  if (own.state == State::open) refuse_circle(call);
  if (own.state == State::broken) return Expr(0.0);  // reported at its own line
  check_arguments(call, own, lists);
  if (own.is_unspecified && own.parameters.size() > 1)
    for (const Expr& argument : lists[0])
      if (!argument.is(Expr::Kind::symbol))
        throw SyntaxError(call.span, fmt::format("the arguments of {} are names", call.text),
                          "so that ∂f/∂u can be written: define u = … first");
  // One of a single number works on arrays element by element; what that means depends on shapes.
  if (draft.arrays.in_file && own.is_of_one_number) return written_call(call, lists);
  const Expr expanded = substitute(own.body, [&](const Expr& leaf) {
    for (std::size_t i = 0; i < own.parameters.size(); ++i)
      if (leaf.is(Expr::Kind::symbol) && leaf.text() == own.parameters[i]) return lists[0][i];
    return leaf;
  });
  if (is_too_long(expanded))
    throw SyntaxError(call.span, fmt::format("written out, this call of {} is too long", call.text),
                      "define quantities for its parts");
  return expanded;
}

std::optional<Expr> Functions::apply(Draft& draft, const Token& name, const Expr& argument) {
  if (const auto op = function_named(name.text); op && arity_of(*op) == 1)
    return *op == Op::square ? Expr::power(argument, 2.0) : Expr::call(*op, {argument});
  if (is_own(name.text)) return expand(draft, name, {{argument}});
  std::vector<KnownFunction> further;
  for (const std::string_view own : own_names()) further.push_back({own});
  throw SyntaxError(name.span, fmt::format("unknown function {} of one argument", describe(name)),
                    name.is_word("linear") || name.is_word("identity") || name.is_word("None")
                        ? "did you mean 'none'?"
                        : hint_for_function(name.text, further));
}

void read_function(Statement& statement) {
  ExpressionParser& parser = statement.parser;
  parser.next();
  const Token& name = parser.next();
  parser.expect("(");
  do (void)statement.name();
  while (parser.accept(","));
  parser.expect(")");
  const Functions& functions = statement.draft.functions;
  const bool declared =
      functions.is_own(name.text) && functions.line_of(name.text) == statement.line;
  if (!declared) return;  // reported where it was to be declared
  statement.draft.add(
      {.name = name.text, .role = Role::function, .place = statement.place(name.span)});
  statement.left_over_hint =
      fmt::format("a function with a formula is written {}(z) = …", name.text);
}

}  // namespace chalkgrad
