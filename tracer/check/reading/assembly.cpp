#include "tracer/check/reading/assembly.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "engine/ops.hpp"
#include "tracer/check/reading/differential.hpp"
#include "tracer/check/reading/notation.hpp"
#include "tracer/check/reading/scaled_number.hpp"
#include "tracer/check/reading/words.hpp"
#include "tracer/expression/function_names.hpp"
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
    if (is_lost_thin_space()) {
      push_sign("*", in_[at_].span);
      last_is_known_ = last_is_function_ = false;
      ++at_;
      return;
    }
    if (is(0, ")")) --depth_;
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
        known_.vocabulary->quantity(out_.back().text) &&
        known_.vocabulary->quantity(peek()->text) && at_ > 0 &&
        !looks_like_prose(in_[at_ - 1].text))
      return true;
    return known_.blanks_multiply || (!out_.empty() && out_.back().span.end >= in_[at_].span.begin);
  }

  /// (y-t),y(1-y): a thin space of LaTeX of which the comma is left.
  bool is_lost_thin_space() const {
    return is(0, ",") && !out_.empty() && out_.back().is(")") && depth_ == 0 &&
           out_.back().span.end == in_[at_].span.begin && (is_name(1) || is(1, "(")) &&
           in_[at_ + 1].span.begin == in_[at_].span.end;
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
    if (differential_operator()) return true;
    const auto found = leading_derivative(rest(), known_);
    if (found) emit_derivative(found->of, found->wrt, found->tokens);
    return found.has_value();
  }

  /// ∂(…)/∂w and ∂/∂w (…) as a call of a function with that name, which side.cpp reads.
  bool differential_operator() {
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

  /// −∂E/∂net, as one operand.
  void emit_negative(const Expr& derivative) {
    if (after_operand() && touches()) multiply();
    const Span span = in_[at_].span;
    const bool alone = in_.size() == 1;
    if (!alone) push_sign("(", span);
    push_sign("-", span);
    last_is_known_ = false;
    emit_derivative(derivative.text(), derivative.wrt(), 1);
    if (!alone) push_sign(")", span);
  }

  // --- names

  void name() {
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
    if (calls && derivative_of_function()) return;
    const bool by_its_name =
        calls || function_named(token.text) || function_known_as(token.text);  // f alone is a name
    if (function && by_its_name && (calls || !meaning) && !(meaning && calls && !primed))
      return function_name(*function, primed || token.text.ends_with(updated_mark));
    if (!meaning && !introduced(token.text)) {
      if (split_into_names()) return;
      return unknown_name();
    }
    known_name(meaning, primed);
  }

  /// \Delta w_5 is one name.
  void change() {
    const Token mark = in_[at_++];
    in_[at_].text = std::string(change_mark) + in_[at_].text;
    in_[at_].span.begin = mark.span.begin;
    name();
  }

  /// sigmoid_derivative(z), d_tanh(z): σ'(z).
  bool derivative_of_function() {
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
      const bool negative = known_.conventions.negative_delta && is_delta(token.text);
      return negative ? emit_negative(*meaning)
                      : emit_derivative(meaning->text(), meaning->wrt(), 1);
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
      if (updated || kind == Word::former) at_ += 3;
    }
    push(Token::Kind::name, std::move(name), token.span);
    // x[2](1) is said of layers, and no product.
    last_is_known_ = !in_layer;
    last_is_function_ = in_layer;
    if (in_layer) return;
    last_is_known_ = true;
    last_is_function_ = false;
  }

  /// 0.462l: no product of 0.462 and something that is called L.
  void refuse_letter_in_number(const Token& name) const {
    if (out_.empty() || out_.back().kind != Token::Kind::number ||
        out_.back().span.end != name.span.begin || known_.vocabulary->exact_quantity(name.text))
      return;
    const std::string text = out_.back().text + name.text;
    throw SyntaxError({out_.back().span.begin, name.span.end},
                      fmt::format("'{}' is no number", text),
                      "a digit looks like a letter, or a sign is missing");
  }

  /// Of a definition by cases.
  static bool is_keyword(const Token& token) {
    return token.is_word("if") || token.is_word("else");
  }

  /// Names without a sign between them: iw, and w_1x_1 in LaTeX, where a subscript has one
  /// character. Only if they can be read in one way.
  bool split_into_names() {
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

  std::vector<std::vector<std::string>> splits_of(const std::string& text) const {
    std::vector<std::vector<std::string>> readings;
    std::vector<std::string> parts;
    collect_splits(text, 0, parts, readings);
    return readings;
  }

  void collect_splits(const std::string& text, std::size_t from, std::vector<std::string>& parts,
                      std::vector<std::vector<std::string>>& readings) const {
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
  bool goes_on_as_formula() const {
    if (is(1, "*") || is(1, "/") || is(1, "^") || is(1, "+")) return true;
    if (is(1, "(")) return in_[at_ + 1].span.begin == in_[at_].span.end;
    return is(1, "-") && (is_number(2) || (is_name(2) && known_.is_name(peek(2)->text)));
  }

  /// Behind an operand a word is prose, and the formula ends; a name that is not known is left to
  /// be refused, and so is one that touches a number, as in 2x.
  void unknown_name() {
    const Token token = in_[at_];
    const std::string lower = name_key(token.text);
    const bool behind =
        !out_.empty() && (out_.back().is(")") || out_.back().kind != Token::Kind::sign);
    const bool touches_number = behind && out_.back().kind == Token::Kind::number &&
                                out_.back().span.end == token.span.begin;
    if (touches_number) {
      multiply();
    } else if (behind && !is_keyword(token) && !is_keyword(out_.back()) && !last_is_function_ &&
               (looks_like_prose(token.text) || kind_of_word(token.text)) &&
               !goes_on_as_formula()) {
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
    if (is(0, "^") && is_number(1) && is(2, "(")) return move_power_behind_call();
    if (is(0, "(") || at_ >= in_.size()) return;
    // \ln p_1
    if (!is_number(0) && !(is_name(0) && known_.is_name(in_[at_].text))) return;
    const Span span = in_[at_].span;
    push_sign("(", span);
    next();
    push_sign(")", span);
    last_is_known_ = last_is_function_ = false;
  }

  /// tanh²(z) is tanh(z)².
  void move_power_behind_call() {
    std::size_t close = at_ + 2;
    for (int depth = 0; close < in_.size(); ++close) {
      if (in_[close].is("(")) ++depth;
      if (in_[close].is(")") && --depth == 0) break;
    }
    const auto first = in_.begin() + static_cast<std::ptrdiff_t>(at_);
    const auto end = in_.begin() + static_cast<std::ptrdiff_t>(std::min(close + 1, in_.size()));
    std::rotate(first, first + 2, end);
  }

  bool is_exponential(const Token& token) const {
    if (!is(1, "^")) return false;
    return token.text == "exp" || (token.text == "e" && (known_.conventions.euler ||
                                                         !known_.vocabulary->exact_quantity("e")));
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
    ++depth_;
    out_.push_back(in_[at_++]);
    last_is_known_ = last_is_function_ = false;
  }

  /// Whether the bracket that opens here holds a word that means nothing, and no formula.
  bool holds_prose() const {
    constexpr std::size_t farthest = 100;
    const bool apart = at_ > 0 && in_[at_ - 1].span.end < in_[at_].span.begin;
    int depth = 0;
    bool words = false, labels = false, operators = false;
    for (std::size_t ahead = 0; at_ + ahead < in_.size() && ahead < farthest; ++ahead) {
      if (is(ahead, "(")) ++depth;
      if (is(ahead, ")") && --depth == 0) break;
      if (is(ahead, "*") || is(ahead, "/") || is(ahead, "^") || is(ahead, "+") || is(ahead, "-"))
        operators = operators || !(is_word_of_prose(ahead - 1) || is_word_of_prose(ahead + 1));
      if (!is_name(ahead) || has_meaning(ahead)) continue;
      words = words || is_word_of_prose(ahead) || kind_of_word(peek(ahead)->text);
      labels = true;
    }
    // (B4) is a label if nothing is worked out in it.
    return !operators && (words || (labels && apart));
  }

  bool has_meaning(std::size_t ahead) const {
    const Token& word = *peek(ahead);
    // B1 is no b1 here.
    const bool name = known_.vocabulary->exact_quantity(word.text) ||
                      (known_.is_name(word.text) && !known_.vocabulary->quantity(word.text));
    return name || known_.vocabulary->function(word.text) ||
           begins_with_differential(rest().subspan(ahead), known_) || is_keyword(word) ||
           word.text == "d" || word.text == "e" || word.text == "x" ||
           splits_of(word.text).size() == 1;
  }

  bool is_word_of_prose(std::size_t ahead) const {
    return is_name(ahead) && looks_like_prose(peek(ahead)->text) &&
           !known_.is_name(peek(ahead)->text) && splits_of(peek(ahead)->text).size() != 1;
  }

  /// A prime that no function or name before it has taken: a quotation mark.
  void prime() {
    push_sign(notation::cell, in_[at_].span);
    ++at_;
  }

  std::vector<Token> in_;
  const KnownNames& known_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool last_is_function_ = false, last_is_known_ = false;
  std::vector<Token> out_;
};

}  // namespace

std::vector<Token> assemble(std::vector<Token> tokens, const KnownNames& known) {
  return Assembler(std::move(tokens), known).run();
}

}  // namespace chalkgrad
