#include "tracer/numerals/decimal.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

constexpr int largest_exponent = 9999;

void drop_leading_zeros(std::string& digits) {
  const auto first = digits.find_first_not_of('0');
  digits.erase(0, first == std::string::npos ? digits.size() - 1 : first);
}

/// The digits of a number with zeros appended so that its last place is 10^exponent.
std::string aligned(const Decimal& number, int exponent) {
  return number.digits + std::string(static_cast<std::size_t>(number.exponent - exponent), '0');
}

int compare_digits(const std::string& a, const std::string& b) {
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  return a.compare(b);
}

std::string add_digits(std::string a, std::string b) {
  if (a.size() < b.size()) a.swap(b);
  int carry = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    char& digit = a[a.size() - 1 - i];
    const int sum = digit - '0' + (i < b.size() ? b[b.size() - 1 - i] - '0' : 0) + carry;
    digit = static_cast<char>('0' + sum % 10);
    carry = sum / 10;
  }
  return carry ? "1" + a : a;
}

/// a − b for a ≥ b.
std::string subtract_digits(std::string a, const std::string& b) {
  int borrow = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    char& digit = a[a.size() - 1 - i];
    int rest = digit - '0' - (i < b.size() ? b[b.size() - 1 - i] - '0' : 0) - borrow;
    borrow = rest < 0;
    digit = static_cast<char>('0' + rest + 10 * borrow);
  }
  return a;
}

/// Whether the digits from `kept` on, cut off, make the number before them go up by one.
bool rounds_up(const std::string& digits, std::size_t kept, Rounding rounding) {
  if (rounding == Rounding::truncate || kept >= digits.size()) return false;
  if (digits[kept] != '5' || rounding == Rounding::half_up) return digits[kept] >= '5';
  if (digits.find_first_not_of('0', kept + 1) != std::string::npos) return true;
  return kept > 0 && (digits[kept - 1] - '0') % 2 == 1;
}

Decimal scientific_digits(double x, std::optional<int> precision) {
  std::array<char, 64> buffer{};
  const auto result = precision ? std::to_chars(buffer.data(), buffer.data() + buffer.size(), x,
                                                std::chars_format::scientific, *precision)
                                : std::to_chars(buffer.data(), buffer.data() + buffer.size(), x,
                                                std::chars_format::scientific);
  return *Decimal::parse({buffer.data(), static_cast<std::size_t>(result.ptr - buffer.data())});
}

}  // namespace

Decimal Decimal::shortest(double x) { return scientific_digits(x, std::nullopt).shortened(); }

Decimal Decimal::of(double x, double error) {
  Decimal exact = shortest(x);
  constexpr std::size_t noisy_digits = 16;
  constexpr int most_meant = 12;
  constexpr double few_units = 0x1p-49, many_units = 0x1p-44;
  if (exact.digits.size() < noisy_digits) return exact;
  const double noise = std::clamp(error, few_units * std::abs(x), many_units * std::abs(x));
  const auto is_meant = [&](const Decimal& one) { return std::abs(one.value() - x) <= noise; };
  // No two numbers of so many digits lie within the noise: if there is a shorter one, it is this.
  const Decimal candidate = scientific_digits(x, most_meant - 1);
  if (!is_meant(candidate)) return exact;
  for (int digits = 1; digits < most_meant; ++digits)
    if (const Decimal shorter = scientific_digits(x, digits - 1); is_meant(shorter))
      return shorter.shortened();
  return candidate.shortened();
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  Decimal number;
  number.digits.clear();
  std::size_t at = 0;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) number.negative = text[at++] == '-';
  bool point = false;
  for (; at < text.size() && (is_digit(text[at]) || (text[at] == '.' && !point)); ++at) {
    if (text[at] == '.') {
      point = true;
    } else {
      number.digits += text[at];
      if (point) --number.exponent;
    }
  }
  if (number.digits.empty()) return std::nullopt;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    if (++at < text.size() && text[at] == '+') ++at;
    int power = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), power);
    if (error != std::errc{} || std::abs(power) > largest_exponent) return std::nullopt;
    number.exponent += power;
    at = static_cast<std::size_t>(end - text.data());
  }
  if (at != text.size()) return std::nullopt;
  drop_leading_zeros(number.digits);
  if (number.is_zero()) number.negative = false;
  return number;
}

int Decimal::magnitude() const {
  return is_zero() ? 0 : exponent + static_cast<int>(digits.size()) - 1;
}

Decimal Decimal::rounded(int places, Rounding rounding) const {
  Decimal result = *this;
  result.exponent = -places;
  if (exponent >= -places) {
    result.digits = is_zero() ? "0" : aligned(*this, -places);
    return result;
  }
  const auto cut = static_cast<std::size_t>(-places - exponent);  // digits to cut off
  if (cut > digits.size()) {
    result.digits = "0";
  } else {
    const std::size_t kept = digits.size() - cut;
    result.digits = kept == 0 ? "0" : digits.substr(0, kept);
    if (rounds_up(digits, kept, rounding)) result.digits = add_digits(result.digits, "1");
  }
  if (result.is_zero()) result.negative = false;
  return result;
}

Decimal Decimal::shortened() const {
  Decimal result = *this;
  while (result.exponent < 0 && result.digits.size() > 1 && result.digits.back() == '0') {
    result.digits.pop_back();
    ++result.exponent;
  }
  if (result.is_zero()) result.exponent = 0;
  return result;
}

std::string Decimal::plain() const {
  std::string text = digits;
  if (exponent > 0 && !is_zero()) text.append(static_cast<std::size_t>(exponent), '0');
  if (exponent < 0) {
    const auto places = static_cast<std::size_t>(-exponent);
    if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
    text.insert(text.size() - places, ".");
  }
  return negative ? "-" + text : text;
}

std::string Decimal::scientific() const {
  std::string text = digits;
  if (text.size() > 1) text.insert(1, ".");
  text += "e" + std::to_string(magnitude());
  return negative ? "-" + text : text;
}

double Decimal::value() const {
  const std::string text =
      std::string(negative ? "-" : "") + digits + "e" + std::to_string(exponent);
  double nearest = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), nearest);
  // Beyond the largest and below the smallest double only strtod says which of the two.
  return failure == std::errc{} ? nearest : std::strtod(text.c_str(), nullptr);
}

Decimal distance(const Decimal& a, const Decimal& b) {
  Decimal result;
  result.exponent = std::min(a.exponent, b.exponent);
  std::string left = aligned(a, result.exponent), right = aligned(b, result.exponent);
  drop_leading_zeros(left);
  drop_leading_zeros(right);
  if (a.negative != b.negative) {
    result.digits = add_digits(left, right);
  } else {
    if (compare_digits(left, right) < 0) left.swap(right);
    result.digits = subtract_digits(left, right);
  }
  drop_leading_zeros(result.digits);
  return result;
}

int compare_magnitude(const Decimal& a, const Decimal& b) {
  const int exponent = std::min(a.exponent, b.exponent);
  std::string left = aligned(a, exponent), right = aligned(b, exponent);
  drop_leading_zeros(left);
  drop_leading_zeros(right);
  return compare_digits(left, right);
}

}  // namespace chalkgrad
