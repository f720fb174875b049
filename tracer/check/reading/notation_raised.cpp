#include "tracer/check/reading/notation.hpp"
#include "tracer/check/reading/notation_reader.hpp"
#include "tracer/check/reading/words.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/numerals/ascii.hpp"

/// The part of the reader of notation that knows what stands above the line, or behind a name in
/// brackets, without being a power: samples, layers, marks of the update.
namespace chalkgrad {

namespace {

/// The letter that counts steps of a training: t, n, k.
bool is_step(const Token& token) {
  return token.is_word("t") || token.is_word("n") || token.is_word("k");
}

/// w^{(t)} and w^{t} of a name say which step it is of: the one at hand.
bool is_this_step(const std::vector<Token>& inside) {
  return (inside.size() == 1 && is_step(inside[0])) ||
         (inside.size() == 3 && inside[0].is("(") && is_step(inside[1]));
}

}  // namespace

/// What says of a name that it is meant after the update: w5^{+}, w5^{(new)}, w5^{(t+1)}, w5^*.
bool NotationReader::is_update_mark(const std::vector<Token>& inside, std::size_t at) {
  const auto says_updated = [](const Token& token) {
    return token.is("+") || token.is("'") ||
           (token.kind == Token::Kind::name && kind_of_word(token.text) == Word::updated);
  };
  const auto is_next_step = [&](std::size_t i) {  // t+1
    return i + 2 < inside.size() && is_step(inside[i]) && inside[i + 1].is("+") &&
           inside[i + 2].kind == Token::Kind::number && inside[i + 2].text == "1";
  };
  if (inside.size() == at + 3 && is_next_step(at)) return true;
  if (inside.size() == at + 5 && inside[at].is("(") && is_next_step(at + 1)) return true;
  if (inside.size() == at + 1) return says_updated(inside[at]) || inside[at].is("*");
  return inside.size() == at + 3 && inside[at].is("(") && says_updated(inside[at + 1]);
}

bool NotationReader::raised_sample(std::string& text) {
  const std::size_t begin = at_;
  at_ += std::string_view("⁽").size();
  const std::string digits = small_signs(leading_raised_sign);
  if (digits.empty() || !rest().starts_with("⁾")) return at_ = begin, false;
  at_ += std::string_view("⁾").size();
  text += "[" + digits + "]";
  return true;
}

void NotationReader::mark_updated(std::size_t begin) {
  if (!after_name()) return sign(notation::unknown, begin);
  tokens_.back().text += updated_mark;
  tokens_.back().span.end = at_;
}

/// w(n+1) is w after the update, and w(n) in the same text before it: of letters for parameters.
bool NotationReader::step_in_brackets() {
  const std::size_t begin = at_;
  if (!after_name() || tokens_.back().span.end != begin) return false;
  const char step = peek(1);
  if (step != 'n' && step != 't' && step != 'k') return false;
  const std::string& name = tokens_.back().text;
  const bool parameter = std::string_view("wWvVuUbB").find(name[0]) != std::string_view::npos ||
                         name.starts_with("theta") || name.starts_with("θ");
  const std::string next = std::string("(") + step + "+1)",
                    spaced = std::string("(") + step + " + 1)";
  if (!parameter) return false;
  for (const std::string& written : {next, spaced})
    if (rest().starts_with(written)) return at_ += written.size(), mark_updated(begin), true;
  if (peek(2) != ')' || !options_.names_next_step) return false;
  at_ += 3;
  tokens_.back().span.end = at_;
  return true;
}

void NotationReader::of_layer(std::string_view number) {
  tokens_.back().text += "[" + std::string(number) + "]";
  tokens_.back().span.end = at_;
}

/// z^1_2, W^{[1]}: the number of a layer, where it can be no power.
bool NotationReader::layer_above(std::size_t begin) {
  if (!after_name() || tokens_.back().span.end != begin) return false;
  if (is_digit(peek()) && peek(1) == '_') {
    tokens_.back().text += "[" + std::string(1, peek()) + "]";
    ++at_;
    subscript(tokens_.size() - 1);
    return true;
  }
  if (options_.layers_above && is_digit(peek()) && !is_digit(peek(1)) && peek(1) != '.') {
    ++at_;
    return of_layer(text_.substr(at_ - 1, 1)), true;
  }
  if (!options_.arrays || !rest().starts_with("{[")) return false;
  const std::size_t close = text_.find(']', at_);
  if (close == std::string_view::npos || close != at_ + 3 || !is_digit(peek(2))) return false;
  tokens_.back().text += peek(2);
  at_ = close + 1;
  tokens_.back().span.end = at_;
  const bool turned = rest().starts_with("T}") || rest().starts_with("\\top}");
  at_ = std::min(text_.find('}', at_), text_.size() - 1) + 1;
  if (turned) sign("ᵀ", begin);
  return true;
}

/// ^ and what stands above the line: a power, a sample (2), or a mark of the update.
void NotationReader::raised_group() {
  const std::size_t begin = at_++;
  if (options_.arrays && transposed(begin)) return;
  for (const std::string_view written : {"\\prime", "{\\prime}"})
    if (rest().starts_with(written) && !is_letter(peek(written.size()))) {
      at_ += written.size();
      return sign(notation::prime, begin);
    }
  if (peek() == '*' && after_name() && peek(1) != '*') return ++at_, mark_updated(begin);
  if (peek() == '+' && after_name()) {
    // w5^+ = …, but not w5^+2.
    if (!is_digit(peek(1))) return ++at_, mark_updated(begin);
  }
  if (layer_above(begin)) return;
  // w_13^neu
  if (is_letter(peek()) && after_name()) {
    std::size_t end = at_;
    while (end < text_.size() && is_letter(text_[end])) ++end;
    const std::string_view word = text_.substr(at_, end - at_);
    if (word.size() > 1 && kind_of_word(word) == Word::updated)
      return at_ = end, mark_updated(begin);
  }
  if (peek() != '{') return sign("^", begin);
  std::vector<Token> inside = group();
  const auto is_number = [&](std::size_t i) {
    return i < inside.size() && inside[i].kind == Token::Kind::number;
  };
  std::size_t at = 0;
  if (after_name() && inside.size() >= 3 && inside[0].is("(") && is_number(1) &&
      inside[2].is(")")) {
    tokens_.back().text += "[" + inside[1].text + "]";
    tokens_.back().span.end = at_;
    at = 3;
    // w^{(1)}_{11}
    if (at == inside.size() && peek() == '_') return subscript(tokens_.size() - 1);
  }
  if (after_name() && at < inside.size() && is_update_mark(inside, at)) return mark_updated(begin);
  if (at == inside.size() && at > 0) return;
  if (after_name() && options_.latex && is_this_step(inside)) return;
  sign("^", begin);
  in_brackets(std::move(inside), begin);
}

}  // namespace chalkgrad
