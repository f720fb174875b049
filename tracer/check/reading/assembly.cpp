#include "tracer/check/reading/assembly.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "engine/ops.hpp"
#include "tracer/check/reading/assembler.hpp"
#include "tracer/check/reading/differential.hpp"
#include "tracer/check/reading/notation.hpp"
#include "tracer/check/reading/scaled_number.hpp"
#include "tracer/check/reading/words.hpp"
#include "tracer/expression/function_names.hpp"
#include "tracer/expression/name.hpp"

namespace chalkgrad {

namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

}  // namespace

std::vector<Token> Assembler::run() {
  while (at_ < in_.size()) next();
  return std::move(out_);
}

const Token* Assembler::peek(std::size_t ahead) const {
  return at_ + ahead < in_.size() ? &in_[at_ + ahead] : nullptr;
}

bool Assembler::is(std::size_t ahead, std::string_view sign) const {
  return peek(ahead) != nullptr && peek(ahead)->is(sign);
}

bool Assembler::is_name(std::size_t ahead) const {
  return peek(ahead) != nullptr && peek(ahead)->kind == Token::Kind::name;
}

bool Assembler::is_number(std::size_t ahead) const {
  return peek(ahead) != nullptr && peek(ahead)->kind == Token::Kind::number;
}

void Assembler::push(Token::Kind kind, std::string text, Span span) {
  out_.push_back({kind, std::move(text), span});
}

void Assembler::push_sign(std::string_view text, Span span) {
  push(Token::Kind::sign, std::string(text), span);
}

void Assembler::next() {
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
  if (is(0, ")") || is(0, "]")) --depth_;
  if (is(0, "[")) {
    // −0.48 [1.5, −0.8] of two matrices in LaTeX
    const bool index =
        !out_.empty() && out_.back().kind == Token::Kind::name && !known_.blanks_multiply;
    if (known_.vocabulary->arrays().any() && after_operand() && !index && !last_is_function_)
      multiply();
    ++depth_;
  }
  last_is_known_ = last_is_function_ = false;
  out_.push_back(in_[at_++]);
}

/// Whether the last token ends an operand, so that what follows multiplies it.
bool Assembler::after_operand() const {
  if (out_.empty()) return false;
  const Token& last = out_.back();
  return last.kind == Token::Kind::number || last.is(")") || last.is("]") || last.is("ᵀ") ||
         (last.kind == Token::Kind::name && last_is_known_);
}

bool Assembler::touches() const {
  if (!out_.empty() && is_name(0) && out_.back().kind == Token::Kind::name &&
      known_.vocabulary->quantity(out_.back().text) && known_.vocabulary->quantity(peek()->text) &&
      at_ > 0 && !looks_like_prose(in_[at_ - 1].text))
    return true;
  return known_.blanks_multiply || (!out_.empty() && out_.back().span.end >= in_[at_].span.begin);
}

/// (y-t),y(1-y): a thin space of LaTeX of which the comma is left.
bool Assembler::is_lost_thin_space() const {
  return is(0, ",") && !out_.empty() && out_.back().is(")") && depth_ == 0 &&
         out_.back().span.end == in_[at_].span.begin && (is_name(1) || is(1, "(")) &&
         in_[at_ + 1].span.begin == in_[at_].span.end;
}

/// Puts the * that was left out before the next token.
void Assembler::multiply() {
  const Span here = in_[at_].span;
  refuse_two_readings(here);
  push_sign("*", {here.begin, here.begin});
}

/// 1/2x: where the operand before this product begins, and whether it divides.
void Assembler::refuse_two_readings(Span next) const {
  const std::size_t begin = start_of_last_operand();
  if (begin == 0 || begin == nowhere || !out_[begin - 1].is("/")) return;
  if (known_.conventions.fraction_first) {
    if (known_.note_two_readings) known_.note_two_readings();
    return;
  }
  const std::string c = in_[at_].is("(") ? "(…)" : in_[at_].text, b = text_of(begin, out_.size());
  // Before a fraction that is broken off there may be nothing to divide.
  const std::size_t dividend = begin < 2 ? nowhere : start_of_operand(begin - 2);
  const std::string a = dividend == nowhere ? "…" : text_of(dividend, begin - 1);
  const Span span{out_[dividend == nowhere ? begin - 1 : dividend].span.begin, next.end};
  throw SyntaxError(
      span, fmt::format("{}: ({}/{})·{} or {}/({}·{})", two_readings_said, a, b, c, a, b, c),
      "write the brackets");
}

std::string Assembler::text_of(std::size_t from, std::size_t to) const {
  std::string text;
  for (std::size_t i = from; i < to; ++i) text += out_[i].text;
  return text;
}

/// Where the operand begins that ends at that token.
std::size_t Assembler::start_of_operand(std::size_t at) const {
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

std::size_t Assembler::matching_open(std::size_t at) const {
  for (std::size_t depth = 0; at < out_.size(); --at) {
    if (out_[at].is(")")) ++depth;
    if (out_[at].is("(") && --depth == 0) return at;
    if (at == 0) break;
  }
  return nowhere;
}

void Assembler::number() {
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

void Assembler::open() {
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
bool Assembler::holds_prose() const {
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

bool Assembler::has_meaning(std::size_t ahead) const {
  const Token& word = *peek(ahead);
  // B1 is no b1 here.
  const bool name = known_.vocabulary->exact_quantity(word.text) ||
                    (known_.is_name(word.text) && !known_.vocabulary->quantity(word.text)) ||
                    (word.text.ends_with(']') && known_.is_name(word.text));
  return name || known_.vocabulary->function(word.text) ||
         begins_with_differential(rest().subspan(ahead), known_) || is_keyword(word) ||
         word.text == "d" || word.text == "e" || word.text == "x" ||
         splits_of(word.text).size() == 1;
}

bool Assembler::is_word_of_prose(std::size_t ahead) const {
  return is_name(ahead) && looks_like_prose(peek(ahead)->text) &&
         !known_.is_name(peek(ahead)->text) && splits_of(peek(ahead)->text).size() != 1;
}

/// A prime that no function or name before it has taken: a quotation mark.
void Assembler::prime() {
  push_sign(notation::cell, in_[at_].span);
  ++at_;
}

namespace {

/// dE/dW[1,2] is dE/dw12: a derivative by an element.
std::vector<Token> with_elements_of_differentials(std::vector<Token> tokens,
                                                  const KnownArrays& arrays) {
  std::vector<Token> result;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    Token& token = tokens[at];
    const bool behind_sign = at > 0 && tokens[at - 1].is("∂");
    const bool differential = token.text.size() > 1 && token.text[0] == 'd';
    std::vector<ArrayIndex> indices;
    std::size_t end = at + 1;
    if (token.kind == Token::Kind::name && (behind_sign || differential) && end < tokens.size() &&
        tokens[end].is("["))
      for (++end; end + 1 < tokens.size() && tokens[end].kind == Token::Kind::number &&
                  tokens[end].text.size() < 6 && indices.size() < 2;
           end += 2) {
        const auto index = static_cast<std::size_t>(std::atoi(tokens[end].text.c_str()));
        indices.push_back({.first = index, .last = index});
        if (!tokens[end + 1].is(",")) break;
      }
    Token array = token;
    if (!behind_sign && differential) array.text.erase(0, 1);
    const bool closed = !indices.empty() && end + 1 < tokens.size() && tokens[end + 1].is("]");
    const auto element = closed ? arrays.element(array, indices) : std::nullopt;
    if (element && element->is(Expr::Kind::symbol)) {
      token.text = (behind_sign ? "" : "d") + element->text();
      token.span.end = tokens[end + 1].span.end;
      at = end + 1;
    }
    result.push_back(token);
  }
  return result;
}

}  // namespace

std::vector<Token> assemble(std::vector<Token> tokens, const KnownNames& known) {
  const KnownArrays& arrays = known.vocabulary->arrays();
  if (arrays.any()) tokens = with_elements_of_differentials(std::move(tokens), arrays);
  return Assembler(std::move(tokens), known).run();
}

}  // namespace chalkgrad
