#include "tracer/expression/transliteration.hpp"

#include <array>

#include "tracer/expression/name.hpp"
#include "tracer/expression/utf8.hpp"

namespace chalkgrad {

namespace {

/// U+00C0 to U+017F without accents, separated by blanks.
constexpr std::string_view latin =
    "A A A A A A AE C E E E E I I I I D N O O O O O x O U U U U Y Th ss a a a a a a ae c e e e e i "
    "i i "
    "i d n o o o o o / o u u u u y th y A a A a A a C c C c C c C c D d D d E e E e E e E e E e G "
    "g G "
    "g G g G g H h H h I i I i I i I i I i IJ ij J j K k k L l L l L l L l L l N n N n N n n N n O "
    "o O "
    "o O o OE oe R r R r R r S s S s S s S s T t T t T t U u U u U u U u U u U u W w Y y Y Z z Z z "
    "Z z "
    "s";
constexpr char32_t first_latin = 0xC0, last_latin = 0x17F;

std::string_view latin_letter(char32_t c) {
  std::size_t begin = 0;
  for (char32_t at = first_latin; at < c; ++at) begin = latin.find(' ', begin) + 1;
  return latin.substr(begin, latin.find(' ', begin) - begin);
}

struct Sign {
  std::string_view sign, plain;
};
constexpr std::array plain_spellings = {
    Sign{"⁺", "+"},    Sign{"−", "-"},    Sign{"–", "-"},  Sign{"—", "-"},  Sign{"·", "*"},
    Sign{"×", "*"},    Sign{"∂", "d"},    Sign{"≈", "~="}, Sign{"≤", "<="}, Sign{"≥", ">="},
    Sign{"‘", "'"},    Sign{"’", "'"},    Sign{"“", "\""}, Sign{"”", "\""}, Sign{"„", "\""},
    Sign{"…", "..."},  Sign{"→", "->"},   Sign{"²", "^2"}, Sign{"³", "^3"}, Sign{"½", "1/2"},
    Sign{"√", "sqrt"}, Sign{"°", " deg"}, Sign{"«", "\""}, Sign{"»", "\""}};

std::string character_in_ascii(std::string_view character, char32_t c) {
  if (c < 0x80) return std::string(character);
  for (const Sign& sign : plain_spellings)
    if (sign.sign == character) return std::string(sign.plain);
  if (c >= first_latin && c <= last_latin) return std::string(latin_letter(c));
  const std::string_view greek = greek_word(character);
  return greek.empty() ? "?" : std::string(greek);
}

}  // namespace

std::string in_ascii(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = utf8::decode(text, at);
    const std::size_t bytes = c ? c->bytes : 1;
    result += c ? character_in_ascii(text.substr(at, bytes), c->value) : "?";
    at += bytes;
  }
  return result;
}

}  // namespace chalkgrad
