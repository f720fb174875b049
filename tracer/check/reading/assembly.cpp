#include "tracer/check/reading/assembly.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "engine/ops.hpp"
#include "tracer/check/reading/notation.hpp"
#include "tracer/derivation/local.hpp"
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
    constexpr std::size_t most_digits = 1000;
    if (in_[at_].text.size() > most_digits)
      throw SyntaxError(in_[at_].span, "a number with more than 1000 digits");
    const bool may_scale = out_.empty() || !(out_.back().is("/") || out_.back().is("^"));
    Token token = in_[at_];
    if (is(1, "*") && power_of_ten(2) && may_scale) {
      at_ += 2;
      const std::string power = take_power_of_ten();
      const auto e = token.text.find('e');
      if (e == std::string::npos) token.text += "e" + power;
      token.span.end = in_[at_ - 1].span.end;
    } else if (power_of_ten(0) && may_scale) {
      token.text = "1e" + take_power_of_ten();
      token.span.end = in_[at_ - 1].span.end;
    } else {
      ++at_;
    }
    if (after_operand() && out_.back().is(")") && out_.back().span.end == token.span.begin) {
      --at_;
      multiply();
      ++at_;
    }
    const auto decimal = Decimal::parse(token.text);
    if (!decimal) throw SyntaxError(token.span, fmt::format("'{}' is not a number", token.text));
    if (decimal->magnitude() > 308)
      throw SyntaxError(token.span, fmt::format("'{}' is too large for a number", shown(token)));
    if (decimal->value() == 0 && !decimal->is_zero())
      throw SyntaxError(token.span, fmt::format("'{}' is too small for a number", shown(token)));
    out_.push_back(std::move(token));
    last_is_known_ = last_is_function_ = false;
  }

  static std::string shown(const Token& token) {
    constexpr std::size_t most = 40;
    return token.text.size() <= most ? token.text : token.text.substr(0, most) + "...";
  }

  /// 10 ^ −7 or 10 ^ ( −7 ), `ahead` tokens from here.
  bool power_of_ten(std::size_t ahead) const {
    if (!is_number(ahead) || peek(ahead)->text != "10" || !is(ahead + 1, "^")) return false;
    std::size_t at = ahead + 2;
    const bool bracket = is(at, "(");
    if (bracket) ++at;
    if (is(at, "-") || is(at, "+")) ++at;
    if (!is_number(at) || peek(at)->text.find_first_of(".e") != std::string::npos) return false;
    if (peek(at)->text.size() > 4) return false;
    return !bracket || is(at + 1, ")");
  }

  std::string take_power_of_ten() {
    at_ += 2;
    const bool bracket = is(0, "(");
    if (bracket) ++at_;
    const std::string sign = is(0, "-") ? "-" : "";
    if (is(0, "-") || is(0, "+")) ++at_;
    const std::string digits = in_[at_++].text;
    if (bracket) ++at_;
    return sign + digits;
  }

  // --- derivatives

  /// The quantity that stands `ahead` tokens from here, in brackets or not, and how many tokens it
  /// takes.
  std::optional<std::pair<std::string, std::size_t>> quantity_at(std::size_t ahead) const {
    const bool bracket = is(ahead, "(");
    const std::size_t at = ahead + (bracket ? 1 : 0);
    if (!is_name(at) || (bracket && !is(at + 1, ")"))) return std::nullopt;
    auto name = quantity_named(peek(at)->text);
    if (!name) return std::nullopt;
    return std::pair(std::move(*name), bracket ? std::size_t{3} : std::size_t{1});
  }

  std::optional<std::string> quantity_named(std::string_view written) const {
    if (auto name = known_.vocabulary->quantity(written)) return name;
    const auto meaning = known_.vocabulary->meaning(written);
    if (meaning && meaning->is(Expr::Kind::symbol)) return meaning->text();
    return std::nullopt;
  }

  /// One half of a derivative: ∂E, d E, d(E), dE, δE.
  std::optional<std::pair<std::string, std::size_t>> half_at(std::size_t ahead, bool& curly) const {
    curly = is(ahead, "∂");
    if (curly || (is_name(ahead) && peek(ahead)->text == "d")) {
      auto found = quantity_at(ahead + 1);
      if (found) ++found->second;
      return found;
    }
    if (!is_name(ahead)) return std::nullopt;
    const std::string_view text = peek(ahead)->text;
    for (const std::string_view prefix : {"d", "δ"}) {
      if (!text.starts_with(prefix) || text.size() == prefix.size()) continue;
      if (known_.vocabulary->quantity(text)) continue;
      if (auto name = quantity_named(text.substr(prefix.size())))
        return std::pair(std::move(*name), std::size_t{1});
    }
    return std::nullopt;
  }

  /// Takes a derivative in any notation, if one stands here.
  bool differential() {
    bool curly = false, below_curly = false;
    if (const auto gradient = gradient_at()) {
      emit_derivative(known_.vocabulary->output(), gradient->first, gradient->second);
      return true;
    }
    const auto above = half_at(0, curly);
    if (above && is(above->second, "/")) {
      const std::size_t lower = above->second + 1;
      if (const auto below = half_at(lower, below_curly)) {
        emit_derivative(above->first, below->first, lower + below->second);
        return true;
      }
      // ∂O1/∂net, where O1 has one net input.
      const auto [word, count] = word_after_d(lower);
      const auto operand = known_.vocabulary->operand_of(above->first, word);
      if (count > 0 && operand) {
        emit_derivative(above->first, *operand, lower + count);
        return true;
      }
      if (count > 0 && !known_.is_name(in_[at_ + lower].text))
        throw SyntaxError(in_[at_ + lower + count - 1].span,
                          fmt::format("unknown quantity '{}'", word),
                          known_.vocabulary->suggestion(word));
    } else if (const auto [word, count] = word_after_d(0); count > 0 && is(count, "/")) {
      const auto below = half_at(count + 1, below_curly);
      const auto user = below ? known_.vocabulary->user_of(below->first, word) : std::nullopt;
      if (user) {
        emit_derivative(*user, below->first, count + 1 + below->second);
        return true;
      }
    }
    return refuse_unknown_derivative(curly);
  }

  /// What stands behind ∂ or d, whatever it is, and how many tokens both take; 0 if there is no ∂.
  std::pair<std::string_view, std::size_t> word_after_d(std::size_t ahead) const {
    const bool apart = is(ahead, "∂") || (is_name(ahead) && peek(ahead)->text == "d");
    if (apart && is_name(ahead + 1)) return {peek(ahead + 1)->text, 2};
    if (!is_name(ahead) || !peek(ahead)->text.starts_with('d') || peek(ahead)->text.size() == 1)
      return {{}, 0};
    return {std::string_view(peek(ahead)->text).substr(1), 1};
  }

  /// ∂ stands before nothing but a quantity.
  bool refuse_unknown_derivative(bool curly) const {
    if (!curly) return false;
    for (const std::size_t ahead : {std::size_t{0}, std::size_t{3}}) {
      if (!is(ahead, "∂") || !is_name(ahead + 1)) continue;
      const Token& name = *peek(ahead + 1);
      if (!quantity_named(name.text))
        throw SyntaxError(name.span, fmt::format("unknown quantity {}", describe(name)),
                          known_.vocabulary->suggestion(name.text));
    }
    throw SyntaxError(in_[at_].span, "expected a derivative, as in ∂E/∂w5");
  }

  /// grad(w5), w5.grad: the parameter and the number of tokens.
  std::optional<std::pair<std::string, std::size_t>> gradient_at() const {
    if (!is_name(0) || known_.vocabulary->output().empty()) return std::nullopt;
    const std::string_view text = peek()->text;
    if (text.starts_with("grad ")) {
      if (auto name = quantity_named(text.substr(5))) return std::pair(*name, std::size_t{1});
    }
    if (text == "grad" && is(1, "(")) {
      if (auto found = quantity_at(1)) return std::pair(found->first, found->second + 1);
    }
    return std::nullopt;
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
                         looks_differential(ahead) || is_keyword(word) || word.text == "d" ||
                         word.text == "x" || known_.is_name(word.text + "⁺");
      if (!means) return true;
    }
    return false;
  }

  bool looks_differential(std::size_t ahead) const {
    bool curly = false;
    return half_at(ahead, curly).has_value() || (is_name(ahead) && in_[at_ + ahead].text == "e");
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

/// σ'(z) by the operation's own rule.
Expr derivative_call(Op op, const Expr& x) {
  const Expr y = Expr::call(op, {x});
  return substitute(symbolic_rule(op, 0), [&](const Expr& leaf) {
    if (!leaf.is(Expr::Kind::symbol)) return leaf;
    return leaf.text() == "x" ? x : y;
  });
}

}  // namespace

bool KnownNames::is_name(std::string_view written) const {
  return vocabulary->meaning(written).has_value() || (introduced && introduced(written));
}

std::vector<Token> assemble(std::vector<Token> tokens, const KnownNames& known) {
  return Assembler(std::move(tokens), known).run();
}

ParseContext context_for(const KnownNames& known) {
  ParseContext context;
  context.is_quantity = [&known](std::string_view name) { return known.is_name(name); };
  context.expand = [](const Token& name, const ArgumentLists& lists) -> std::optional<Expr> {
    if (!name.text.ends_with('\'') || lists.size() != 1 || lists[0].size() != 1)
      return std::nullopt;
    const auto op = function_named(std::string_view(name.text).substr(0, name.text.size() - 1));
    if (!op || arity_of(*op) != 1) return std::nullopt;
    return derivative_call(*op, lists[0][0]);
  };
  return context;
}

}  // namespace chalkgrad
