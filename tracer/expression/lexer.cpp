#include "tracer/expression/lexer.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "tracer/expression/name.hpp"
#include "tracer/expression/utf8.hpp"
#include "tracer/numerals/decimal.hpp"

#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

struct Spelling {
  std::string_view written, meant;
};
constexpr std::array typographic_signs = {
    Spelling{"−", "-"}, Spelling{"–", "-"}, Spelling{"·", "*"}, Spelling{"⋅", "*"},
    Spelling{"×", "*"}, Spelling{"∂", "∂"}, Spelling{"⁺", "⁺"}, Spelling{"≈", "≈"},
    Spelling{"≥", "≥"}, Spelling{"≤", "≤"}};
constexpr std::array raised_digits = {Spelling{"⁰", "0"}, Spelling{"¹", "1"}, Spelling{"²", "2"},
                                      Spelling{"³", "3"}, Spelling{"⁴", "4"}, Spelling{"⁵", "5"},
                                      Spelling{"⁶", "6"}, Spelling{"⁷", "7"}, Spelling{"⁸", "8"},
                                      Spelling{"⁹", "9"}, Spelling{"⁻", "-"}};
constexpr std::string_view raised_open = "⁽", raised_close = "⁾";
constexpr std::string_view plain_signs = "+-*/^(),=<>|:;";

class Lexer {
 public:
  explicit Lexer(std::string_view line) : line_(line) {}

  std::vector<Token> run() {
    std::vector<Token> tokens;
    while (skip_blanks(), at_ < line_.size() && line_[at_] != '#') tokens.push_back(next());
    tokens.push_back({Token::Kind::end, "", {at_, at_}});
    return tokens;
  }

 private:
  void skip_blanks() {
    while (at_ < line_.size() && (line_[at_] == ' ' || line_[at_] == '\t' || line_[at_] == '\r'))
      ++at_;
  }

  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < line_.size() ? line_[at_ + ahead] : '\0';
  }

  Token next() {
    const char c = line_[at_];
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
    if (c == '"') return string();
    if (plain_signs.find(c) != std::string_view::npos) return sign(std::string(1, c), 1);
    for (const std::string_view dots : {"..", "…"})
      if (line_.substr(at_).starts_with(dots)) return sign("..", dots.size());
    for (const Spelling& spelling : typographic_signs)
      if (line_.substr(at_).starts_with(spelling.written))
        return sign(std::string(spelling.meant), spelling.written.size());
    if (line_.substr(at_).starts_with("√")) return name_of_length(std::string_view("√").size());
    const auto code_point = utf8::decode(line_, at_);
    if (code_point && is_name_start(code_point->value)) return name();
    return refuse(code_point);
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

  Token name() {
    std::size_t end = at_;
    for (auto c = utf8::decode(line_, end); end < line_.size() && c && is_name_part(c->value);
         c = utf8::decode(line_, end)) {
      end += c->bytes;
    }
    Token token = name_of_length(end - at_);
    if (const std::string sample = sample_index(); !sample.empty()) {
      token.text += "[" + sample + "]";
      token.span.end = at_;
    }
    return token;
  }

  /// Reads [2] or ⁽²⁾, which make a name that of a sample, as 2; nothing if neither stands here.
  std::string sample_index() {
    const std::size_t begin = at_;
    const bool raised = line_.substr(at_).starts_with(raised_open);
    if (!raised && peek() != '[') return {};
    at_ += raised ? raised_open.size() : 1;
    std::string digits;
    if (raised) digits = raised_digits_here();
    while (!raised && is_digit(peek())) digits += line_[at_++];
    const std::string_view close = raised ? raised_close : "]";
    const bool counts = !digits.empty() && digits.find('-') == std::string::npos &&
                        digits.size() <= 9 && digits[0] != '0';
    if (!counts || !line_.substr(at_).starts_with(close))
      throw SyntaxError({begin, std::min(at_ + 1, line_.size())},
                        "expected the number of a sample, as in out[2]");
    at_ += close.size();
    return digits;
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
    while (is_digit(peek()) || peek() == '.') ++at_;
    const bool exponent =
        (peek() == 'e' || peek() == 'E') &&
        (is_digit(peek(1)) || ((peek(1) == '-' || peek(1) == '+') && is_digit(peek(2))));
    if (exponent) {
      at_ += 2;
      while (is_digit(peek())) ++at_;
    }
    std::string text(line_.substr(begin, at_ - begin));
    if (text == "10" && raised_digit(at_)) {
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
      if (!line_.substr(at_).starts_with(times) || !raised_digit(at_ + times.size())) continue;
      at_ += times.size();
      return "e" + raised_digits_here();
    }
    return {};
  }

  std::string raised_digits_here() {
    std::string digits;
    while (const auto raised = raised_digit(at_)) {
      digits += raised->meant;
      at_ += raised->written.size();
    }
    return digits;
  }

  std::optional<Spelling> raised_digit(std::size_t at) const {
    for (const Spelling& digit : raised_digits)
      if (line_.substr(at).starts_with(digit.written)) return digit;
    return std::nullopt;
  }

  Token string() {
    const auto close = line_.find('"', at_ + 1);
    const Span span{at_, close == std::string_view::npos ? line_.size() : close + 1};
    if (close == std::string_view::npos)
      throw SyntaxError({at_, at_ + 1}, "this quote is never closed");
    const std::string_view inside = line_.substr(span.begin + 1, span.end - span.begin - 2);
    if (const auto bad = utf8::first_malformed(inside)) refuse_byte(span.begin + 1 + *bad);
    at_ = span.end;
    return {Token::Kind::string, std::string(inside), span};
  }

  Token refuse(const std::optional<utf8::CodePoint>& code_point) const {
    if (!code_point) refuse_byte(at_);
    const Span span{at_, at_ + code_point->bytes};
    if (code_point->value < 0x20 || code_point->value == 0x7F) {
      throw SyntaxError(span, fmt::format("a control character (U+{:04X}) has no place here",
                                          static_cast<unsigned>(code_point->value)));
    }
    const bool quote = shown(span) == "“" || shown(span) == "”" || shown(span) == "„";
    throw SyntaxError(span, fmt::format("'{}' has no meaning here", shown(span)),
                      quote ? "write straight quotes: \"" : "");
  }

  [[noreturn]] void refuse_byte(std::size_t at) const {
    throw SyntaxError({at, at + 1}, fmt::format("the byte 0x{:02X} is not UTF-8",
                                                static_cast<unsigned char>(line_[at])));
  }

  /// The text of a span, cut short if it is very long.
  std::string shown(Span span) const {
    constexpr std::size_t most = 40;
    const std::string_view text = line_.substr(span.begin, span.end - span.begin);
    return text.size() <= most ? std::string(text) : std::string(text.substr(0, most)) + "...";
  }

  std::string_view line_;
  std::size_t at_ = 0;
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
