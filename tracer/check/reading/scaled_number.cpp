#include "tracer/check/reading/scaled_number.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>

#include "tracer/numerals/decimal.hpp"

namespace chalkgrad {

namespace {

struct PowerOfTen {
  std::string exponent;
  std::size_t tokens;
};

bool is_number_at(std::span<const Token> tokens, std::size_t at) {
  return at < tokens.size() && tokens[at].kind == Token::Kind::number;
}
bool is_sign_at(std::span<const Token> tokens, std::size_t at, std::string_view sign) {
  return at < tokens.size() && tokens[at].is(sign);
}

/// 10 ^ −7 or 10 ^ ( −7 ).
std::optional<PowerOfTen> power_of_ten_at(std::span<const Token> tokens, std::size_t begin) {
  constexpr std::size_t most_digits = 4;
  if (!is_number_at(tokens, begin) || tokens[begin].text != "10") return std::nullopt;
  std::size_t at = begin + 1;
  if (!is_sign_at(tokens, at++, "^")) return std::nullopt;
  const bool bracket = is_sign_at(tokens, at, "(");
  if (bracket) ++at;
  const bool negative = is_sign_at(tokens, at, "-");
  if (negative || is_sign_at(tokens, at, "+")) ++at;
  if (!is_number_at(tokens, at)) return std::nullopt;
  const std::string& digits = tokens[at++].text;
  if (digits.find_first_of(".e") != std::string::npos || digits.size() > most_digits)
    return std::nullopt;
  if (bracket && !is_sign_at(tokens, at++, ")")) return std::nullopt;
  return PowerOfTen{(negative ? "-" : "") + digits, at - begin};
}

std::string shown(const Token& token) {
  constexpr std::size_t most = 40;
  return token.text.size() <= most ? token.text : token.text.substr(0, most) + "...";
}

}  // namespace

ScaledNumber leading_number(std::span<const Token> tokens, bool may_scale) {
  constexpr std::size_t most_digits = 1000;
  ScaledNumber number{tokens[0], 1};
  if (number.token.text.size() > most_digits)
    throw SyntaxError(number.token.span, "a number with more than 1000 digits");
  if (!may_scale) return number;
  std::string& text = number.token.text;
  if (const auto factor = power_of_ten_at(tokens, 2); factor && is_sign_at(tokens, 1, "*")) {
    constexpr std::size_t most_exponent = 6;
    const auto e = text.find('e');
    if (e == std::string::npos) {
      text += "e" + factor->exponent;
    } else if (text.size() - e <= most_exponent) {
      // 3.775e-3 · 10²: the exponents add up.
      const int sum = std::stoi(text.substr(e + 1)) + std::stoi(factor->exponent);
      text = text.substr(0, e + 1) + std::to_string(sum);
    } else {
      return number;
    }
    number.tokens = 2 + factor->tokens;
  } else if (const auto power = power_of_ten_at(tokens, 0)) {
    text = "1e" + power->exponent;
    number.tokens = power->tokens;
  }
  number.token.span.end = tokens[number.tokens - 1].span.end;
  return number;
}

void refuse_unusable(const Token& number) {
  const auto decimal = Decimal::parse(number.text);
  if (!decimal) throw SyntaxError(number.span, fmt::format("'{}' is not a number", number.text));
  if (decimal->magnitude() > 308)
    throw SyntaxError(number.span, fmt::format("'{}' is too large for a number", shown(number)));
  if (decimal->value() == 0 && !decimal->is_zero())
    throw SyntaxError(number.span, fmt::format("'{}' is too small for a number", shown(number)));
}

}  // namespace chalkgrad
