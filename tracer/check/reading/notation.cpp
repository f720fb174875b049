#include "tracer/check/reading/notation.hpp"

#include <algorithm>

#include "tracer/check/reading/array_notation.hpp"
#include "tracer/check/reading/notation_reader.hpp"
#include "tracer/check/reading/program_calls.hpp"
#include "tracer/check/reading/words.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/expression/utf8.hpp"

#include "tracer/numerals/ascii.hpp"

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

/// What says of a name that it is meant after the update: w5^{+}, w5^{(new)}, w5^{(t+1)}, w5^*.
bool is_mark(const std::vector<Token>& inside, std::size_t at) {
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

}  // namespace

NotationReader::NotationReader(std::string_view text, Span stretch, const NotationOptions& options)
    : text_(text.substr(0, stretch.end)), at_(stretch.begin), options_(options) {}

std::vector<Token> NotationReader::run() {
  const bool compares = !options_.latex && text_.find('>', at_) != std::string_view::npos;
  while (at_ < text_.size()) next();
  if (compares) tokens_ = with_indicators(std::move(tokens_));
  if (!options_.arrays) return std::move(tokens_);
  return with_commas(
      with_program_calls(without_constructors(with_square_brackets(std::move(tokens_)))),
      !options_.latex);
}

void NotationReader::next() {
  const char c = peek();
  const std::size_t begin = at_;
  if (c == ' ' || c == '\t' || c == '\r' || c == '\n') return blanks();
  if (options_.scanned)
    if (const std::size_t length = scanned_number(text_, at_); length > 0) return scanned(length);
  if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
  if (c == '\\') return command();
  if (c == '{') return braces();
  if (c == '}') return ++at_, sign(notation::unknown, begin);
  if (c == '%' && options_.latex) return skip_comment();
  if (c == '&') return ++at_, sign(notation::cell, begin);
  if (c == '~' && peek(1) != '=') return ++at_, options_.latex ? void() : sign("≈", begin);
  if (c == '^') return raised_group();
  if (c == '`') return static_cast<void>(++at_);
  if (c == '*' && peek(1) == '*') return two_stars();
  if (c == '[' || c == ']') return square_bracket();
  if (options_.arrays && sign_of_arrays()) return;
  if (known_sign()) return;
  if (const auto digits = small_signs(leading_raised_sign); !digits.empty())
    return small_power(digits, begin);
  if (rest().starts_with("⁺")) return at_ += std::string_view("⁺").size(), mark_updated(begin);
  if (vulgar_fraction()) return;
  if (rest().starts_with(nabla_sign)) return at_ += nabla_sign.size(), nabla(begin);
  for (const std::string_view name : {"√", "∞"}) {
    if (!rest().starts_with(name)) continue;
    at_ += name.size();
    return emit(Token::Kind::name, std::string(name), begin);
  }
  const auto code_point = utf8::decode(text_, at_);
  if (code_point && is_name_start(code_point->value)) return name();
  if (code_point && is_foreign_letter(code_point->value)) return foreign_words();
  at_ += code_point ? code_point->bytes : 1;
  // Full stops, quotes and the like end an expression as a blank column does.
  // A point between blanks may be a product: it is not understood.
  const bool lost_point = c == '.' && begin > 0 && text_[begin - 1] == ' ' && peek() == ' ';
  const bool punctuation = (c == '.' && !lost_point) || c == '!' || c == '"' || c == '#';
  sign(punctuation ? notation::cell : notation::unknown, begin);
}

/// Letters of which no names are made: prose, but for the words that say what a name means. Where
/// words are not divided, as in 更新后的权重, what they hold is looked for.
void NotationReader::foreign_words() {
  const std::size_t begin = at_;
  while (at_ < text_.size()) {
    const auto c = utf8::decode(text_, at_);
    if (!c || !is_foreign_letter(c->value)) break;
    at_ += c->bytes;
  }
  const std::string_view words = text_.substr(begin, at_ - begin);
  const std::string_view meant = meaning_of_foreign(words);
  if (!meant.empty()) return emit(Token::Kind::name, std::string(meant), begin);
  // Before a relation it is a name, and so it is if it is a letter alone.
  std::size_t next = at_;
  while (next < text_.size() && text_[next] == ' ') ++next;
  const auto relation = leading_sign(text_.substr(next));
  const bool is_name = (relation && (relation->meant == "=" || relation->meant == "≈")) ||
                       (words.size() <= 2 && words != "и" && words != "а" && words != "в");
  sign(is_name ? notation::unknown : notation::cell, begin);
}

/// Three blanks or a tabulator are a column of a sheet.
void NotationReader::blanks() {
  const std::size_t begin = at_;
  bool tab = false;
  for (; peek() == ' ' || peek() == '\t' || peek() == '\r' || peek() == '\n'; ++at_)
    tab = tab || peek() == '\t';
  if (array_depth_ == 0 && (at_ - begin >= 3 || tab)) sign(notation::cell, begin);
}

bool NotationReader::known_sign() {
  const std::size_t begin = at_;
  const auto one = leading_sign(rest());
  if (!one) return false;
  at_ += one->written.size();
  // A bullet within a formula is a product.
  const bool product = one->written == "•" && !tokens_.empty() &&
                       (tokens_.back().kind != Token::Kind::sign || tokens_.back().is(")"));
  sign(product ? "*" : one->meant, begin);
  return true;
}

/// ** is a power before a number or bracket, otherwise bold type.
void NotationReader::two_stars() {
  const std::size_t begin = at_;
  at_ += 2;
  const bool power = (is_digit(peek()) || peek() == '(') && !tokens_.empty() &&
                     tokens_.back().span.end == begin &&
                     (tokens_.back().kind != Token::Kind::sign || tokens_.back().is(")"));
  if (power) sign("^", begin);
}

/// out[2]; any other square bracket is read as a round one.
void NotationReader::square_bracket() {
  const std::size_t begin = at_;
  const bool opens = peek() == '[';
  ++at_;
  if (opens && !tokens_.empty() && tokens_.back().kind == Token::Kind::name &&
      tokens_.back().span.end == begin) {
    std::size_t end = at_;
    while (end < text_.size() && is_digit(text_[end])) ++end;
    if (end > at_ && end < text_.size() && text_[end] == ']') {
      std::string index(text_.substr(at_, end - at_));
      constexpr std::size_t longest_index = 6;
      if (options_.from_zero && index.size() <= longest_index)
        index = std::to_string(std::stoul(index) + 1);
      tokens_.back().text += "[" + index + "]";
      at_ = end + 1;
      tokens_.back().span.end = at_;
      return;
    }
  }
  if (!options_.arrays) return sign(opens ? "(" : ")", begin);
  array_depth_ += opens ? 1 : array_depth_ > 0 ? -1 : 0;
  sign(opens ? "[" : "]", begin);
}

/// Letters, digits and underscores, with subscripts in braces or below the line.
void NotationReader::name() {
  const std::size_t begin = at_;
  std::string word = letters();
  while (library_prefix(word)) {
    ++at_;
    word = letters();
  }
  // y^ is a y with a hat.
  const char next = peek(1);
  const bool before_blank = next == ' ' && !is_digit(peek(2)) && peek(2) != '(' && peek(2) != '-';
  if (peek() == '^' && (before_blank || next == '=' || next == '\0' || next == '\n')) {
    ++at_;
    word += "_hat";
  }
  if (word_for_sign(word, begin)) return;
  emit(Token::Kind::name, std::move(word), begin);
  subscript(tokens_.size() - 1);
}

/// As Typst has it: 0.4 dot 1.5, partial, hat(y), cal(L).
bool NotationReader::word_for_sign(const std::string& word, std::size_t begin) {
  if (options_.latex) return false;
  const bool behind = !tokens_.empty() && tokens_.back().span.end < begin &&
                      (tokens_.back().kind != Token::Kind::sign || tokens_.back().is(")"));
  const bool apart = peek() == ' ';
  if ((word == "dot" || word == "times") && behind && apart) return sign("*", begin), true;
  if (word == "partial" && apart && is_letter(peek(1))) return sign("∂", begin), true;
  if ((word != "hat" && word != "cal" && word != "bold" && word != "upright") || peek() != '(')
    return false;
  const std::size_t close = text_.find(')', at_);
  const std::string_view inside = text_.substr(at_ + 1, close - at_ - 1);
  if (close == std::string_view::npos || inside.empty() || inside.size() > 12 ||
      inside.find_first_of(" (+-*/") != std::string_view::npos)
    return false;
  at_ = close + 1;
  emit(Token::Kind::name, std::string(inside) + (word == "hat" ? "_hat" : ""), begin);
  subscript(tokens_.size() - 1);
  return true;
}

/// np.exp, torch.sigmoid: the name of a library says nothing.
bool NotationReader::library_prefix(const std::string& word) {
  if (peek() != '.' || !is_letter(peek(1))) return false;
  for (const std::string_view library : {"np", "numpy", "math", "cmath", "torch", "nn", "F", "jnp",
                                         "jax", "tf", "scipy", "special", "functional"})
    if (word == library) return true;
  return false;
}

std::string NotationReader::letters() {
  std::string found;
  while (at_ < text_.size()) {
    if (peek() == '_' && (peek(1) == '{' || peek(1) == '\\')) break;
    const auto c = utf8::decode(text_, at_);
    if (!c || !is_name_part(c->value)) break;
    found += text_.substr(at_, c->bytes);
    at_ += c->bytes;
  }
  return found;
}

/// Adds what stands below the line to the name with that number.
void NotationReader::subscript(std::size_t name) {
  std::string text = tokens_[name].text;
  for (bool more = true; more;) {
    more = false;
    if (const std::string low = small_signs(leading_lowered_sign); !low.empty()) {
      text += low;
      more = true;
    }
    if (peek() == '_' && (text.empty() || text.back() != '_')) {
      ++at_;
      const std::vector<Token> inside = group();
      if (is_mark(inside, 0) && inside.size() >= 3) {
        text += updated_mark;  // w_{t+1}
      } else if (options_.arrays && is_part(inside)) {
        return part(name, std::move(text), inside);
      } else {
        text += "_" + joined(inside);
      }
      more = true;
    } else if (more) {
      text += letters();
    }
    if (rest().starts_with("⁽")) more = raised_sample(text) || more;
  }
  if (peek() == '.' && rest().starts_with(".grad") && !is_letter(peek(5))) {
    at_ += 5;
    text = "grad " + text;
  }
  tokens_[name].text = std::move(text);
  tokens_[name].span.end = at_;
}

/// W_{:,2}, x_{2..3}: a part of an array, as in W[:,2].
bool NotationReader::is_part(const std::vector<Token>& inside) {
  return std::any_of(inside.begin(), inside.end(),
                     [](const Token& token) { return token.is(":") || token.is(".."); });
}

void NotationReader::part(std::size_t name, std::string text, const std::vector<Token>& inside) {
  Token& token = tokens_[name];
  token.text = std::move(text);
  token.span.end = inside.empty() ? at_ : inside.front().span.begin;
  const std::size_t end = token.span.end;
  sign("[", end);
  tokens_.back().span = {end, end};
  append(inside);
  sign("]", at_);
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

/// What stands below the line, as one word.
std::string NotationReader::joined(const std::vector<Token>& inside) {
  std::string word;
  for (const Token& token : inside) {
    const bool separates = token.is(",") || token.is("_");
    word += separates ? "_" : token.kind == Token::Kind::sign ? "" : token.text;
  }
  return word;
}

/// The tokens of {…} that come next, or of a single character or command.
std::vector<Token> NotationReader::group() {
  std::vector<Token> outer = std::move(tokens_);
  tokens_.clear();
  while (peek() == ' ') ++at_;
  if (peek() == '{' && depth_ < deepest) {
    ++depth_;
    ++at_;
    while (at_ < text_.size() && peek() != '}') next();
    if (at_ < text_.size()) ++at_;
    --depth_;
  } else if (is_digit(peek()) || (is_letter(peek()) && options_.latex)) {
    ++at_;
    emit(is_digit(text_[at_ - 1]) ? Token::Kind::number : Token::Kind::name,
         std::string(1, text_[at_ - 1]), at_ - 1);
  } else if (is_letter(peek())) {
    name();
  } else if (peek() == '\\' && depth_ < deepest) {
    ++depth_;
    command();
    --depth_;
  } else if (peek() == '{' || peek() == '\\') {
    ++at_;  // deeper than anybody writes
    sign(notation::unknown, at_ - 1);
  } else if (at_ < text_.size()) {
    next();
  }
  std::swap(outer, tokens_);
  return outer;
}

void NotationReader::append(std::vector<Token> tokens) {
  tokens_.insert(tokens_.end(), std::make_move_iterator(tokens.begin()),
                 std::make_move_iterator(tokens.end()));
}

void NotationReader::in_brackets(std::vector<Token> tokens, std::size_t begin) {
  sign("(", begin);
  append(std::move(tokens));
  sign(")", begin);
}

void NotationReader::mark_updated(std::size_t begin) {
  if (!after_name()) return sign(notation::unknown, begin);
  tokens_.back().text += updated_mark;
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
  if (after_name() && at < inside.size() && is_mark(inside, at)) return mark_updated(begin);
  if (at == inside.size() && at > 0) return;
  if (after_name() && options_.latex && is_this_step(inside)) return;
  sign("^", begin);
  in_brackets(std::move(inside), begin);
}

std::vector<Token> read_notation(std::string_view text, Span stretch,
                                 const NotationOptions& options) {
  return NotationReader(text, stretch, options).run();
}

}  // namespace chalkgrad
