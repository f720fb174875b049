#include "tracer/check/reading/notation.hpp"

#include <algorithm>

#include "tracer/arrays/array_functions.hpp"
#include "tracer/check/reading/array_notation.hpp"
#include "tracer/check/reading/notation_reader.hpp"
#include "tracer/check/reading/program_calls.hpp"
#include "tracer/check/reading/words.hpp"
#include "tracer/expression/function_names.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/expression/utf8.hpp"

#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

NotationReader::NotationReader(std::string_view text, Span stretch, const NotationOptions& options)
    : text_(text.substr(0, stretch.end)), at_(stretch.begin), options_(options) {}

std::vector<Token> NotationReader::run() {
  const bool compares = !options_.latex && text_.find('>', at_) != std::string_view::npos;
  while (at_ < text_.size()) next();
  tokens_ = with_commas_in_maxima(std::move(tokens_));
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
  if (c == '(' && step_in_brackets()) return;
  if (c == '.' && method_call()) return;
  if (options_.arrays && sign_of_arrays()) return;
  if (known_sign()) return;
  if (const auto digits = small_signs(leading_raised_sign); !digits.empty())
    return small_power(digits, begin);
  if (rest().starts_with("⁺")) return at_ += std::string_view("⁺").size(), mark_updated(begin);
  if (vulgar_fraction()) return;
  if (rest().starts_with(nabla_sign)) return at_ += nabla_sign.size(), nabla(begin);
  if (rest().starts_with("‖")) return at_ += std::string_view("‖").size(), norm_bar(begin);
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
      if (is_update_mark(inside, 0) && inside.size() >= 3) {
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
  } else if (peek() == '(' && !options_.latex && peek(1) != ')' && text_.find(')', at_) < at_ + 6) {
    // V_(11), as Typst has it
    for (++at_; peek() != ')';) next();
    ++at_;
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

/// (0.1*d).sigmoid() is sigmoid(0.1*d), as programs write it.
bool NotationReader::method_call() {
  const std::size_t begin = at_;
  std::size_t end = at_ + 1;
  while (end < text_.size() && (is_letter(text_[end]) || text_[end] == '_')) ++end;
  const std::string word(text_.substr(at_ + 1, end - at_ - 1));
  const bool plain = text_.substr(end).starts_with("()");
  // d.sum(axis=0) is sum(d, axis=0).
  const bool along =
      (word == "sum" || word == "mean") && text_.substr(end).starts_with("(") && !plain;
  if (tokens_.empty() || tokens_.back().span.end != begin || !(plain || along) ||
      !(function_named(word) || function_known_as(word) || is_array_function(word)))
    return false;
  std::size_t first = tokens_.size() - 1;
  if (tokens_[first].is(")")) {
    int depth = 0;
    for (first = tokens_.size(); first-- > 0;) {
      depth += tokens_[first].is(")") ? 1 : tokens_[first].is("(") ? -1 : 0;
      if (depth == 0) break;
    }
    if (first >= tokens_.size()) return false;
    if (first > 0 && tokens_[first - 1].kind == Token::Kind::name &&
        tokens_[first - 1].span.end == tokens_[first].span.begin)
      --first;
  } else if (tokens_.back().kind != Token::Kind::name) {
    return false;
  }
  const std::size_t place = tokens_[first].span.begin;
  const std::vector<Token> call = {{Token::Kind::name, word, {place, place}},
                                   {Token::Kind::sign, "(", {place, place}}};
  tokens_.insert(tokens_.begin() + static_cast<std::ptrdiff_t>(first), call.begin(), call.end());
  at_ = along ? end + 1 : end + 2;
  sign(along ? "," : ")", begin);
  return true;
}

/// ‖a − y‖: the bar that opens, and the one that closes.
void NotationReader::norm_bar(std::size_t begin) {
  const bool behind =
      !tokens_.empty() && (tokens_.back().kind != Token::Kind::sign || tokens_.back().is(")") ||
                           tokens_.back().is("]") || tokens_.back().is("ᵀ"));
  if (norms_ > 0 && behind) {
    --norms_;
    return sign(")", begin);
  }
  ++norms_;
  emit(Token::Kind::name, "norm", begin);
  sign("(", begin);
}

std::vector<Token> read_notation(std::string_view text, Span stretch,
                                 const NotationOptions& options) {
  return NotationReader(text, stretch, options).run();
}

}  // namespace chalkgrad
