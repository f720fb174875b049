#include "tracer/check/reading/array_notation.hpp"

#include <algorithm>
#include <array>

#include "tracer/arrays/array_functions.hpp"
#include "tracer/check/reading/notation_reader.hpp"
#include "tracer/expression/function_names.hpp"
#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

bool ends_element(const Token& token) {
  return token.kind == Token::Kind::number || token.kind == Token::Kind::name || token.is("]") ||
         token.is(")") || token.is("ᵀ");
}

/// A number, name or bracket, or a sign that touches what follows it and not what stands before.
bool begins_element(const std::vector<Token>& tokens, std::size_t i) {
  const Token& token = tokens[i];
  if (token.kind == Token::Kind::number || token.kind == Token::Kind::name || token.is("[") ||
      token.is("("))
    return true;
  const bool sign = token.is("-") || token.is("+");
  return sign && i + 1 < tokens.size() && tokens[i + 1].span.begin == token.span.end;
}

bool is_constructor(const Token& token) {
  return token.is_word("array") || token.is_word("tensor") || token.is_word("matrix") ||
         token.is_word("Matrix") || token.is_word("asarray");
}

}  // namespace

std::vector<Token> with_commas(std::vector<Token> tokens, bool blanks_separate) {
  std::vector<Token> result;
  int square = 0, round = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    // A^{∘ 2}
    if (token.is("^") && i + 3 < tokens.size() && tokens[i + 1].is("(") && tokens[i + 2].is(".*")) {
      result.push_back({Token::Kind::sign, ".^", token.span});
      result.push_back(tokens[i + 1]);
      i += 2;
      ++round;
      continue;
    }
    const bool apart = i > 0 && tokens[i - 1].span.end < token.span.begin;
    if (blanks_separate && square > 0 && round == 0 && apart && ends_element(tokens[i - 1]) &&
        begins_element(tokens, i))
      result.push_back({Token::Kind::sign, ",", {token.span.begin, token.span.begin}});
    if (token.is("[")) ++square;
    if (token.is("]")) --square;
    if (square > 0) round += token.is("(") ? 1 : token.is(")") ? -1 : 0;
    if (square <= 0) round = 0;
    result.push_back(token);
  }
  return result;
}

bool writes_arrays(std::string_view text) {
  for (const std::string_view word : {"matrix}", "array(", "tensor(", "begin{array}", " =\n\n"})
    if (text.find(word) != std::string_view::npos) return true;
  for (std::size_t at = text.find_first_of("[("); at != std::string_view::npos;
       at = text.find_first_of("[(", at + 1)) {
    const std::size_t end = text.find_first_of("([])\n=", at + 1);
    if (end == std::string_view::npos) break;
    if (text[end] == '(' || text[end] == '[') continue;
    const std::string_view inside = text.substr(at + 1, end - at - 1);
    bool divided = false, digit = false;
    for (std::size_t i = 0; i < inside.size(); ++i) {
      const std::size_t next = i + 1 < inside.size() && inside[i + 1] == '-' ? i + 2 : i + 1;
      const bool blank = inside[i] == ' ' && next < inside.size() && is_digit(inside[next]);
      digit = digit || is_digit(inside[i]);
      divided =
          divided || (digit && (inside[i] == ',' || inside[i] == ';' || inside[i] == '|' || blank));
    }
    if (divided && is_digit(inside.back())) return true;
  }
  return false;
}

void blank_labels_within_arrays(std::string& text) {
  int depth = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    for (std::size_t at = begin; at < end; ++at)
      depth += text[at] == '[' ? 1 : text[at] == ']' ? -1 : 0;
    const std::size_t within = std::string_view(text).substr(begin, end - begin).rfind('(');
    const std::size_t open = within == std::string_view::npos ? begin : begin + within;
    const bool label = depth > 0 && open >= begin + 2 && open + 3 < end && text[end - 1] == ')' &&
                       text[open - 1] == ' ' && text[open + 1] >= 'A' && text[open + 1] <= 'Z' &&
                       std::all_of(text.begin() + static_cast<std::ptrdiff_t>(open) + 2,
                                   text.begin() + static_cast<std::ptrdiff_t>(end) - 1, is_digit);
    if (label)
      std::fill(text.begin() + static_cast<std::ptrdiff_t>(open),
                text.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    // A bracket that is never closed holds up no more than its own paragraph.
    if (end == begin || depth < 0) depth = 0;
    begin = end + 1;
  }
}

std::vector<Token> with_square_brackets(std::vector<Token> tokens) {
  std::vector<std::size_t> open;
  std::vector<bool> no_vector, divided;  // by a comma or a bar, for each bracket that is open
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.is("(") || token.is("[")) {
      open.push_back(i);
      divided.push_back(false);
      no_vector.push_back(false);
    } else if (!open.empty() && token.is_word("if")) {
      no_vector.back() = true;  // a case
    } else if (!open.empty() && token.is("|")) {
      // (|a| + |b|) is a number, (a | b) a vector.
      const Token& before = tokens[i - 1];
      const bool opens =
          before.kind == Token::Kind::sign && !before.is(")") && !before.is("]") && !before.is("|");
      no_vector.back() = no_vector.back() || opens;
      divided.back() = true;
    } else if (!open.empty() && token.is(",")) {
      divided.back() = true;
    } else if (!open.empty() && (token.is(")") || token.is("]"))) {
      const std::size_t begin = open.back();
      const bool call =
          begin > 0 && tokens[begin - 1].kind == Token::Kind::name &&
          (tokens[begin - 1].span.end == tokens[begin].span.begin ||
           is_array_function(tokens[begin - 1].text) || function_named(tokens[begin - 1].text));
      if (divided.back() && !no_vector.back() && !call && tokens[begin].is("(") && token.is(")")) {
        tokens[begin].text = "[";
        tokens[i].text = "]";
        for (std::size_t k = begin; k < i; ++k)
          if (tokens[k].is("|")) tokens[k].text = ",";
      }
      open.pop_back();
      divided.pop_back();
      no_vector.pop_back();
    }
  }
  return tokens;
}

std::vector<Token> without_constructors(std::vector<Token> tokens) {
  std::vector<Token> result;
  std::vector<bool> dropped;  // of each bracket that is open, whether it is one
  int square = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (is_constructor(token) && i + 2 < tokens.size() && tokens[i + 1].is("(") &&
        tokens[i + 2].is("[")) {
      dropped.push_back(true);
      ++i;
      continue;
    }
    if (token.is("(")) dropped.push_back(false);
    // , dtype=float32)
    if (token.is("[")) ++square;
    if (token.is("]")) --square;
    if (token.is(",") && square == 0 && !dropped.empty() && dropped.back() && !result.empty() &&
        result.back().is("]"))
      while (i < tokens.size() && !tokens[i].is(")")) ++i;
    if (i >= tokens.size()) break;
    if (tokens[i].is(")") && !dropped.empty()) {
      const bool drop = dropped.back();
      dropped.pop_back();
      if (drop) continue;
    }
    result.push_back(tokens[i]);
  }
  return result;
}

std::optional<std::string_view> array_sign_of_command(std::string_view word) {
  struct Meaning {
    std::string_view word, sign;
  };
  constexpr std::array meanings = {Meaning{"odot", ".*"},    Meaning{"circ", ".*"},
                                   Meaning{"oslash", "./"},  Meaning{"top", "ᵀ"},
                                   Meaning{"intercal", "ᵀ"}, Meaning{"lbrack", "["},
                                   Meaning{"rbrack", "]"}};
  for (const Meaning& one : meanings)
    if (one.word == word) return one.sign;
  return std::nullopt;
}

std::string name_in_words(const std::vector<Token>& words) {
  std::string name;
  for (const Token& token : words)
    if (token.kind == Token::Kind::name) name += (name.empty() ? "" : "_") + token.text;
  return name;
}

bool is_function_in_words(const std::vector<Token>& words) {
  return words.size() > 1 && is_array_function(name_in_words(words));
}

std::vector<Token> array_of_cells(const std::vector<Token>& inside, Span span) {
  std::vector<std::vector<std::vector<Token>>> rows(1, std::vector<std::vector<Token>>(1));
  for (const Token& token : inside) {
    if (token.is(notation::row)) {
      rows.emplace_back(1);
    } else if (token.is(notation::cell)) {
      rows.back().emplace_back();
    } else {
      rows.back().back().push_back(token);
    }
  }
  if (rows.back().size() == 1 && rows.back()[0].empty()) rows.pop_back();
  const bool column =
      std::all_of(rows.begin(), rows.end(), [](const auto& row) { return row.size() == 1; });
  std::vector<Token> result;
  const auto sign = [&](std::string_view text) {
    result.push_back({Token::Kind::sign, std::string(text), span});
  };
  sign("[");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i > 0) sign(",");
    if (!column) sign("[");
    for (std::size_t k = 0; k < rows[i].size(); ++k) {
      if (k > 0) sign(",");
      result.insert(result.end(), rows[i][k].begin(), rows[i][k].end());
    }
    if (!column) sign("]");
  }
  sign("]");
  return result;
}

/// Signs between arrays: ⊙, .*, @, and what turns them over.
bool NotationReader::sign_of_arrays() {
  struct Meaning {
    std::string_view written, sign;
  };
  constexpr std::array meanings = {Meaning{"⊙", ".*"},  Meaning{"∘", ".*"},  Meaning{"⊘", "./"},
                                   Meaning{"ᵀ", "ᵀ"},   Meaning{"⊤", "ᵀ"},   Meaning{".*", ".*"},
                                   Meaning{"./", "./"}, Meaning{".^", ".^"}, Meaning{"@", "*"}};
  const std::size_t begin = at_;
  const bool behind =
      !tokens_.empty() && ends_element(tokens_.back()) && tokens_.back().span.end == begin;
  if (behind && rest().starts_with(".T") && !is_letter(peek(2))) {
    at_ += 2;
    return sign("ᵀ", begin), true;
  }
  if (rest().starts_with("..") && !rest().starts_with("...")) {
    at_ += 2;
    return sign("..", begin), true;
  }
  // A.dot(B), A.mm(B)
  for (const std::string_view method : {".dot", ".mm", ".matmul"}) {
    if (!behind || !rest().starts_with(method) || peek(method.size()) != '(') continue;
    at_ += method.size();
    return sign("*", begin), true;
  }
  if (options_.of_program && peek() == '*' && peek(1) != '*') {
    ++at_;
    return sign(".*", begin), true;
  }
  for (const Meaning& one : meanings) {
    if (!rest().starts_with(one.written)) continue;
    at_ += one.written.size();
    return sign(one.sign, begin), true;
  }
  return false;
}

/// ^T, ^{T}, ^\top, ^{\mathsf{T}}, behind the sign.
bool NotationReader::transposed(std::size_t begin) {
  const std::size_t before = at_;
  if (peek() == 'T' && !is_letter(peek(1))) {
    ++at_;
    return sign("ᵀ", begin), true;
  }
  if (peek() != '{' && peek() != '\\') return false;
  const std::vector<Token> inside = group();
  if (inside.size() == 1 && (inside[0].is("ᵀ") || inside[0].is_word("T"))) {
    sign("ᵀ", begin);
    return true;
  }
  at_ = before;
  return false;
}

/// \begin{pmatrix} a & b \\ c & d \end{pmatrix}
void NotationReader::matrix(std::size_t begin) {
  const std::size_t first = tokens_.size();
  ++array_depth_;  // blanks are no cells here
  while (at_ < text_.size() && !rest().starts_with("\\end")) next();
  --array_depth_;
  if (at_ < text_.size()) {
    at_ += std::string_view("\\end").size();
    group();
  }
  const std::vector<Token> inside(tokens_.begin() + static_cast<std::ptrdiff_t>(first),
                                  tokens_.end());
  tokens_.resize(first);
  append(array_of_cells(inside, {begin, at_}));
}

}  // namespace chalkgrad
