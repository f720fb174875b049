#include "tracer/expression/parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numbers>

#include "engine/ops.hpp"
#include "tracer/expression/function_names.hpp"
#include "tracer/expression/name_range.hpp"
#include "tracer/expression/suggestion.hpp"

namespace chalkgrad {

namespace {

constexpr int deepest_nesting = 200;

/// How tightly a sign binds to what stands on its left. A prefix minus binds between sum and
/// product, so that −a·b is −(a·b); ^ binds to the right.
namespace binding {
constexpr int none = 0, sum = 10, minus = 15, product = 20, power = 40;
}

bool is_elementwise(const Token& token) { return token.is(".*") || token.is("./"); }

int binding_of(const Token& token) {
  if (token.is("+") || token.is("-")) return binding::sum;
  if (token.is("*") || token.is("/") || is_elementwise(token)) return binding::product;
  if (token.is("^") || token.is(".^") || token.is("ᵀ")) return binding::power;
  return binding::none;
}

/// Counts how deep the parser is, and refuses to go deeper than the stack allows.
class Depth {
 public:
  Depth(int& depth, Span where) : depth_(depth) {
    if (++depth_ > deepest_nesting) {
      --depth_;
      throw SyntaxError(where,
                        fmt::format("the expression nests deeper than {} levels", deepest_nesting));
    }
  }
  Depth(const Depth&) = delete;
  Depth& operator=(const Depth&) = delete;
  ~Depth() { --depth_; }

 private:
  int& depth_;
};

}  // namespace

Expr parse_expression(std::string_view line, ParseContext context) {
  const std::vector<Token> tokens = tokenize(line);
  ExpressionParser parser(tokens, std::move(context));
  Expr e = parser.expression();
  if (parser.peek().kind != Token::Kind::end) parser.fail_expecting("an operator");
  return e;
}

Expr ExpressionParser::expression() { return parse(binding::none); }

Expr ExpressionParser::product() {
  in_row_ = true;
  Expr e = parse(binding::sum);
  in_row_ = false;
  return e;
}

const Token& ExpressionParser::peek(std::size_t ahead) const {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

const Token& ExpressionParser::next() {
  const Token& token = peek();
  if (at_ + 1 < tokens_.size()) ++at_;
  return token;
}

bool ExpressionParser::accept(std::string_view sign) {
  if (!peek().is(sign)) return false;
  next();
  return true;
}

bool ExpressionParser::accept_word(std::string_view word) {
  if (!peek().is_word(word)) return false;
  next();
  return true;
}

void ExpressionParser::fail_expecting(std::string_view what) const {
  throw SyntaxError(peek().span, fmt::format("expected {}, but found {}", what, describe(peek())));
}

void ExpressionParser::expect(std::string_view sign) {
  if (!accept(sign)) fail_expecting(fmt::format("'{}'", sign));
}

std::optional<Span> ExpressionParser::span_of(const Expr& e) const {
  const auto found = spans_.find(e.identity());
  return found == spans_.end() ? std::nullopt : std::optional(found->second);
}

Expr ExpressionParser::placed(Expr e, std::size_t first_token) {
  spans_[e.identity()] = {tokens_[first_token].span.begin, tokens_[at_ - 1].span.end};
  kept_.push_back(e);
  return e;
}

Expr ExpressionParser::parse(int least_binding) {
  const Depth depth(depth_, peek().span);
  const std::size_t first_token = at_;
  Expr left = operand(least_binding);
  while (binding_of(peek()) > least_binding) {
    const int tightness = binding_of(peek());
    if (tightness == binding::power) {
      left = placed(raised(std::move(left)), first_token);
      continue;
    }
    // All terms of a sum, or all factors of a product, in one go: long ones need no depth.
    std::vector<Term> parts = {{left, false}};
    const bool elementwise = context_.arrays && is_elementwise(peek());
    while (binding_of(peek()) == tightness &&
           elementwise == (context_.arrays && is_elementwise(peek()))) {
      const bool inverted = peek().is("-") || peek().is("/") || peek().is("./");
      next();
      parts.push_back({parse(tightness), inverted});
    }
    left = tightness == binding::sum ? Expr::sum(std::move(parts))
           : elementwise             ? Expr::elementwise(std::move(parts))
                                     : Expr::product(std::move(parts));
    left = placed(std::move(left), first_token);
  }
  return left;
}

/// What stands behind a base: ^2, .^2, ᵀ, ^T.
Expr ExpressionParser::raised(Expr base) {
  if (is_turned_over()) {
    if (!accept("ᵀ")) next(), next();
    return Expr::transposed(std::move(base));
  }
  const bool elementwise = next().is(".^") && context_.arrays;
  Expr exponent = parse(binding::power - 1);
  return elementwise ? Expr::elementwise_power(std::move(base), std::move(exponent))
                     : Expr::power(std::move(base), std::move(exponent));
}

bool ExpressionParser::is_turned_over() const {
  if (!context_.arrays) return false;
  const bool quantity = context_.is_quantity && context_.is_quantity("T") &&
                        !(context_.is_array && context_.is_array("T"));
  return peek().is("ᵀ") || (peek().is("^") && peek(1).is_word("T") && !quantity);
}

Expr ExpressionParser::operand(int least_binding) {
  const Token& token = peek();
  if (token.kind == Token::Kind::number) {
    next();
    refuse_implicit_multiplication(token);
    return Expr::number(token.text);
  }
  if (token.kind == Token::Kind::name) {
    if (auto quotient = derivative()) return *quotient;
    return named();
  }
  if (token.is("∂")) {
    if (auto quotient = derivative()) return *quotient;
    throw SyntaxError(token.span, "expected a derivative, as in ∂E/∂w5");
  }
  if (token.is("(")) return in_brackets();
  if (token.is("[") && context_.arrays) return matrix();
  if (token.is("|")) return between_bars();
  if (token.is("*") && at_ > 0 && tokens_[at_ - 1].is("*"))
    throw SyntaxError(token.span, "expected a number, a name or '(', but found '*'",
                      "write ^ for a power");
  if (accept("+")) return parse(std::max(least_binding, binding::minus));
  if (accept("-")) return -parse(std::max(least_binding, binding::minus));
  fail_expecting("a number, a name or '('");
}

bool ExpressionParser::is_quantity(std::string_view name) const {
  return !context_.is_quantity || context_.is_quantity(name);
}

Expr ExpressionParser::named() {
  const std::size_t first_token = at_;
  const Token& name = next();
  if (peek().is("(")) return call(name);
  if (auto element = element_of(name, first_token)) return *element;
  const bool unclaimed = !context_.is_quantity || !context_.is_quantity(name.text);
  if ((name.text == "pi" || name.text == "π") && unclaimed)
    return Expr::number(std::numbers::pi, "π");
  refuse_implicit_multiplication(name);
  std::string text = name.text;
  if (peek().is("⁺") && peek().span.begin == name.span.end) text += next().text;
  return placed(Expr::symbol(std::move(text)), first_token);
}

void ExpressionParser::refuse_implicit_multiplication(const Token& left) const {
  const Token& right = peek();
  const bool of_cases = right.is_word("if") || right.is_word("else") || right.is_word("otherwise");
  if (of_cases || in_row_) return;
  const bool operand_follows =
      right.kind == Token::Kind::number || right.kind == Token::Kind::name || right.is("(");
  if (!operand_follows) return;
  const bool is_function = left.kind == Token::Kind::name && function_named(left.text) &&
                           !(context_.is_quantity && context_.is_quantity(left.text));
  throw SyntaxError(
      right.span,
      fmt::format("expected an operator between {} and {}", describe(left), describe(right)),
      is_function             ? "a function needs its arguments in brackets"
      : right.is_word("over") ? "mean over samples of ... stands alone behind the equals sign"
                              : "write * for a product");
}

Expr ExpressionParser::call(const Token& name) {
  const std::size_t first_token = at_ - 1;
  const auto op = function_named(name.text);
  const Token& open = peek();
  if (!op && !context_.expand) refuse_function(name, open);
  ArgumentLists lists = arguments(name);
  const Token called{Token::Kind::name, name.text, {name.span.begin, tokens_[at_ - 1].span.end}};
  if (!op) {
    auto expanded = context_.expand(called, lists);
    if (!expanded) refuse_function(name, open);
    return placed(std::move(*expanded), first_token);
  }
  if (lists.size() > 1)
    throw SyntaxError(open.span, fmt::format("{} takes one list of arguments", name.text));
  return placed(operation(*op, called, std::move(lists[0])), first_token);
}

void ExpressionParser::refuse_function(const Token& name, const Token& open) const {
  if (context_.is_quantity && context_.is_quantity(name.text))
    throw SyntaxError(open.span,
                      fmt::format("expected an operator between {} and '('", describe(name)),
                      "write * for a product");
  throw SyntaxError(
      name.span, fmt::format("unknown function {}", describe(name)),
      hint_for_function(
          name.text, context_.expandable ? context_.expandable() : std::vector<KnownFunction>{}));
}

Expr ExpressionParser::operation(Op op, const Token& name, std::vector<Expr> operands) {
  if (context_.arrays && operands.size() == 1 && (op == Op::min || op == Op::max))
    return Expr::function(std::string(name.text), {{operands[0], false}});
  // The smallest and the largest of a list, as one of two after the other.
  if ((op == Op::min || op == Op::max) && operands.size() == 1) return operands[0];
  if ((op == Op::min || op == Op::max) && operands.size() > 2 &&
      operands.size() <= deepest_nesting) {
    Expr chosen = operands[0];
    for (std::size_t i = 1; i + 1 < operands.size(); ++i)
      chosen = Expr::call(op, {chosen, operands[i]});
    operands = {chosen, operands.back()};
  }
  const auto wanted = static_cast<std::size_t>(arity_of(op));
  if (operands.size() != wanted) {
    throw SyntaxError(name.span, fmt::format("{} takes {} argument{}, not {}", name.text, wanted,
                                             wanted == 1 ? "" : "s", operands.size()));
  }
  // Powers have a sign of their own, and one form only.
  const auto raise = context_.arrays ? Expr::elementwise_power : Expr::power;
  if (op == Op::power) return raise(operands[0], operands[1]);
  if (op == Op::square) return raise(operands[0], 2.0);
  return Expr::call(op, std::move(operands));
}

ArgumentLists ExpressionParser::arguments(const Token& function) {
  const Token& open = next();
  ArgumentLists lists(1);
  if (accept(")")) return lists;
  do {
    if (accept(";")) lists.emplace_back();
    do {
      for (Expr& e : argument()) lists.back().push_back(std::move(e));
    } while (accept(","));
  } while (peek().is(";"));
  if (accept(")")) return lists;
  if (peek().kind == Token::Kind::end) {
    throw SyntaxError(open.span, fmt::format("this '(' is never closed"),
                      fmt::format("the arguments of {} begin here", function.text));
  }
  fail_expecting("an operator, ',' or ')'");
}

/// An expression, or a range of names.
std::vector<Expr> ExpressionParser::argument() {
  const std::size_t first_token = at_;
  if (auto named = named_argument()) return {*named};
  if (peek().kind != Token::Kind::name || !peek(1).is("..")) return {parse(binding::none)};
  const Token& first = next();
  next();
  if (peek().kind != Token::Kind::name) fail_expecting("the last name of the range");
  std::vector<Expr> list;
  for (std::string& name : names_between(first, next()))
    list.push_back(placed(Expr::symbol(std::move(name)), first_token));
  return list;
}

Expr ExpressionParser::in_brackets() {
  const std::size_t first_token = at_;
  const Token& open = next();
  Expr inside = parse(binding::none);
  if (peek().is_word("if")) return placed(cases(std::move(inside)), first_token);
  if (!accept(")")) {
    if (peek().kind != Token::Kind::end) fail_expecting("an operator or ')'");
    throw SyntaxError(open.span, "this '(' is never closed");
  }
  refuse_implicit_multiplication(tokens_[at_ - 1]);
  return inside;
}

Expr ExpressionParser::between_bars() {
  const std::size_t first_token = at_;
  const Token& open = next();
  Expr inside = parse(binding::none);
  if (!accept("|")) throw SyntaxError(open.span, "this '|' is never closed");
  return placed(Expr::call(Op::abs, {std::move(inside)}), first_token);
}

/// left > right, left ≥ right or left = right; a < b is b > a.
ExpressionParser::Condition ExpressionParser::condition() {
  Expr left = parse(binding::none);
  char kind = '=';
  if (accept(">")) {
    kind = accept("=") ? 'g' : '>';
  } else if (accept("≥")) {
    kind = 'g';
  } else if (accept("<")) {
    kind = accept("=") ? 'g' : '>';
    Expr right = parse(binding::none);
    return {std::move(right), kind, std::move(left)};
  } else if (accept("≤")) {
    kind = 'g';
    Expr right = parse(binding::none);
    return {std::move(right), kind, std::move(left)};
  } else {
    expect("=");
  }
  return {std::move(left), kind, parse(binding::none)};
}

/// (positive if a > b, zero if a = b, else negative); a ≥ b when positive and zero are the same.
Expr ExpressionParser::cases(Expr positive) {
  next();
  const auto [left, kind, right] = condition();
  if (kind == '=') fail_expecting("a condition with >");
  expect(",");
  std::optional<Expr> zero;
  if (!peek().is_word("else")) {
    zero = parse(binding::none);
    if (!accept_word("if")) fail_expecting("'if'");
    condition();
    expect(",");
  }
  if (!accept_word("else")) fail_expecting("'else'");
  const Expr negative = parse(binding::none);
  expect(")");
  if (!zero) zero = kind == 'g' ? positive : negative;
  return Expr::cases(left, right, std::move(positive), *zero, negative);
}

/// ∂y/∂x, or dy/dx where that can only be a derivative. Takes nothing if it is something else.
std::optional<Expr> ExpressionParser::derivative() {
  const bool curly = peek().is("∂");
  const std::size_t step = curly ? 2 : 1;  // tokens in ∂y and in dy
  const Token &upper = peek(step - 1), &slash = peek(step), &lower = peek(2 * step);
  if (!slash.is("/") || upper.kind != Token::Kind::name || lower.kind != Token::Kind::name ||
      (curly && !peek(3).is("∂"))) {
    return std::nullopt;
  }
  std::string_view y = upper.text, x = lower.text;
  if (!curly) {
    if (!context_.is_quantity || !y.starts_with('d') || !x.starts_with('d')) return std::nullopt;
    if (is_quantity(y) || is_quantity(x)) return std::nullopt;
    y.remove_prefix(1);
    x.remove_prefix(1);
    if (!is_quantity(y) || !is_quantity(x)) return std::nullopt;
  }
  const std::size_t first_token = at_;
  for (std::size_t i = 0; i <= 2 * step; ++i) next();
  const bool direct = peek().is("|") && peek(1).is_word("direct");
  if (direct) {
    next();
    next();
  }
  return placed(Expr::derivative(std::string(y), std::string(x), direct), first_token);
}

}  // namespace chalkgrad
