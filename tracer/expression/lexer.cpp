#include "tracer/expression/lexer.hpp"

#include <fmt/format.h>

#include <optional>

#include "tracer/expression/name.hpp"
#include "tracer/expression/unreadable.hpp"
#include "tracer/expression/utf8.hpp"
#include "tracer/expression/written_signs.hpp"
#include "tracer/numerals/decimal.hpp"

#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

constexpr std::string_view raised_open = "⁽", raised_close = "⁾";
constexpr std::string_view plain_signs = "+-*/^(),=<>|:;[]";

class Lexer {
 public:
  explicit Lexer(std::string_view line) : line_(line) {}

  std::vector<Token> run() {
    while (skip_blanks(), at_ < line_.size() && line_[at_] != '#') next();
    tokens_.push_back({Token::Kind::end, "", {at_, at_}});
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] std::string_view rest() const { return line_.substr(at_); }

  void skip_blanks() {
    for (std::size_t length = 1; length > 0; at_ += length) {
      length = blank_length(rest());
      const auto command = length == 0 ? sign_command(rest()) : std::nullopt;
      if (command && command->meant == " ") length = command->written.size();
    }
  }

  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < line_.size() ? line_[at_ + ahead] : '\0';
  }

  void next() {
    const char c = line_[at_];
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return add(number());
    if (c == '"') return add(string());
    for (const std::string_view comment : {"//", "/*"})
      if (rest().starts_with(comment)) refuse();
    if (rest().starts_with("!=")) return add(sign("≠", 2));
    if (is_turned_over()) return add(sign("ᵀ", 2));
    for (const std::string_view elementwise : {".*", "./", ".^"})
      if (rest().starts_with(elementwise)) return add(sign(std::string(elementwise), 2));
    if (plain_signs.find(c) != std::string_view::npos) return add(sign(std::string(1, c), 1));
    for (const std::string_view dots : {"...", "..", "…"})
      if (rest().starts_with(dots)) return range(dots.size());
    if (c == '{' || c == '}') return brace();
    if (fraction()) return;
    for (const auto& spelling : {typographic_sign(rest()), sign_command(rest())})
      if (spelling) return add(sign(std::string(spelling->meant), spelling->written.size()));
    if (rest().starts_with("√")) return add(name_of_length(std::string_view("√").size()));
    if (raised_sign(rest())) return raised_power();
    if (starts_name()) return add(name());
    refuse();
  }

  void add(Token token) { tokens_.push_back(std::move(token)); }

  [[noreturn]] void refuse() const {
    refuse_character(line_, at_, tokens_.empty() ? std::nullopt : std::optional(tokens_.back()));
  }

  [[nodiscard]] bool starts_name() const {
    if (letter_shape(rest())) return true;
    const auto c = utf8::decode(line_, at_);
    return c && is_name_start(c->value);
  }

  /// w1..w4, also with commas around it: w1, ..., w4.
  void range(std::size_t bytes) {
    const bool comma = !tokens_.empty() && tokens_.back().is(",");
    if (comma) tokens_.pop_back();
    add(sign("..", bytes));
    if (!comma) return;
    skip_blanks();
    if (peek() == ',') ++at_;
  }

  /// ^{…} in braces is a power in brackets; ^{(2)} would be a sample.
  void brace() {
    const bool power = peek() == '{' && !tokens_.empty() && tokens_.back().is("^");
    if (power && peek(1) == '(')
      throw SyntaxError({at_, at_ + 2}, "'^{(' has no meaning here", "a sample is written out[2]");
    if (!power && (peek() == '{' || open_braces_ == 0)) refuse();
    open_braces_ += power ? 1 : -1;
    add(sign(power ? "(" : ")", 1));
  }

  /// x² is x^2, and x⁻¹ is x^-1; also (a + b)^².
  void raised_power() {
    const std::size_t begin = at_;
    std::string digits = raised_digits_here();
    const Span span{begin, at_};
    if (tokens_.empty() || !tokens_.back().is("^")) add({Token::Kind::sign, "^", span});
    const bool negative = digits[0] == '-';
    if (negative) add({Token::Kind::sign, "-", span});
    digits.erase(0, negative ? 1 : 0);
    if (digits.empty() || digits.find('-') != std::string::npos)
      throw SyntaxError(span, fmt::format("'{}' is no power", shown(span)), "as in x² or x^2");
    add({Token::Kind::number, std::move(digits), span});
  }

  /// ½ is (1/2), and a factor of what stands behind it: ½(t − o)², ½x.
  bool fraction() {
    const auto one = fraction_sign(rest());
    if (!one) return false;
    const Span span{at_, at_ + one->written.size()};
    if (!tokens_.empty() && tokens_.back().span.end == at_) {
      const Token& before = tokens_.back();
      if (before.kind == Token::Kind::number)
        throw SyntaxError(
            span, fmt::format("'{}{}' could be a sum or a product", before.text, one->written),
            fmt::format("write {0} + {1}/{2} or {0}*{1}/{2}", before.text, one->above, one->below));
      if (before.kind == Token::Kind::name || before.is(")"))
        throw SyntaxError(
            span,
            fmt::format("expected an operator between {} and '{}'", describe(before), one->written),
            "write * for a product");
    }
    at_ = span.end;
    add({Token::Kind::sign, "(", span});
    add({Token::Kind::number, std::string(one->above), span});
    add({Token::Kind::sign, "/", span});
    add({Token::Kind::number, std::string(one->below), span});
    add({Token::Kind::sign, ")", span});
    skip_blanks();
    if (at_ < line_.size() && (peek() == '(' || rest().starts_with("√") || starts_name()))
      add({Token::Kind::sign, "*", span});
    return true;
  }

  Token sign(std::string text, std::size_t bytes) {
    const Span span{at_, at_ + bytes};
    at_ += bytes;
    return {Token::Kind::sign, std::move(text), span};
  }

  Token name_of_length(std::size_t bytes) {
    const Span span{at_, at_ + bytes};
    at_ += bytes;
    return {Token::Kind::name, std::string(line_.substr(span.begin, bytes)), span};
  }

  /// Letters, digits and underscores, with a subscript below the line or in braces.
  Token name() {
    const std::size_t begin = at_;
    std::string text;
    while (at_ < line_.size()) {
      const auto shape = letter_shape(rest());
      const auto c = utf8::decode(line_, at_);
      if (!shape && (!c || !is_name_part(c->value))) break;
      text += shape ? shape->meant : line_.substr(at_, c->bytes);
      at_ += shape ? shape->written.size() : c->bytes;
    }
    if (peek() == '{' && text.size() > 1 && text.back() == '_') text += subscript_in_braces();
    for (auto low = lowered_sign(rest()); low; low = lowered_sign(rest())) {
      // Letters need a sign that parts them from the name, digits do not.
      const bool parts = !is_digit(low->meant[0]) && text.find('_') == std::string::npos;
      text += parts ? "_" : "";
      text += low->meant;
      at_ += low->written.size();
    }
    if (const std::string sample = sample_index(); !sample.empty()) text += "[" + sample + "]";
    return {Token::Kind::name, std::move(text), {begin, at_}};
  }

  /// {h,1} behind w_ as h_1.
  std::string subscript_in_braces() {
    const std::size_t close = line_.find('}', at_);
    if (close == std::string_view::npos) refuse();
    std::string text;
    for (std::size_t at = at_ + 1; at < close;) {
      const auto c = utf8::decode(line_, at);
      if (!c || (!is_name_part(c->value) && c->value != ',' && c->value != ' ')) refuse();
      if (c->value == ',') text += '_';
      if (is_name_part(c->value)) text += line_.substr(at, c->bytes);
      at += c->bytes;
    }
    if (text.empty()) refuse();
    at_ = close + 1;
    return text;
  }

  /// Reads [2] or ⁽²⁾, which make a name that of a sample, as 2; nothing if neither stands here, or
  /// other things in brackets, as in W[1,2].
  std::string sample_index() {
    const std::size_t begin = at_;
    const bool raised = rest().starts_with(raised_open);
    if (!raised && !is_sample_in_brackets()) return {};
    at_ += raised ? raised_open.size() : 1;
    std::string digits;
    if (raised) digits = raised_digits_here();
    while (!raised && is_digit(peek())) digits += line_[at_++];
    const std::string_view close = raised ? raised_close : "]";
    const bool counts = !digits.empty() && digits.find('-') == std::string::npos &&
                        digits.size() <= 9 && digits[0] != '0';
    if (!counts || !line_.substr(at_).starts_with(close))
      throw SyntaxError({begin, std::min(at_ + 1, line_.size())},
                        "expected the number of a sample, as in out[2]",
                        "another quantity has a name of its own, as w1 or w_i");
    at_ += close.size();
    return digits;
  }

  /// W.T, as programs write Wᵀ.
  [[nodiscard]] bool is_turned_over() const {
    if (!rest().starts_with(".T") || tokens_.empty() || tokens_.back().span.end != at_)
      return false;
    const Token& before = tokens_.back();
    const auto after = utf8::decode(line_, at_ + 2);
    return (before.kind == Token::Kind::name || before.is(")") || before.is("]")) &&
           (!after || !is_name_part(after->value));
  }

  [[nodiscard]] bool is_sample_in_brackets() const {
    std::size_t digits = 1;
    while (is_digit(peek(digits))) ++digits;
    return peek() == '[' && digits > 1 && digits <= 10 && peek(1) != '0' && peek(digits) == ']';
  }

  /// e+05 as e5, so that a number has one spelling of its exponent.
  static std::string plain_exponent(std::string text) {
    const auto e = text.find_first_of("eE");
    if (e == std::string::npos) return text;
    const bool negative = text[e + 1] == '-';
    auto digits = text.find_first_not_of("+-0", e + 1);
    if (digits == std::string::npos) return text.substr(0, e);
    return text.substr(0, e) + (negative ? "e-" : "e") + text.substr(digits);
  }

  Token number() {
    const std::size_t begin = at_;
    // The point of 2.^A belongs to the sign.
    while (is_digit(peek()) || (peek() == '.' && peek(1) != '.' && peek(1) != '^')) ++at_;
    const bool exponent =
        (peek() == 'e' || peek() == 'E') &&
        (is_digit(peek(1)) || ((peek(1) == '-' || peek(1) == '+') && is_digit(peek(2))));
    if (exponent) {
      at_ += 2;
      while (is_digit(peek())) ++at_;
    }
    std::string text(line_.substr(begin, at_ - begin));
    if (text == "10" && raised_sign(rest())) {
      text = "1e" + raised_digits_here();
    } else if (!exponent) {
      text += raised_power_of_ten();
    }
    const Span span{begin, at_};
    const auto decimal = Decimal::parse(text);
    if (!decimal) throw SyntaxError(span, fmt::format("'{}' is not a number", shown(span)));
    if (decimal->magnitude() > 308)
      throw SyntaxError(span, fmt::format("'{}' is too large for a number", shown(span)));
    if (decimal->value() == 0 && !decimal->is_zero())
      throw SyntaxError(span, fmt::format("'{}' is too small for a number", shown(span)));
    return {Token::Kind::number, plain_exponent(std::move(text)), span};
  }

  /// Reads ·10⁻⁷ as e-7, if it stands here.
  std::string raised_power_of_ten() {
    for (const std::string_view times : {"·10", "⋅10", "×10"}) {
      if (!rest().starts_with(times) || !raised_sign(line_.substr(at_ + times.size()))) continue;
      at_ += times.size();
      return "e" + raised_digits_here();
    }
    return {};
  }

  std::string raised_digits_here() {
    std::string digits;
    for (auto raised = raised_sign(rest()); raised; raised = raised_sign(rest())) {
      digits += raised->meant;
      at_ += raised->written.size();
    }
    return digits;
  }

  Token string() {
    const auto close = line_.find('"', at_ + 1);
    const Span span{at_, close == std::string_view::npos ? line_.size() : close + 1};
    if (close == std::string_view::npos)
      throw SyntaxError({at_, at_ + 1}, "this quote is never closed");
    const std::string_view inside = line_.substr(span.begin + 1, span.end - span.begin - 2);
    if (const auto bad = utf8::first_malformed(inside))
      refuse_character(line_, span.begin + 1 + *bad, std::nullopt);
    at_ = span.end;
    return {Token::Kind::string, std::string(inside), span};
  }

  /// The text of a span, cut short if it is very long.
  std::string shown(Span span) const {
    constexpr std::size_t most = 40;
    const std::string_view text = line_.substr(span.begin, span.end - span.begin);
    return text.size() <= most ? std::string(text) : std::string(text.substr(0, most)) + "...";
  }

  std::string_view line_;
  std::size_t at_ = 0;
  int open_braces_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view line) { return Lexer(line).run(); }

std::string describe(const Token& token) {
  if (token.kind == Token::Kind::end) return "the end of the line";
  constexpr std::size_t most = 40;
  std::string text = token.text;
  if (text.size() > most) {
    std::size_t cut = most;
    while ((static_cast<unsigned char>(text[cut]) & 0xC0u) == 0x80) --cut;
    text = text.substr(0, cut) + "...";
  }
  return "'" + text + "'";
}

}  // namespace chalkgrad
