#include <fmt/format.h>

#include <algorithm>

#include "tracer/check/reading/answer_reader.hpp"
#include "tracer/check/reading/assembly.hpp"
#include "tracer/check/reading/reader.hpp"
#include "tracer/check/reading/words.hpp"
#include "tracer/expression/name.hpp"

/// The part of the reader of answers that knows what a side means for its statement.
namespace chalkgrad {

namespace {

/// v̄1 and v̇1; in ASCII v1_bar and v1_dot.
bool has_accent(std::string_view name) {
  const std::string_view accent = name_parts(name).accent;
  return accent == adjoint_accent || accent == tangent_accent || name.ends_with("_dot");
}

bool mentions(const Expr& e, const std::function<bool(const Expr&)>& wanted) {
  bool found = false;
  for_each_leaf(e, [&](const Expr& leaf) { found = found || wanted(leaf); });
  return found;
}

}  // namespace

/// 0,5933 without --decimal-comma would be two numbers.
void AnswerReader::refuse_decimal_commas(const Tokens& tokens) {
  int depth = 0;  // within an array
  for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
    depth += tokens[i - 1].is("[") ? 1 : tokens[i - 1].is("]") ? -1 : 0;
    if (depth > 0) continue;
    const Token &before = tokens[i - 1], &after = tokens[i + 1];
    const bool numbers = before.kind == Token::Kind::number && after.kind == Token::Kind::number;
    if (!numbers || !tokens[i].is(",") || before.span.end != tokens[i].span.begin ||
        after.span.begin != tokens[i].span.end)
      continue;
    throw SyntaxError({before.span.begin, after.span.end}, "a number with a comma",
                      "--decimal-comma reads it as a decimal point");
  }
}

/// Words, full stops, closing brackets: what may stand behind a formula in a sentence.
bool AnswerReader::ends_expression(const Token& token) const {
  if (token.kind == Token::Kind::name) return !known_.is_name(token.text);
  return token.is(",") || token.is(";") || token.is(":") || token.is(")") ||
         token.is(notation::cell) || token.is("|") || token.is("<") || token.is(">") ||
         token.is("≥") || token.is("≤");
}

/// φ′(v_1) δ_3 w_31: what is no word but a name that is not known was meant as a factor, so that
/// what stands before it is not all.
bool AnswerReader::is_factor_of_own(const Token& token) const {
  return token.kind == Token::Kind::name && !known_.is_name(token.text) &&
         token.text.find_first_of("_0123456789") != std::string::npos &&
         (is_delta(token.text) || token.text.find('_') == 1);
}

void AnswerReader::add_side(WrittenSide side, const Tokens& part) {
  Chain& statement = answer_.statements[last_];
  if (!statement.sides.empty() && has_unknown(statement.sides[0].expr) &&
      statement.sides.size() == 1 && !accept_definition(statement, side)) {
    statement.sides.clear();
    if (main_ == last_) main_ = nothing;
    last_ = nothing;
    broken_ = true;
    return;
  }
  side.expr = with_its_gradient(statement, side.expr);
  if (unknown_in(statement, side.expr)) {
    const SyntaxError error = unknown_name(side, part);
    return refuse(error.span, error.what(), error.hint);
  }
  side.expr = bind(statement, side.expr);
  if (statement.sides.size() == 1 && is_own(statement.sides[0].expr) &&
      !side.expr.is(Expr::Kind::number))
    statement.defines = true;
  statement.sides.push_back(std::move(side));
}

/// z = w1·i1 defines z; σ(z) = … is said of any z. An unknown name before a mere number is an
/// error.
bool AnswerReader::accept_definition(Chain& statement, const WrittenSide& side) {
  Expr& left = statement.sides[0].expr;
  const Span span = statement.sides[0].span;
  if (left.is(Expr::Kind::call) || left.is(Expr::Kind::function))
    return accept_function(left, side, span);
  const std::string name = left.text();
  const bool accented = has_accent(name);
  const bool worked_out = !has_unknown(side.expr) && !side.expr.is(Expr::Kind::number);
  if (accented || open_names_ ||
      (!known_.vocabulary->is_reserved(name) && (worked_out || refers_to_later(side.expr)))) {
    defined_.insert(name);
    return true;
  }
  refuse(span, "unknown quantity " + describe({Token::Kind::name, name, span}), suggestion(name));
  return false;
}

/// σ(z) = 1/(1 + exp(−z)) is said of any z; tanh(a) = 0.46 is not.
bool AnswerReader::accept_function(Expr& left, const WrittenSide& side, Span span) {
  std::string name;
  const bool general = mentions(left, [&](const Expr& leaf) {
    if (name.empty() && is_unknown(leaf)) name = leaf.text();
    return is_unknown(leaf) && mentions(side.expr, [&](const Expr& other) {
             return other.is(Expr::Kind::symbol) && other.text() == leaf.text();
           });
  });
  if (!general) {
    refuse(span, "unknown quantity " + describe({Token::Kind::name, name, span}), suggestion(name));
    return false;
  }
  left = substitute(left, [this](const Expr& leaf) {
    return is_unknown(leaf) ? Expr::symbol(bound_mark + leaf.text()) : leaf;
  });
  return true;
}

/// v̄1 = 2·v̄5, where v̄5 is defined further down.
bool AnswerReader::refers_to_later(const Expr& e) {
  return mentions(
      e, [](const Expr& leaf) { return leaf.is(Expr::Kind::symbol) && has_accent(leaf.text()); });
}

/// w1 = w1 − lr·grad: the gradient that is meant is that of w1.
Expr AnswerReader::with_its_gradient(const Chain& statement, const Expr& e) const {
  if (statement.sides.empty() || !statement.sides[0].expr.is(Expr::Kind::symbol)) return e;
  std::string name = statement.sides[0].expr.text();
  if (name.ends_with(updated_mark)) name.resize(name.size() - updated_mark.size());
  if (!known_.vocabulary->is_given(name) || known_.vocabulary->output().empty()) return e;
  return substitute(e, [&](const Expr& leaf) {
    const bool meant = leaf.is(Expr::Kind::symbol) && is_unknown(leaf) &&
                       kind_of_word(leaf.text()) == Word::gradient;
    return meant ? Expr::derivative(known_.vocabulary->output(), name) : leaf;
  });
}

Expr AnswerReader::bind(const Chain& statement, const Expr& e) {
  if (statement.sides.empty()) return e;  // its left side could not be read
  const bool binds = mentions(statement.sides[0].expr, [](const Expr& of) {
    return of.is(Expr::Kind::symbol) && of.text()[0] == bound_mark;
  });
  if (!binds) return e;
  return substitute(e, [&](const Expr& leaf) {
    if (!leaf.is(Expr::Kind::symbol)) return leaf;
    const std::string bound = bound_mark + leaf.text();
    const bool is_bound = mentions(statement.sides[0].expr, [&](const Expr& of) {
      return of.is(Expr::Kind::symbol) && of.text() == bound;
    });
    return is_bound ? Expr::symbol(bound) : leaf;
  });
}

/// A name of the writer's own, defined here or elsewhere in the file.
bool AnswerReader::is_own(const Expr& e) const {
  return e.is(Expr::Kind::symbol) && !known_.vocabulary->meaning(e.text()) &&
         (defined_.contains(e.text()) || names_.contains(e.text()));
}

bool AnswerReader::is_unknown(const Expr& leaf) const {
  return leaf.is(Expr::Kind::symbol) && leaf.text()[0] != bound_mark &&
         !known_.is_name(leaf.text()) && !defined_.contains(leaf.text()) &&
         leaf.text() != no_number;
}

bool AnswerReader::has_unknown(const Expr& e) const {
  return mentions(e, [this](const Expr& leaf) { return is_unknown(leaf); });
}

/// Whether a side has a name that is neither known nor bound by the statement's first side.
bool AnswerReader::unknown_in(const Chain& statement, const Expr& e) const {
  return has_unknown(bind(statement, e));
}

std::string AnswerReader::suggestion(const std::string& name) const {
  constexpr std::size_t longest = 60;
  return name.size() > longest ? "" : known_.vocabulary->suggestion(name);
}

SyntaxError AnswerReader::unknown_name(const WrittenSide& side, const Tokens& tokens) const {
  std::string name;
  for_each_leaf(side.expr, [&](const Expr& leaf) {
    if (name.empty() && is_unknown(leaf)) name = leaf.text();
  });
  Span span = side.span;
  const std::string shown = describe({Token::Kind::name, name, span});
  for (const Token& token : tokens)
    if (token.kind == Token::Kind::name && token.text == name) span = token.span;
  return {span, "unknown quantity " + shown, suggestion(name)};
}

}  // namespace chalkgrad
