#include "tracer/check/reading/notation.hpp"

#include "tracer/check/reading/notation_reader.hpp"
#include "tracer/expression/utf8.hpp"

#include "tracer/numerals/ascii.hpp"

// Numbers, as they are typed, set small, or scanned.

namespace chalkgrad {

std::size_t scanned_number(std::string_view text, std::size_t at) {
  const auto is_part = [](char c) { return is_digit(c) || c == 'O' || c == 'l' || c == 'I'; };
  if (at > 0 && (is_letter(text[at - 1]) || is_digit(text[at - 1]) || text[at - 1] == '_' ||
                 text[at - 1] == '\\'))
    return 0;
  std::size_t end = at, letters = 0, digits = 0;
  bool point = false;
  for (; end < text.size(); ++end) {
    const char c = text[end];
    const bool separates = (c == '.' || c == ',') && !point && end > at && end + 1 < text.size() &&
                           is_part(text[end + 1]);
    if (!is_part(c) && !separates) break;
    point = point || separates;
    (is_digit(c) ? digits : letters) += separates ? 0 : 1;
  }
  if (end < text.size() && (is_letter(text[end]) || text[end] == '_')) return 0;
  const bool half = end == at + 1 && text[at] == 'l' && end + 1 < text.size() && text[end] == '/' &&
                    is_digit(text[end + 1]);
  return letters > 0 && ((digits > 0 && point) || half) ? end - at : 0;
}

bool has_scanned_numbers(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at)
    if ((is_digit(text[at]) || text[at] == 'O' || text[at] == 'l') && scanned_number(text, at) > 0)
      return true;
  return false;
}

std::string NotationReader::small_signs(LeadingSign leading) {
  std::string meant;
  while (const auto one = leading(rest())) {
    meant += one->meant;
    at_ += one->written.size();
  }
  return meant;
}

void NotationReader::small_power(const std::string& digits, std::size_t begin) {
  const bool layer = options_.layers_above && digits.size() == 1 && is_digit(digits[0]) &&
                     after_name() && tokens_.back().span.end == begin;
  if (layer) return of_layer(digits);
  sign("^", begin);
  if (digits[0] == '-') sign("-", begin);
  const std::string plain = digits.substr(digits[0] == '-' ? 1 : 0);
  emit(is_digit(plain.empty() ? 'x' : plain[0]) ? Token::Kind::number : Token::Kind::name, plain,
       begin);
}

bool NotationReader::vulgar_fraction() {
  const std::size_t begin = at_;
  const auto one = leading_fraction(rest());
  if (!one) return false;
  at_ += one->written.size();
  // 5½ is a sum, which nobody writes so in a formula.
  const bool mixed = !tokens_.empty() && tokens_.back().kind == Token::Kind::number &&
                     tokens_.back().span.end == begin;
  if (mixed) return sign(notation::unknown, begin), true;
  sign("(", begin);
  emit(Token::Kind::number, std::string(one->above), begin);
  sign("/", begin);
  emit(Token::Kind::number, std::string(one->below), begin);
  sign(")", begin);
  return true;
}

void NotationReader::scanned(std::size_t length) {
  const std::size_t begin = at_;
  std::string digits;
  for (const char c : text_.substr(at_, length))
    digits += c == 'O' ? '0' : c == 'l' || c == 'I' ? '1' : c == ',' ? '.' : c;
  at_ += length;
  emit(Token::Kind::number, std::move(digits), begin);
}

void NotationReader::number() {
  const std::size_t begin = at_;
  std::string digits;
  bool point = false;
  while (true) {
    const char c = peek();
    const bool comma = c == ',' && is_digit(peek(1)) && options_.decimal_comma && !point;
    // In 0.3775. the last point ends the sentence.
    const bool is_point = c == '.' && !point && !rest().starts_with("..");
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
  // 73.1 %
  const std::size_t blanks_before = peek() == ' ' ? 1 : 0;
  if (!options_.latex && !exponent && peek(blanks_before) == '%') {
    digits += "e-2";
    at_ += blanks_before + 1;
  }
  emit(Token::Kind::number, std::move(digits), begin);
}

}  // namespace chalkgrad
