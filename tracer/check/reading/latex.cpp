#include <algorithm>

#include "tracer/check/reading/array_notation.hpp"
#include "tracer/check/reading/commands.hpp"
#include "tracer/check/reading/notation_reader.hpp"
#include "tracer/check/reading/words.hpp"
#include "tracer/expression/name.hpp"

/// The part of the reader of notation that knows LaTeX: braces, commands, environments.
#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

bool is_differential(const std::vector<Token>& tokens) {
  // ∂ alone, as in \frac{\partial}{\partial w}, and ∂(…).
  if (tokens.size() == 1 && (tokens[0].is("∂") || tokens[0].is_word("d"))) return true;
  if (tokens.size() > 2 && tokens[0].is("∂") && tokens[1].is("(") && tokens.back().is(")"))
    return true;
  if (tokens.size() == 2 && tokens[0].is("∂")) return tokens[1].kind == Token::Kind::name;
  if (tokens.size() == 2 && tokens[0].is_word("d")) return tokens[1].kind == Token::Kind::name;
  return tokens.size() == 1 && tokens[0].kind == Token::Kind::name &&
         tokens[0].text.starts_with('d') && tokens[0].text.size() > 1;
}

}  // namespace

void NotationReader::skip_comment() {
  while (at_ < text_.size() && peek() != '\n') ++at_;
}

/// {a \over b} is a fraction; {} is nothing.
void NotationReader::braces() {
  const std::size_t begin = at_;
  std::vector<Token> inside = group();
  const auto over = std::find_if(inside.begin(), inside.end(),
                                 [](const Token& token) { return token.is("\\over"); });
  if (over != inside.end())
    return fraction({inside.begin(), over}, {over + 1, inside.end()}, begin);
  if (inside.empty()) return;
  const bool one_name = inside.size() == 1 && inside[0].kind != Token::Kind::sign;
  if (one_name) return append(std::move(inside));
  in_brackets(std::move(inside), begin);
}

void NotationReader::fraction(std::vector<Token> above, std::vector<Token> below,
                              std::size_t begin) {
  if (is_differential(above) && is_differential(below)) {
    append(std::move(above));
    sign("/", begin);
    return append(std::move(below));
  }
  sign("(", begin);
  in_brackets(std::move(above), begin);
  sign("/", begin);
  in_brackets(std::move(below), begin);
  sign(")", begin);
}

void NotationReader::command() {
  const std::size_t begin = at_++;
  if (peek() == '\\') {
    ++at_;
    if (peek() == '*') ++at_;  // no page may end there
    if (peek() == '[') skip_past(']');
    return sign(notation::row, begin);
  }
  if (!is_letter(peek())) return punctuation(begin);
  while (is_letter(peek())) ++at_;
  const std::string_view word = text_.substr(begin + 1, at_ - begin - 1);
  if (peek() == '*') ++at_;
  run_command(word, begin);
}

/// \, and the like; \[ and \( are the edges of a formula.
void NotationReader::punctuation(std::size_t begin) {
  const char c = peek();
  if (at_ < text_.size()) ++at_;
  if (c == '[' || c == ']' || c == '(' || c == ')') return sign(notation::cell, begin);
  if (c == '|') return norm_bar(begin);
  // Markdown on GitHub wants a\_h1 for a_h1.
  if (c == '_' && after_name() && tokens_.back().span.end == begin) return escaped_subscript();
  if (c == '_' || c == '%' || c == '#') return sign(notation::cell, begin);
}

void NotationReader::escaped_subscript() {
  tokens_.back().text += "_" + letters();
  subscript(tokens_.size() - 1);
}

void NotationReader::skip_past(char close) {
  const auto end = text_.find(close, at_);
  at_ = end == std::string_view::npos ? text_.size() : end + 1;
}

/// \pd{E}{w_1}, as the file defines it: read as what it stands for, in its own place.
bool NotationReader::own_command(std::string_view word, std::size_t begin) {
  constexpr int deepest_macro = 8;
  constexpr std::size_t longest = 2'000;
  if (const std::size_t end = end_of_definition(text_, word, at_); end > at_)
    return at_ = end, sign(notation::cell, begin), true;
  const auto found =
      options_.macros == nullptr ? Macros::const_iterator{} : options_.macros->find(word);
  if (options_.macros == nullptr || found == options_.macros->end() ||
      options_.macro_depth >= deepest_macro)
    return false;
  const Macro& macro = found->second;
  std::vector<std::string_view> arguments;
  for (std::size_t i = 0; i < macro.arguments; ++i) arguments.push_back(macro_argument(text_, at_));
  std::string text;
  for (std::size_t i = 0; i < macro.body.size(); ++i) {
    const bool argument = macro.body[i] == '#' && i + 1 < macro.body.size();
    const auto which = argument ? static_cast<std::size_t>(macro.body[i + 1] - '1') : 0;
    if (argument && which < arguments.size()) {
      text += arguments[which];
      ++i;
    } else {
      text += macro.body[i];
    }
  }
  if (text.size() > longest) return false;
  NotationOptions inner = options_;
  ++inner.macro_depth;
  for (Token& token : NotationReader(text, {0, text.size()}, inner).run())
    emit(token.kind, std::move(token.text), begin);
  if (after_name() && peek() == '_') subscript(tokens_.size() - 1);
  return true;
}

void NotationReader::run_command(std::string_view word, std::size_t begin) {
  if (own_command(word, begin)) return;
  if (const auto meant = options_.arrays ? array_sign_of_command(word) : std::nullopt)
    return sign(*meant, begin);
  if (const auto meant = sign_of_command(word)) return sign(*meant, begin);
  switch (kind_of_command(word)) {
    case Command::nothing:
      if (word.ends_with("break") && peek() == '[') skip_past(']');
      return;
    case Command::delimiter: return delimiter();
    case Command::drop_argument:
      group();
      if (word == "rule") group();  // a width and a height
      return;
    case Command::fraction: {
      std::vector<Token> above = group();
      return fraction(std::move(above), group(), begin);
    }
    case Command::root: return root(begin);
    case Command::word: return word_in_braces(begin);
    case Command::bar: return accented(adjoint_accent, begin);
    case Command::dot: return accented(tangent_accent, begin);
    case Command::hat: return hatted(begin);
    case Command::tilde: return accented(tilde_accent, begin);
    case Command::brace: return braced_and_noted(begin);
    case Command::nabla: return nabla(begin);
    case Command::begin: return environment(begin);
    case Command::end: group(); return sign(notation::row, begin);
    case Command::contents: return;
    case Command::name:
      emit(Token::Kind::name, std::string(plain_word(word)), begin);
      return subscript(tokens_.size() - 1);
    case Command::norm: return norm_bar(begin);
    case Command::other: return sign(notation::cell, begin);
  }
}

/// \left( is (; \left. is nothing.
void NotationReader::delimiter() {
  while (peek() == ' ') ++at_;
  if (peek() == '.') ++at_;
}

void NotationReader::root(std::size_t begin) {
  emit(Token::Kind::name, "√", begin);
  in_brackets(group(), begin);
}

/// What a sheet says beside a formula: "relu'(0) = 0 by convention", "a does not depend on b",
/// "because t1 + t2 = 1".
bool NotationReader::is_aside(const std::vector<Token>& inside) {
  return std::any_of(inside.begin(), inside.end(), [&](const Token& token) {
    const bool has_a_reason = &token != &inside.back();  // and not in the formula behind the words
    return token.is_word("convention") || token.is_word("depend") || token.is_word("depends") ||
           (has_a_reason && (token.is_word("because") || token.is_word("weil")));
  });
}

/// \mathrm{out}, \text{otherwise}; several words are prose.
void NotationReader::word_in_braces(std::size_t begin) {
  std::vector<Token> inside = group();
  const bool one_word = inside.size() == 1 && inside[0].kind == Token::Kind::name;
  if (one_word || (inside.size() == 1 && inside[0].kind == Token::Kind::number)) {
    const bool exponential = inside[0].is_word("e") && peek() == '^';
    emit(inside[0].kind, exponential ? "exp" : inside[0].text, begin);
    if (one_word) subscript(tokens_.size() - 1);
    return;
  }
  // \mathrm{net\_o1}
  std::string joined;
  for (const Token& token : inside) {
    if (token.kind == Token::Kind::sign && !token.is(notation::cell)) joined += " ";
    joined += token.is(notation::cell) ? "_" : token.text;
  }
  const bool identifier = !inside.empty() && joined.find(' ') == std::string::npos &&
                          inside.size() == 3 && inside[1].is(notation::cell);
  if (identifier) return emit(Token::Kind::name, joined, begin), subscript(tokens_.size() - 1);
  if (options_.arrays && is_function_in_words(inside))
    return emit(Token::Kind::name, name_in_words(inside), begin);
  if (is_aside(inside)) return sign(notation::cell, begin);
  // \text{sigmoid derivative}
  const bool derivative = inside.size() == 2 && inside[0].kind == Token::Kind::name &&
                          kind_of_word(inside[1].text) == Word::gradient;
  if (derivative) return emit(Token::Kind::name, inside[0].text + "_derivative", begin);
  sign(notation::cell, begin);
  append(std::move(inside));
  sign(notation::cell, begin);
}

void NotationReader::accented(std::string_view accent, std::size_t begin) {
  std::vector<Token> inside = group();
  if (inside.size() != 1 || inside[0].kind != Token::Kind::name) return append(std::move(inside));
  emit(Token::Kind::name, inside[0].text, begin);
  subscript(tokens_.size() - 1);
  tokens_.back().text = with_accent(tokens_.back().text, accent);
}

/// \hat{y}_1 is y_hat_1: a prediction, and never y itself.
void NotationReader::hatted(std::size_t begin) {
  std::vector<Token> inside = group();
  if (inside.size() != 1 || inside[0].kind != Token::Kind::name) {
    sign(notation::unknown, begin);
    return append(std::move(inside));
  }
  emit(Token::Kind::name, inside[0].text + "_hat", begin);
  subscript(tokens_.size() - 1);
}

/// What a brace spans; the note at it is prose.
void NotationReader::braced_and_noted(std::size_t begin) {
  std::vector<Token> inside = group();
  const bool whole = inside.size() == 1;
  if (whole) {
    append(std::move(inside));
  } else {
    in_brackets(std::move(inside), begin);
  }
  while (peek() == ' ') ++at_;
  if (peek() != '_' && peek() != '^') return;
  ++at_;
  group();
}

/// ∇ with what stands below it, as one name: ∇_w5.
void NotationReader::nabla(std::size_t begin) {
  emit(Token::Kind::name, std::string(nabla_sign), begin);
  subscript(tokens_.size() - 1);
}

void NotationReader::environment(std::size_t begin) {
  std::string kind;
  for (const Token& token : group()) kind += token.text;
  if (kind == "cases") return cases(begin);
  if (kind.ends_with("matrix")) {
    if (options_.arrays) return matrix(begin);
    // Where there are no arrays, its first entry is not what it says.
    const std::size_t end = text_.find("\\end", at_);
    at_ = end == std::string_view::npos ? text_.size() : end + std::string_view("\\end").size();
    group();
    return sign(notation::unknown, begin);
  }
  if (kind == "array" || kind.starts_with("tabular")) group();
  if (peek() == '[') skip_past(']');
  sign(notation::row, begin);
}

/// \begin{cases} a & \text{if } c > 0 \\ b & \text{otherwise} \end{cases}
void NotationReader::cases(std::size_t begin) {
  const std::size_t first = tokens_.size();
  while (at_ < text_.size() && !rest().starts_with("\\end")) next();
  if (at_ < text_.size()) {
    at_ += std::string_view("\\end").size();
    group();
  }
  std::vector<Token> inside(tokens_.begin() + static_cast<std::ptrdiff_t>(first), tokens_.end());
  tokens_.resize(first);
  sign("(", begin);
  std::vector<Token> value;
  bool otherwise = false;
  int depth = 0;  // within cases of cases
  for (Token& token : inside) {
    depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
    if (depth > 0) {
      value.push_back(std::move(token));
      continue;
    }
    if (token.is(notation::cell)) continue;
    if (token.is(notation::row)) {
      close_case(value, otherwise, begin);
      sign(",", begin);
      otherwise = false;
    } else if (token.is_word("otherwise") || token.is_word("sonst") || token.is_word("else")) {
      otherwise = true;
    } else {
      value.push_back(std::move(token));
    }
  }
  close_case(value, otherwise, begin);
  sign(")", begin);
}

void NotationReader::close_case(std::vector<Token>& value, bool otherwise, std::size_t begin) {
  if (otherwise) emit(Token::Kind::name, "else", begin);
  append(std::move(value));
  value.clear();
}

}  // namespace chalkgrad
