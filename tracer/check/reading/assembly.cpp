#include "tracer/check/reading/assembly.hpp"

#include <fmt/format.h>

#include <span>

#include "engine/ops.hpp"
#include "tracer/check/reading/differential.hpp"
#include "tracer/check/reading/notation.hpp"
#include "tracer/check/reading/scaled_number.hpp"
#include "tracer/expression/name.hpp"

namespace chalkgrad {

namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

class Assembler {
 public:
  Assembler(std::vector<Token> tokens, const KnownNames& known)
      : in_(std::move(tokens)), known_(known) {}

  std::vector<Token> run() {
    while (at_ < in_.size()) next();
    return std::move(out_);
  }

 private:
  const Token* peek(std::size_t ahead = 0) const {
    return at_ + ahead < in_.size() ? &in_[at_ + ahead] : nullptr;
  }
  bool is(std::size_t ahead, std::string_view sign) const {
    return peek(ahead) != nullptr && peek(ahead)->is(sign);
  }
  bool is_name(std::size_t ahead) const {
    return peek(ahead) != nullptr && peek(ahead)->kind == Token::Kind::name;
  }
  bool is_number(std::size_t ahead) const {
    return peek(ahead) != nullptr && peek(ahead)->kind == Token::Kind::number;
  }

  std::span<const Token> rest() const { return std::span(in_).subspan(at_); }

  void push(Token::Kind kind, std::string text, Span span) {
    out_.push_back({kind, std::move(text), span});
  }
  void push_sign(std::string_view text, Span span) {
    push(Token::Kind::sign, std::string(text), span);
  }

  void next() {
    if (is_number(0)) return number();
    if (differential()) return;
    if (is_name(0)) return name();
    if (is(0, "(")) return open();
    if (is(0, notation::prime)) return prime();
    last_is_known_ = last_is_function_ = false;
    out_.push_back(in_[at_++]);
  }

  // --- products without a sign

  /// Whether the last token ends an operand, so that what follows multiplies it.
  bool after_operand() const {
    if (out_.empty()) return false;
    const Token& last = out_.back();
    return last.kind == Token::Kind::number || last.is(")") ||
           (last.kind == Token::Kind::name && last_is_known_);
  }

  bool touches() const {
    if (!out_.empty() && is_name(0) && out_.back().kind == Token::Kind::name &&
        known_.vocabulary->quantity(out_.back().text) && known_.vocabulary->quantity(peek()->text))
      return true;
    return known_.blanks_multiply || (!out_.empty() && out_.back().span.end >= in_[at_].span.begin);
  }

  /// Puts the * that was left out before the next token.
  void multiply() {
    const Span here = in_[at_].span;
    refuse_two_readings(here);
    push_sign("*", {here.begin, here.begin});
  }

  /// 1/2x: where the operand before this product begins, and whether it divides.
  void refuse_two_readings(Span next) const {
    const std::size_t begin = start_of_last_operand();
    if (begin == 0 || begin == nowhere || !out_[begin - 1].is("/")) return;
    const std::string c = in_[at_].is("(") ? "(…)" : in_[at_].text, b = text_of(begin, out_.size());
    const std::size_t dividend = start_of_operand(begin - 2);
    const std::string a = dividend == nowhere ? "…" : text_of(dividend, begin - 1);
    const Span span{out_[dividend == nowhere ? begin - 1 : dividend].span.begin, next.end};
    throw SyntaxError(
        span,
        fmt::format("this can be read in two ways: ({}/{})·{} or {}/({}·{})", a, b, c, a, b, c),
        "write the brackets");
  }

  std::string text_of(std::size_t from, std::size_t to) const {
    std::string text;
    for (std::size_t i = from; i < to; ++i) text += out_[i].text;
    return text;
  }

  std::size_t start_of_last_operand() const { return start_of_operand(out_.size() - 1); }

  /// Where the operand begins that ends at that token.
  std::size_t start_of_operand(std::size_t at) const {
    while (true) {
      if (out_[at].is(")")) at = matching_open(at);
      if (at == nowhere) return nowhere;
      // ∂y/∂x is one operand.
      if (at >= 4 && out_[at].kind == Token::Kind::name && out_[at - 1].is("∂") &&
          out_[at - 2].is("/") && out_[at - 4].is("∂"))
        at -= 4;
      const bool called = at > 0 && out_[at].is("(") && out_[at - 1].kind == Token::Kind::name;
      if (called) --at;
      if (at >= 2 && out_[at - 1].is("^")) {
        at -= 2;
        continue;
      }
      return at;
    }
  }

  std::size_t matching_open(std::size_t at) const {
    for (std::size_t depth = 0; at < out_.size(); --at) {
      if (out_[at].is(")")) ++depth;
      if (out_[at].is("(") && --depth == 0) return at;
      if (at == 0) break;
    }
    return nowhere;
  }

  // --- numbers

  void number() {
    const bool may_scale = out_.empty() || !(out_.back().is("/") || out_.back().is("^"));
    auto [token, count] = leading_number(rest(), may_scale);
    at_ += count;
    if (after_operand() && out_.back().is(")") && out_.back().span.end == token.span.begin) {
      --at_;
      multiply();
      ++at_;
    }
    refuse_unusable(token);
    out_.push_back(std::move(token));
    last_is_known_ = last_is_function_ = false;
  }

  // --- derivatives

  /// Takes a derivative in any notation, if one stands here.
  bool differential() {
    const auto found = leading_derivative(rest(), known_);
    if (found) emit_derivative(found->of, found->wrt, found->tokens);
    return found.has_value();
  }

  void emit_derivative(const std::string& y, const std::string& x, std::size_t count) {
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

  // --- names

  void name() {
    const Token& token = in_[at_];
    if (is_exponential(token)) return exponential();
    if (token.text == "x" && !known_.is_name("x") && after_operand() && is_number(1)) {
      ++at_;
      return push_sign("*", token.span);
    }
    const bool primed = is(1, notation::prime);
    const auto meaning = meaning_of(token.text + (primed && !is(2, "(") ? "⁺" : ""));
    const auto function = known_.vocabulary->function(without_mark(token.text));
    const bool calls = is(1, "(") || (primed && is(2, "("));
    if (function && (calls || !meaning) && !(meaning && calls && !primed))
      return function_name(*function, primed || token.text.ends_with(updated_mark));
    if (!meaning && !introduced(token.text)) return unknown_name();
    known_name(meaning, primed);
  }

  std::optional<Expr> meaning_of(const std::string& written) const {
    return known_.vocabulary->meaning(written);
  }
  bool introduced(std::string_view name) const {
    return known_.introduced && known_.introduced(name);
  }
  static std::string_view without_mark(std::string_view name) {
    if (name.ends_with(updated_mark)) name.remove_suffix(updated_mark.size());
    return name;
  }

  void known_name(const std::optional<Expr>& meaning, bool primed) {
    const Token token = in_[at_];
    if (meaning && meaning->is(Expr::Kind::derivative)) {
      emit_derivative(meaning->text(), meaning->wrt(), 1);
      return;
    }
    if (after_operand() && touches()) multiply();
    ++at_;
    if (primed && meaning) ++at_;
    push(Token::Kind::name, meaning ? meaning->text() : token.text, token.span);
    last_is_known_ = true;
    last_is_function_ = false;
  }

  /// Of a definition by cases.
  static bool is_keyword(const Token& token) {
    return token.is_word("if") || token.is_word("else");
  }

  /// Behind an operand it is a word of prose, and the formula ends; unless it touches a number, as
  /// in 2x.
  void unknown_name() {
    const Token token = in_[at_];
    const std::string lower = name_key(token.text);
    const bool behind =
        !out_.empty() && (out_.back().is(")") || out_.back().kind != Token::Kind::sign);
    const bool touches_number = behind && out_.back().kind == Token::Kind::number &&
                                out_.back().span.end == token.span.begin;
    if (touches_number) {
      multiply();
    } else if (behind && !is_keyword(token) && !is_keyword(out_.back()) && !last_is_function_) {
      push_sign(notation::cell, token.span);
    }
    ++at_;
    push(Token::Kind::name, is_no_number(lower) ? std::string(no_number) : token.text, token.span);
    last_is_known_ = last_is_function_ = false;
  }

  static bool is_no_number(std::string_view word) {
    return word == "nan" || word == "NaN" || word == "inf" || word == "Inf" || word == "infinity" ||
           word == "∞";
  }

  void function_name(Op op, bool primed) {
    const Token token = in_[at_];
    if (after_operand() && touches()) multiply();
    ++at_;
    if (is(0, notation::prime)) ++at_;
    push(Token::Kind::name, std::string(name_of(op)) + (primed ? "'" : ""), token.span);
    last_is_function_ = true;
    last_is_known_ = false;
    if (is(0, "(") || at_ >= in_.size()) return;
    // \ln p_1
    if (!is_number(0) && !(is_name(0) && known_.is_name(in_[at_].text))) return;
    const Span span = in_[at_].span;
    push_sign("(", span);
    next();
    push_sign(")", span);
    last_is_known_ = last_is_function_ = false;
  }

  bool is_exponential(const Token& token) const {
    if (!is(1, "^")) return false;
    return token.text == "exp" || (token.text == "e" && !known_.is_name("e"));
  }

  /// e ^ … as exp(…): brackets, or a sign and one operand.
  void exponential() {
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

  // --- brackets

  void open() {
    if (!last_is_function_ && after_operand()) {
      // "= 0.74 (rounded)" is no product.
      if (holds_prose()) {
        push_sign(notation::cell, in_[at_].span);
      } else {
        multiply();
      }
    }
    out_.push_back(in_[at_++]);
    last_is_known_ = last_is_function_ = false;
  }

  /// Whether the bracket that opens here holds a word that means nothing.
  bool holds_prose() const {
    constexpr std::size_t farthest = 100;
    int depth = 0;
    for (std::size_t ahead = 0; at_ + ahead < in_.size() && ahead < farthest; ++ahead) {
      if (is(ahead, "(")) ++depth;
      if (is(ahead, ")") && --depth == 0) return false;
      if (!is_name(ahead)) continue;
      const Token& word = in_[at_ + ahead];
      const bool means = known_.is_name(word.text) || known_.vocabulary->function(word.text) ||
                         begins_with_differential(rest().subspan(ahead), known_) ||
                         is_keyword(word) || word.text == "d" || word.text == "e" ||
                         word.text == "x" || known_.is_name(word.text + "⁺");
      if (!means) return true;
    }
    return false;
  }

  /// A prime that no function or name before it has taken: a quotation mark.
  void prime() {
    push_sign(notation::cell, in_[at_].span);
    ++at_;
  }

  std::vector<Token> in_;
  const KnownNames& known_;
  std::size_t at_ = 0;
  bool last_is_function_ = false, last_is_known_ = false;
  std::vector<Token> out_;
};

}  // namespace

std::vector<Token> assemble(std::vector<Token> tokens, const KnownNames& known) {
  return Assembler(std::move(tokens), known).run();
}

}  // namespace chalkgrad
