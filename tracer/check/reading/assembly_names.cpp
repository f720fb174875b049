#include <fmt/format.h>

#include <algorithm>

#include "engine/ops.hpp"
#include "tracer/check/reading/assembler.hpp"
#include "tracer/check/reading/assembly.hpp"
#include "tracer/check/reading/differential.hpp"
#include "tracer/check/reading/notation.hpp"
#include "tracer/check/reading/words.hpp"
#include "tracer/expression/function_names.hpp"
#include "tracer/expression/name.hpp"

/// The part of the assembler that knows names: of quantities, functions, derivatives.
namespace chalkgrad {

/// Takes a derivative in any notation, if one stands here.
bool Assembler::differential() {
  if (differential_operator()) return true;
  const auto found = leading_derivative(rest(), known_);
  if (found) emit_derivative(found->of, found->wrt, found->tokens);
  return found.has_value();
}

/// ∂(…)/∂w and ∂/∂w (…) as a call of a function with that name, which side.cpp reads.
bool Assembler::differential_operator() {
  const auto found = leading_differential_operator(rest(), known_);
  if (!found) return false;
  if (after_operand() && touches()) multiply();
  const Span span = in_[at_].span;
  std::vector<Token> inside(in_.begin() + static_cast<std::ptrdiff_t>(at_ + found->begin),
                            in_.begin() + static_cast<std::ptrdiff_t>(at_ + found->end));
  at_ += found->tokens;
  push(Token::Kind::name, std::string(differential_operator_mark) + found->wrt, span);
  push_sign("(", span);
  for (Token& token : assemble(std::move(inside), known_)) out_.push_back(std::move(token));
  push_sign(")", span);
  last_is_known_ = true;
  last_is_function_ = false;
  return true;
}

void Assembler::emit_derivative(const std::string& y, const std::string& x, std::size_t count) {
  if (after_operand() && touches()) multiply();
  const Span span{in_[at_].span.begin, in_[at_ + count - 1].span.end};
  push_sign("∂", span);
  push(Token::Kind::name, y, span);
  push_sign("/", span);
  push_sign("∂", span);
  push(Token::Kind::name, x, span);
  at_ += count;
  const bool direct = is(0, "|") && is_name(1) && name_key(peek(1)->text) == "direct";
  if (direct) {
    push_sign("|", span);
    push(Token::Kind::name, "direct", span);
    at_ += 2;
  }
  last_is_known_ = true;
  last_is_function_ = false;
}

/// −∂E/∂net, as one operand.
void Assembler::emit_negative(const Expr& derivative) {
  if (after_operand() && touches()) multiply();
  const Span span = in_[at_].span;
  const bool alone = in_.size() == 1;
  if (!alone) push_sign("(", span);
  push_sign("-", span);
  last_is_known_ = false;
  emit_derivative(derivative.text(), derivative.wrt(), 1);
  if (!alone) push_sign(")", span);
}

void Assembler::name() {
  const Token& token = in_[at_];
  if (is_exponential(token)) return exponential();
  if (token.text == "x" && !known_.is_name("x") && after_operand() && is_number(1)) {
    ++at_;
    return push_sign("*", token.span);
  }
  if ((token.text == "Delta" || token.text == "Δ") && is_name(1)) return change();
  const bool primed = is(1, notation::prime);
  const auto meaning = meaning_of(token.text + (primed && !is(2, "(") ? "⁺" : ""));
  const auto function = known_.vocabulary->function(without_mark(token.text));
  const bool calls = is(1, "(") || (primed && is(2, "("));
  if (known_.vocabulary->is_unspecified(token.text) && unspecified_function()) return;
  if (calls && derivative_of_function()) return;
  const auto is_its_name = [&] {  // f alone is a name
    return calls || function_named(token.text) || function_known_as(token.text);
  };
  if (function && is_its_name() && (calls || !meaning) && !(meaning && calls && !primed))
    return function_name(*function, primed || token.text.ends_with(updated_mark));
  const bool arrays = known_.vocabulary->arrays().any();
  if (arrays && (calls || is(1, "[")) && !meaning &&
      known_.vocabulary->arrays().is_function(token.text)) {
    if (after_operand() && touches()) multiply();
    ++at_;
    push(Token::Kind::name, token.text + (primed ? "\'" : ""), token.span);
    if (primed) ++at_;
    last_is_function_ = true;
    last_is_known_ = false;
    if (is(0, "[")) array_as_argument();
    return;
  }
  if (!meaning && !introduced(token.text)) {
    // Why*h2 is about a weight.
    const bool factor = goes_on_as_formula() || (!out_.empty() && out_.back().is("*"));
    if (known_.note_unknown && (factor || is_open_letter(token) || !looks_like_prose(token.text)))
      known_.note_unknown(token.text);
    if (split_into_names()) return;
    return unknown_name();
  }
  known_name(meaning, primed);
}

/// \Delta w_5 is one name.
void Assembler::change() {
  const Token mark = in_[at_++];
  in_[at_].text = std::string(change_mark) + in_[at_].text;
  in_[at_].span.begin = mark.span.begin;
  name();
}

/// sigmoid_derivative(z), d_tanh(z): σ'(z).
bool Assembler::derivative_of_function() {
  const Token token = in_[at_];
  if (known_.is_name(token.text)) return false;
  std::string_view name = token.text;
  bool said = false;
  for (const std::string_view mark : {"_derivative", "_prime", "Derivative", "_deriv", "_grad"}) {
    if (!name.ends_with(mark)) continue;
    name.remove_suffix(mark.size());
    said = true;
  }
  for (const std::string_view mark : {"derivative_of_", "d_", "grad_", "deriv_"}) {
    if (said || !name.starts_with(mark)) continue;
    name.remove_prefix(mark.size());
    said = true;
  }
  const auto op = said ? known_.vocabulary->function(name) : std::nullopt;
  if (op) function_name(*op, true);
  return op.has_value();
}

std::optional<Expr> Assembler::meaning_of(const std::string& written) const {
  return known_.vocabulary->meaning(written);
}

bool Assembler::introduced(std::string_view name) const {
  return known_.introduced && known_.introduced(name);
}

std::string_view Assembler::without_mark(std::string_view name) {
  if (name.ends_with(updated_mark)) name.remove_suffix(updated_mark.size());
  return name;
}

void Assembler::known_name(const std::optional<Expr>& meaning, bool primed) {
  const Token token = in_[at_];
  if (meaning && meaning->is(Expr::Kind::derivative)) {
    const bool negative = known_.conventions.negative_delta && is_delta(token.text);
    const std::string loss =
        known_.conventions.own_loss && meaning->text() == known_.vocabulary->output()
            ? known_.vocabulary->loss_of_sample(sample_of(meaning->wrt()))
            : std::string();
    const Expr meant = loss.empty() ? *meaning : Expr::derivative(loss, meaning->wrt());
    return negative ? emit_negative(meant) : emit_derivative(meant.text(), meant.wrt(), 1);
  }
  refuse_letter_in_number(token);
  if (after_operand() && touches()) multiply();
  ++at_;
  if (primed && meaning) ++at_;
  const bool in_layer = token.text.ends_with(']') && is(0, "(") && is_number(1) && is(2, ")");
  std::string name = meaning && !in_layer ? meaning->text() : token.text;
  // w5(new), w5(old)
  if (is(0, "(") && is_name(1) && is(2, ")")) {
    const auto kind = kind_of_word(in_[at_ + 1].text);
    const auto updated = kind == Word::updated ? meaning_of(name + "⁺") : std::nullopt;
    if (updated) name = updated->text();
    const std::string& word = in_[at_ + 1].text;
    const bool this_step = (word == "t" || word == "n" || word == "k") && !known_.is_name(word) &&
                           meaning_of(name + "⁺").has_value();
    if (updated || kind == Word::former || this_step) at_ += 3;
  }
  push(Token::Kind::name, std::move(name), token.span);
  // x[2](1) is said of layers, and no product.
  last_is_known_ = !in_layer;
  last_is_function_ = in_layer;
}

/// 0.462l: no product of 0.462 and something that is called L.
void Assembler::refuse_letter_in_number(const Token& name) const {
  if (out_.empty() || out_.back().kind != Token::Kind::number ||
      out_.back().span.end != name.span.begin || known_.vocabulary->exact_quantity(name.text))
    return;
  const std::string text = out_.back().text + name.text;
  throw SyntaxError({out_.back().span.begin, name.span.end}, fmt::format("'{}' is no number", text),
                    "a digit looks like a letter, or a sign is missing");
}

/// Of a definition by cases.
bool Assembler::is_keyword(const Token& token) {
  return token.is_word("if") || token.is_word("else");
}

/// Names without a sign between them: iw, and w_1x_1 in LaTeX, where a subscript has one
/// character. Only if they can be read in one way.
bool Assembler::split_into_names() {
  const std::string& text = in_[at_].text;
  constexpr std::size_t longest = 12;
  if (text.size() > longest || looks_like_prose(text) > known_.blanks_multiply) return false;
  const auto readings = splits_of(text);
  if (readings.size() != 1) return false;
  const Span span = in_[at_].span;
  if (after_operand()) multiply();
  ++at_;
  for (std::size_t i = 0; i < readings[0].size(); ++i) {
    if (i > 0) push_sign("*", span);
    push(Token::Kind::name, readings[0][i], span);
  }
  last_is_known_ = true;
  last_is_function_ = false;
  return true;
}

std::vector<std::vector<std::string>> Assembler::splits_of(const std::string& text) const {
  std::vector<std::vector<std::string>> readings;
  std::vector<std::string> parts;
  collect_splits(text, 0, parts, readings);
  return readings;
}

void Assembler::collect_splits(const std::string& text, std::size_t from,
                               std::vector<std::string>& parts,
                               std::vector<std::vector<std::string>>& readings) const {
  if (readings.size() > 1) return;  // two are as good as many
  if (from == text.size()) {
    if (parts.size() > 1 && readings.size() < 2) readings.push_back(parts);
    return;
  }
  for (std::size_t size = 1; from + size <= text.size(); ++size) {
    const std::string part = text.substr(from, size);
    if (part.front() == '_' || part.back() == '_') continue;
    const auto name = known_.vocabulary->exact_quantity(part);
    if (!name) continue;
    parts.push_back(*name);
    collect_splits(text, from + size, parts, readings);
    parts.pop_back();
  }
}

/// Whether what follows a word goes on with mathematics: then it is no prose, but a name.
bool Assembler::goes_on_as_formula() const {
  if (is(1, "*") || is(1, "/") || is(1, "^") || is(1, "+")) return true;
  if (is(1, "(")) return in_[at_ + 1].span.begin == in_[at_].span.end;
  return is(1, "-") && (is_number(2) || (is_name(2) && known_.is_name(peek(2)->text)));
}

/// Behind an operand a word is prose, and the formula ends; a name that is not known is left to
/// be refused, and so is one that touches a number, as in 2x.
void Assembler::unknown_name() {
  const Token token = in_[at_];
  const std::string lower = name_key(token.text);
  const bool behind =
      !out_.empty() && (out_.back().is(")") || out_.back().kind != Token::Kind::sign);
  const bool touches_number =
      behind && out_.back().kind == Token::Kind::number && out_.back().span.end == token.span.begin;
  // w_1 x of a writer's own w_1 is a product like that of a known one.
  const bool like_quantity =
      is_open_letter(token) || (!looks_like_prose(token.text) &&
                                token.text.find_first_of("_0123456789") != std::string::npos);
  if (touches_number || (like_quantity && after_operand() && touches())) {
    multiply();
  } else if (behind && !is_keyword(token) && !is_keyword(out_.back()) && !last_is_function_ &&
             (looks_like_prose(token.text) || kind_of_word(token.text)) && !goes_on_as_formula()) {
    push_sign(notation::cell, token.span);
  }
  ++at_;
  push(Token::Kind::name, is_no_number(lower) ? std::string(no_number) : token.text, token.span);
  last_is_known_ = like_quantity && known_.blanks_multiply;
  last_is_function_ = false;
}

/// \alpha in LaTeX is a quantity, whatever it is, where names are left open.
bool Assembler::is_open_letter(const Token& token) const {
  return known_.note_unknown && known_.blanks_multiply && !greek_letter(token.text).empty();
}

bool Assembler::is_no_number(std::string_view word) {
  return word == "nan" || word == "NaN" || word == "inf" || word == "Inf" || word == "infinity" ||
         word == "∞";
}

/// g(z) or g''(z); false if no bracket follows.
bool Assembler::unspecified_function() {
  std::size_t primes = 0;
  while (is(primes + 1, notation::prime)) ++primes;
  if (!is(primes + 1, "(")) return false;
  const Token token = in_[at_];
  if (after_operand() && touches()) multiply();
  at_ += primes + 1;
  push(Token::Kind::name, token.text + std::string(primes, '\''), token.span);
  last_is_function_ = true;
  last_is_known_ = false;
  return true;
}

void Assembler::function_name(Op op, bool primed) {
  const Token token = in_[at_];
  if (after_operand() && touches()) multiply();
  ++at_;
  if (is(0, notation::prime)) ++at_;
  push(Token::Kind::name, std::string(name_of(op)) + (primed ? "'" : ""), token.span);
  last_is_function_ = true;
  last_is_known_ = false;
  if (is(0, "^") && is_number(1) && is(2, "(")) return move_power_behind_call();
  if (is(0, "[")) return array_as_argument();
  if (is(0, "(") || at_ >= in_.size()) return;
  // \ln p_1
  if (!is_number(0) && !(is_name(0) && known_.is_name(in_[at_].text))) return;
  const Span span = in_[at_].span;
  push_sign("(", span);
  next();
  push_sign(")", span);
  last_is_known_ = last_is_function_ = false;
}

/// The brackets of a matrix are those of the call: tanh[0.5, 0.3].
void Assembler::array_as_argument() {
  const Span span = in_[at_].span;
  push_sign("(", span);
  int depth = 0;
  do {
    depth += is(0, "[") ? 1 : is(0, "]") ? -1 : 0;
    next();
  } while (at_ < in_.size() && depth > 0);
  push_sign(")", span);
  last_is_known_ = last_is_function_ = false;
}

/// tanh²(z) is tanh(z)².
void Assembler::move_power_behind_call() {
  std::size_t close = at_ + 2;
  for (int depth = 0; close < in_.size(); ++close) {
    if (in_[close].is("(")) ++depth;
    if (in_[close].is(")") && --depth == 0) break;
  }
  const auto first = in_.begin() + static_cast<std::ptrdiff_t>(at_);
  const auto end = in_.begin() + static_cast<std::ptrdiff_t>(std::min(close + 1, in_.size()));
  std::rotate(first, first + 2, end);
}

bool Assembler::is_exponential(const Token& token) const {
  if (!is(1, "^")) return false;
  return token.text == "exp" ||
         (token.text == "e" && (known_.conventions.euler ||
                                !(known_.vocabulary->exact_quantity("e") || introduced("e"))));
}

/// e ^ … as exp(…): brackets, or a sign and one operand.
void Assembler::exponential() {
  if (after_operand() && touches()) multiply();
  const Span span = in_[at_].span;
  push(Token::Kind::name, "exp", span);
  at_ += 2;
  last_is_known_ = false;
  last_is_function_ = true;
  if (is(0, "(")) return;
  push_sign("(", span);
  if (is(0, "-") || is(0, "+")) out_.push_back(in_[at_++]);
  last_is_function_ = false;
  if (at_ < in_.size()) next();
  push_sign(")", span);
  last_is_known_ = false;
}

}  // namespace chalkgrad
