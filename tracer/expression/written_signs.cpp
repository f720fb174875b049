#include "tracer/expression/written_signs.hpp"

#include <array>
#include <cctype>

#include "tracer/expression/utf8.hpp"

namespace chalkgrad {

namespace {

constexpr std::array typographic_signs = {
    Spelling{"−", "-"},  Spelling{"–", "-"},  Spelling{"·", "*"},  Spelling{"⋅", "*"},
    Spelling{"∙", "*"},  Spelling{"×", "*"},  Spelling{"∗", "*"},  Spelling{"÷", "/"},
    Spelling{"∕", "/"},  Spelling{"⁄", "/"},  Spelling{"∂", "∂"},  Spelling{"⁺", "⁺"},
    Spelling{"≈", "≈"},  Spelling{"≥", "≥"},  Spelling{"≤", "≤"},  Spelling{"≠", "≠"},
    Spelling{"⊙", ".*"}, Spelling{"∘", ".*"}, Spelling{"⊘", "./"}, Spelling{"ᵀ", "ᵀ"},
    Spelling{"⊤", "ᵀ"},  Spelling{"@", "*"}};
constexpr std::array raised_signs = {Spelling{"⁰", "0"}, Spelling{"¹", "1"}, Spelling{"²", "2"},
                                     Spelling{"³", "3"}, Spelling{"⁴", "4"}, Spelling{"⁵", "5"},
                                     Spelling{"⁶", "6"}, Spelling{"⁷", "7"}, Spelling{"⁸", "8"},
                                     Spelling{"⁹", "9"}, Spelling{"⁻", "-"}};
constexpr std::array lowered_signs = {
    Spelling{"₀", "0"}, Spelling{"₁", "1"}, Spelling{"₂", "2"}, Spelling{"₃", "3"},
    Spelling{"₄", "4"}, Spelling{"₅", "5"}, Spelling{"₆", "6"}, Spelling{"₇", "7"},
    Spelling{"₈", "8"}, Spelling{"₉", "9"}, Spelling{"ₐ", "a"}, Spelling{"ₑ", "e"},
    Spelling{"ₒ", "o"}, Spelling{"ₓ", "x"}, Spelling{"ₕ", "h"}, Spelling{"ₖ", "k"},
    Spelling{"ₗ", "l"}, Spelling{"ₘ", "m"}, Spelling{"ₙ", "n"}, Spelling{"ₚ", "p"},
    Spelling{"ₛ", "s"}, Spelling{"ₜ", "t"}, Spelling{"ᵢ", "i"}, Spelling{"ᵣ", "r"},
    Spelling{"ᵤ", "u"}, Spelling{"ᵥ", "v"}, Spelling{"ⱼ", "j"}};
constexpr std::array letter_shapes = {
    Spelling{"ϕ", "φ"},           Spelling{"ϵ", "ε"},           Spelling{"ϑ", "θ"},
    Spelling{"ϱ", "ρ"},           Spelling{"ϰ", "κ"},           Spelling{"ϖ", "π"},
    Spelling{"\u00B5", "\u03BC"}, Spelling{"\u2206", "\u0394"}, Spelling{"\u2126", "\u03A9"}};
constexpr std::array sign_commands = {
    Spelling{"\\cdot", "*"},  Spelling{"\\times", "*"}, Spelling{"\\ast", "*"},
    Spelling{"\\odot", ".*"}, Spelling{"\\circ", ".*"}, Spelling{"\\quad", " "},
    Spelling{"\\,", " "},     Spelling{"\\;", " "},     Spelling{"\\:", " "},
    Spelling{"\\!", " "},     Spelling{"\\ ", " "}};
constexpr std::array fraction_signs = {
    FractionSign{"½", "1", "2"}, FractionSign{"⅓", "1", "3"}, FractionSign{"⅔", "2", "3"},
    FractionSign{"¼", "1", "4"}, FractionSign{"¾", "3", "4"}, FractionSign{"⅕", "1", "5"},
    FractionSign{"⅖", "2", "5"}, FractionSign{"⅗", "3", "5"}, FractionSign{"⅘", "4", "5"},
    FractionSign{"⅙", "1", "6"}, FractionSign{"⅚", "5", "6"}, FractionSign{"⅐", "1", "7"},
    FractionSign{"⅛", "1", "8"}, FractionSign{"⅜", "3", "8"}, FractionSign{"⅝", "5", "8"},
    FractionSign{"⅞", "7", "8"}, FractionSign{"⅑", "1", "9"}, FractionSign{"⅒", "1", "10"}};

}  // namespace

std::optional<Spelling> typographic_sign(std::string_view text) {
  return first_written(typographic_signs, text);
}
std::optional<Spelling> raised_sign(std::string_view text) {
  return first_written(raised_signs, text);
}
std::optional<Spelling> lowered_sign(std::string_view text) {
  return first_written(lowered_signs, text);
}
std::optional<Spelling> letter_shape(std::string_view text) {
  return first_written(letter_shapes, text);
}
std::optional<FractionSign> fraction_sign(std::string_view text) {
  return first_written(fraction_signs, text);
}

std::optional<Spelling> sign_command(std::string_view text) {
  const auto found = first_written(sign_commands, text);
  // \cdots is another command.
  const bool goes_on = found && std::isalpha(static_cast<unsigned char>(found->written.back())) &&
                       text.size() > found->written.size() &&
                       std::isalpha(static_cast<unsigned char>(text[found->written.size()]));
  return goes_on ? std::nullopt : found;
}

std::size_t blank_length(std::string_view text) {
  if (text.empty()) return 0;
  if (text[0] == ' ' || text[0] == '\t' || text[0] == '\r') return 1;
  const auto c = utf8::decode(text, 0);
  if (!c) return 0;
  const bool is_blank = c->value == 0xA0 || (c->value >= 0x2000 && c->value <= 0x200A) ||
                        c->value == 0x202F || c->value == 0x205F || c->value == 0x3000;
  return is_blank ? c->bytes : 0;
}

}  // namespace chalkgrad
