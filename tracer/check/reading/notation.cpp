#include "tracer/check/reading/notation.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "tracer/check/reading/commands.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/expression/utf8.hpp"

namespace chalkgrad {

namespace {

using notation::cell;
using notation::unknown;

struct Spelling {
  std::string_view written, meant;
};

constexpr std::array signs = {
    Spelling{":=", ":="}, Spelling{"<-", ":="}, Spelling{"←", ":="},  Spelling{"~=", "≈"},
    Spelling{"≈", "≈"},   Spelling{"≃", "≈"},   Spelling{"≅", "≈"},   Spelling{"≐", "≈"},
    Spelling{"≡", "="},   Spelling{"=>", "&"},  Spelling{"->", "&"},  Spelling{"→", "&"},
    Spelling{"⇒", "&"},   Spelling{"⟹", "&"},   Spelling{"∴", "&"},   Spelling{"•", "&"},
    Spelling{">=", "≥"},  Spelling{"<=", "≤"},  Spelling{"==", "="},  Spelling{"≥", "≥"},
    Spelling{"≤", "≤"},   Spelling{"−", "-"},   Spelling{"–", "-"},   Spelling{"—", "&"},
    Spelling{"·", "*"},   Spelling{"⋅", "*"},   Spelling{"∙", "*"},   Spelling{"×", "*"},
    Spelling{"∗", "*"},   Spelling{"÷", "/"},   Spelling{"∕", "/"},   Spelling{"⁄", "/"},
    Spelling{"∂", "∂"},   Spelling{"…", "&"},   Spelling{"...", "&"}, Spelling{"⟨", "&"},
    Spelling{"$$", "&"},  Spelling{"$", "&"},   Spelling{"’", "'"},   Spelling{"′", "'"}};
constexpr std::string_view plain_signs = "+-*/^(),=<>|:;'";

constexpr std::array raised = {Spelling{"⁰", "0"}, Spelling{"¹", "1"}, Spelling{"²", "2"},
                               Spelling{"³", "3"}, Spelling{"⁴", "4"}, Spelling{"⁵", "5"},
                               Spelling{"⁶", "6"}, Spelling{"⁷", "7"}, Spelling{"⁸", "8"},
                               Spelling{"⁹", "9"}, Spelling{"⁻", "-"}, Spelling{"ⁿ", "n"}};
constexpr std::array lowered = {
    Spelling{"₀", "0"}, Spelling{"₁", "1"}, Spelling{"₂", "2"}, Spelling{"₃", "3"},
    Spelling{"₄", "4"}, Spelling{"₅", "5"}, Spelling{"₆", "6"}, Spelling{"₇", "7"},
    Spelling{"₈", "8"}, Spelling{"₉", "9"}, Spelling{"ₒ", "o"}, Spelling{"ₕ", "h"},
    Spelling{"ᵢ", "i"}, Spelling{"ⱼ", "j"}, Spelling{"ₖ", "k"}, Spelling{"ₙ", "n"},
    Spelling{"ₜ", "t"}, Spelling{"ₐ", "a"}, Spelling{"ₑ", "e"}, Spelling{"ₓ", "x"}};
struct Fraction {
  std::string_view written, above, below;
};
constexpr std::array fractions = {Fraction{"½", "1", "2"}, Fraction{"⅓", "1", "3"},
                                  Fraction{"¼", "1", "4"}, Fraction{"¾", "3", "4"},
                                  Fraction{"⅔", "2", "3"}, Fraction{"⅕", "1", "5"},
                                  Fraction{"⅛", "1", "8"}, Fraction{"⅙", "1", "6"}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

class Reader {
 public:
  Reader(std::string_view text, Span stretch, const NotationOptions& options)
      : text_(text.substr(0, stretch.end)), at_(stretch.begin), options_(options) {}

  std::vector<Token> run() {
    while (at_ < text_.size()) next();
    return std::move(tokens_);
  }

 private:
  static constexpr int deepest = 100;

  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  std::string_view rest() const { return text_.substr(at_); }

  void emit(Token::Kind kind, std::string text, std::size_t begin) {
    tokens_.push_back({kind, std::move(text), {begin, at_}});
  }
  void sign(std::string_view text, std::size_t begin) {
    emit(Token::Kind::sign, std::string(text), begin);
  }

  void next() {
    const char c = peek();
    const std::size_t begin = at_;
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') return blanks();
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
    if (c == '\\') return command();
    if (c == '{') return braces();
    if (c == '}') return ++at_, sign(unknown, begin);
    if (c == '%' && options_.latex) return skip_comment();
    if (c == '&' || c == '~') return ++at_, c == '&' ? sign(cell, begin) : void();
    if (c == '^') return raised_group();
    if (c == '`') return static_cast<void>(++at_);
    if (c == '*' && peek(1) == '*') return two_stars();
    if (c == '[' || c == ']') return square_bracket();
    if (known_sign()) return;
    if (const auto digits = read_all(raised); !digits.empty()) return small_power(digits, begin);
    if (rest().starts_with("⁺")) return at_ += std::string_view("⁺").size(), mark_updated(begin);
    if (vulgar_fraction()) return;
    for (const std::string_view name : {"√", "∞"}) {
      if (!rest().starts_with(name)) continue;
      at_ += name.size();
      return emit(Token::Kind::name, std::string(name), begin);
    }
    const auto code_point = utf8::decode(text_, at_);
    if (code_point && is_name_start(code_point->value)) return name();
    at_ += code_point ? code_point->bytes : 1;
    // Full stops, quotes and the like end an expression as a blank column does.
    const bool punctuation = c == '.' || c == '!' || c == '"' || c == '#';
    sign(punctuation ? cell : unknown, begin);
  }

  /// Three blanks or a tabulator are a column of a sheet.
  void blanks() {
    const std::size_t begin = at_;
    bool tab = false;
    for (; peek() == ' ' || peek() == '\t' || peek() == '\r' || peek() == '\n'; ++at_)
      tab = tab || peek() == '\t';
    if (at_ - begin >= 3 || tab) sign(cell, begin);
  }

  void skip_comment() {
    while (at_ < text_.size() && peek() != '\n') ++at_;
  }

  bool known_sign() {
    const std::size_t begin = at_;
    for (const Spelling& one : signs) {
      if (!rest().starts_with(one.written)) continue;
      at_ += one.written.size();
      sign(one.meant, begin);
      return true;
    }
    if (plain_signs.find(peek()) == std::string_view::npos) return false;
    ++at_;
    sign(text_.substr(begin, 1), begin);
    return true;
  }

  /// ** is a power before a number or bracket, otherwise bold type.
  void two_stars() {
    const std::size_t begin = at_;
    at_ += 2;
    const bool power = (is_digit(peek()) || peek() == '(') && !tokens_.empty() &&
                       tokens_.back().span.end == begin && tokens_.back().kind != Token::Kind::sign;
    if (power) sign("^", begin);
  }

  /// out[2]; any other square bracket is read as a round one.
  void square_bracket() {
    const std::size_t begin = at_;
    const bool opens = peek() == '[';
    ++at_;
    if (opens && !tokens_.empty() && tokens_.back().kind == Token::Kind::name &&
        tokens_.back().span.end == begin) {
      std::size_t end = at_;
      while (end < text_.size() && is_digit(text_[end])) ++end;
      if (end > at_ && end < text_.size() && text_[end] == ']') {
        tokens_.back().text += "[" + std::string(text_.substr(at_, end - at_)) + "]";
        at_ = end + 1;
        tokens_.back().span.end = at_;
        return;
      }
    }
    sign(opens ? "(" : ")", begin);
  }

  template <class Table>
  std::string read_all(const Table& table) {
    std::string meant;
    for (bool found = true; found;) {
      found = false;
      for (const Spelling& one : table) {
        if (!rest().starts_with(one.written)) continue;
        meant += one.meant;
        at_ += one.written.size();
        found = true;
      }
    }
    return meant;
  }

  void small_power(const std::string& digits, std::size_t begin) {
    sign("^", begin);
    if (digits[0] == '-') sign("-", begin);
    const std::string plain = digits.substr(digits[0] == '-' ? 1 : 0);
    emit(is_digit(plain.empty() ? 'x' : plain[0]) ? Token::Kind::number : Token::Kind::name, plain,
         begin);
  }

  bool vulgar_fraction() {
    const std::size_t begin = at_;
    for (const Fraction& one : fractions) {
      if (!rest().starts_with(one.written)) continue;
      at_ += one.written.size();
      // 5½ is a sum, which nobody writes so in a formula.
      const bool mixed = !tokens_.empty() && tokens_.back().kind == Token::Kind::number &&
                         tokens_.back().span.end == begin;
      if (mixed) return sign(unknown, begin), true;
      sign("(", begin);
      emit(Token::Kind::number, std::string(one.above), begin);
      sign("/", begin);
      emit(Token::Kind::number, std::string(one.below), begin);
      sign(")", begin);
      return true;
    }
    return false;
  }

  void number() {
    const std::size_t begin = at_;
    std::string digits;
    bool point = false;
    while (true) {
      const char c = peek();
      const bool comma = c == ',' && is_digit(peek(1)) && options_.decimal_comma && !point;
      // In 0.3775. the last point ends the sentence.
      const bool is_point = c == '.' && !point && !rest().starts_with("...");
      if (is_digit(c)) {
        digits += c;
      } else if (is_point || comma) {
        digits += '.';
        point = true;
      } else if (rest().starts_with("{,}") && !point) {
        digits += '.';
        point = true;
        at_ += 2;
      } else {
        break;
      }
      ++at_;
    }
    const bool exponent =
        (peek() == 'e' || peek() == 'E') &&
        (is_digit(peek(1)) || ((peek(1) == '-' || peek(1) == '+') && is_digit(peek(2))));
    if (exponent) {
      digits += 'e';
      ++at_;
      if (peek() == '-') digits += '-';
      if (!is_digit(peek())) ++at_;
      while (is_digit(peek())) digits += text_[at_++];
    }
    emit(Token::Kind::number, std::move(digits), begin);
  }

  /// Letters, digits and underscores, with subscripts in braces or below the line.
  void name() {
    const std::size_t begin = at_;
    emit(Token::Kind::name, letters(), begin);
    subscript(tokens_.size() - 1);
  }

  std::string letters() {
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
  void subscript(std::size_t name) {
    std::string text = tokens_[name].text;
    for (bool more = true; more;) {
      more = false;
      if (const std::string low = read_all(lowered); !low.empty()) {
        text += low;
        more = true;
      }
      if (peek() == '_' && (text.empty() || text.back() != '_')) {
        ++at_;
        text += "_" + joined_group();
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

  bool raised_sample(std::string& text) {
    const std::size_t begin = at_;
    at_ += std::string_view("⁽").size();
    const std::string digits = read_all(raised);
    if (digits.empty() || !rest().starts_with("⁾")) return at_ = begin, false;
    at_ += std::string_view("⁾").size();
    text += "[" + digits + "]";
    return true;
  }

  /// What stands in braces, or the next character, as one word.
  std::string joined_group() {
    std::string word;
    for (const Token& token : group()) {
      const bool separates = token.is(",") || token.is("_");
      word += separates ? "_" : token.kind == Token::Kind::sign ? "" : token.text;
    }
    return word;
  }

  /// The tokens of {…} that come next, or of a single character or command.
  std::vector<Token> group() {
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
      sign(unknown, at_ - 1);
    } else if (at_ < text_.size()) {
      next();
    }
    std::swap(outer, tokens_);
    return outer;
  }

  void append(std::vector<Token> tokens) {
    tokens_.insert(tokens_.end(), std::make_move_iterator(tokens.begin()),
                   std::make_move_iterator(tokens.end()));
  }

  void in_brackets(std::vector<Token> tokens, std::size_t begin) {
    sign("(", begin);
    append(std::move(tokens));
    sign(")", begin);
  }

  /// {a \over b} is a fraction; {} is nothing.
  void braces() {
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

  static bool is_differential(const std::vector<Token>& tokens) {
    if (tokens.size() == 2 && tokens[0].is("∂")) return tokens[1].kind == Token::Kind::name;
    if (tokens.size() == 2 && tokens[0].is_word("d")) return tokens[1].kind == Token::Kind::name;
    return tokens.size() == 1 && tokens[0].kind == Token::Kind::name &&
           tokens[0].text.starts_with('d') && tokens[0].text.size() > 1;
  }

  void fraction(std::vector<Token> above, std::vector<Token> below, std::size_t begin) {
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

  bool after_name() const { return !tokens_.empty() && tokens_.back().kind == Token::Kind::name; }

  void mark_updated(std::size_t begin) {
    if (!after_name()) return sign(unknown, begin);
    tokens_.back().text += updated_mark;
    tokens_.back().span.end = at_;
  }

  /// ^ and what stands above the line: a power, a sample (2), or a mark of the update.
  void raised_group() {
    const std::size_t begin = at_++;
    if (peek() == '+' && after_name()) {
      // w5^+ = …, but not w5^+2.
      if (!is_digit(peek(1))) return ++at_, mark_updated(begin);
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
    }
    if (after_name() && at < inside.size() && is_mark(inside, at)) return mark_updated(begin);
    if (at == inside.size() && at > 0) return;
    sign("^", begin);
    in_brackets(std::move(inside), begin);
  }

  static bool is_mark(const std::vector<Token>& inside, std::size_t at) {
    if (inside.size() == at + 1)
      return inside[at].is("+") || inside[at].is_word("new") || inside[at].is_word("neu") ||
             inside[at].is("'");
    return inside.size() == at + 3 && inside[at].is("(") &&
           (inside[at + 1].is_word("new") || inside[at + 1].is_word("neu"));
  }

  void command() {
    const std::size_t begin = at_++;
    if (peek() == '\\') {
      ++at_;
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
  void punctuation(std::size_t begin) {
    const char c = peek();
    if (at_ < text_.size()) ++at_;
    if (c == '[' || c == ']' || c == '(' || c == ')') return sign(cell, begin);
    if (c == '|') return sign("|", begin);
    if (c == '_' || c == '%' || c == '#') return sign(cell, begin);
  }

  void skip_past(char close) {
    const auto end = text_.find(close, at_);
    at_ = end == std::string_view::npos ? text_.size() : end + 1;
  }

  void run_command(std::string_view word, std::size_t begin) {
    if (const auto meant = sign_of_command(word)) return sign(*meant, begin);
    switch (kind_of_command(word)) {
      case Command::nothing: return;
      case Command::delimiter: return delimiter();
      case Command::drop_argument: return static_cast<void>(group());
      case Command::fraction: {
        std::vector<Token> above = group();
        return fraction(std::move(above), group(), begin);
      }
      case Command::root: return root(begin);
      case Command::word: return word_in_braces(begin);
      case Command::bar: return accented(adjoint_accent, begin);
      case Command::dot: return accented(tangent_accent, begin);
      case Command::begin: return environment(begin);
      case Command::end: group(); return sign(notation::row, begin);
      case Command::contents: return;
      case Command::name:
        emit(Token::Kind::name, std::string(plain_word(word)), begin);
        return subscript(tokens_.size() - 1);
      case Command::other: return sign(cell, begin);
    }
  }

  /// \left( is (; \left. is nothing.
  void delimiter() {
    while (peek() == ' ') ++at_;
    if (peek() == '.') ++at_;
  }

  void root(std::size_t begin) {
    emit(Token::Kind::name, "√", begin);
    in_brackets(group(), begin);
  }

  /// \mathrm{out}, \text{otherwise}; several words are prose.
  void word_in_braces(std::size_t begin) {
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
      if (token.kind == Token::Kind::sign && !token.is(cell)) joined += " ";
      joined += token.is(cell) ? "_" : token.text;
    }
    const bool identifier = !inside.empty() && joined.find(' ') == std::string::npos &&
                            inside.size() == 3 && inside[1].is(cell);
    if (identifier) return emit(Token::Kind::name, joined, begin), subscript(tokens_.size() - 1);
    sign(cell, begin);
    append(std::move(inside));
    sign(cell, begin);
  }

  void accented(std::string_view accent, std::size_t begin) {
    std::vector<Token> inside = group();
    if (inside.size() != 1 || inside[0].kind != Token::Kind::name) return append(std::move(inside));
    emit(Token::Kind::name, inside[0].text, begin);
    subscript(tokens_.size() - 1);
    tokens_.back().text = with_accent(tokens_.back().text, accent);
  }

  void environment(std::size_t begin) {
    std::string kind;
    for (const Token& token : group()) kind += token.text;
    if (kind == "cases") return cases(begin);
    if (kind == "array" || kind.starts_with("tabular")) group();
    if (peek() == '[') skip_past(']');
    sign(notation::row, begin);
  }

  /// \begin{cases} a & \text{if } c > 0 \\ b & \text{otherwise} \end{cases}
  void cases(std::size_t begin) {
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
    for (Token& token : inside) {
      if (token.is(cell)) continue;
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

  void close_case(std::vector<Token>& value, bool otherwise, std::size_t begin) {
    if (otherwise) emit(Token::Kind::name, "else", begin);
    append(std::move(value));
    value.clear();
  }

  std::string_view text_;
  std::size_t at_;
  NotationOptions options_;
  int depth_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> read_notation(std::string_view text, Span stretch,
                                 const NotationOptions& options) {
  return Reader(text, stretch, options).run();
}

}  // namespace chalkgrad
