#include "tracer/expression/name.hpp"

#include <algorithm>
#include <array>

#include "tracer/expression/utf8.hpp"

#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

struct GreekLetter {
  std::string_view word;
  std::string_view letter;
  std::string_view command;
};

// Capital letters that look Latin have no command of their own in LaTeX.
constexpr std::array greek_letters = {
    GreekLetter{"alpha", "α", "\\alpha"},
    GreekLetter{"beta", "β", "\\beta"},
    GreekLetter{"gamma", "γ", "\\gamma"},
    GreekLetter{"delta", "δ", "\\delta"},
    GreekLetter{"epsilon", "ε", "\\varepsilon"},
    GreekLetter{"zeta", "ζ", "\\zeta"},
    GreekLetter{"eta", "η", "\\eta"},
    GreekLetter{"theta", "θ", "\\theta"},
    GreekLetter{"iota", "ι", "\\iota"},
    GreekLetter{"kappa", "κ", "\\kappa"},
    GreekLetter{"lambda", "λ", "\\lambda"},
    GreekLetter{"mu", "μ", "\\mu"},
    GreekLetter{"nu", "ν", "\\nu"},
    GreekLetter{"xi", "ξ", "\\xi"},
    GreekLetter{"omicron", "ο", "o"},
    GreekLetter{"pi", "π", "\\pi"},
    GreekLetter{"rho", "ρ", "\\rho"},
    GreekLetter{"sigma", "σ", "\\sigma"},
    GreekLetter{"tau", "τ", "\\tau"},
    GreekLetter{"upsilon", "υ", "\\upsilon"},
    GreekLetter{"phi", "φ", "\\varphi"},
    GreekLetter{"chi", "χ", "\\chi"},
    GreekLetter{"psi", "ψ", "\\psi"},
    GreekLetter{"omega", "ω", "\\omega"},
    GreekLetter{"Gamma", "Γ", "\\Gamma"},
    GreekLetter{"Delta", "Δ", "\\Delta"},
    GreekLetter{"Theta", "Θ", "\\Theta"},
    GreekLetter{"Lambda", "Λ", "\\Lambda"},
    GreekLetter{"Xi", "Ξ", "\\Xi"},
    GreekLetter{"Pi", "Π", "\\Pi"},
    GreekLetter{"Sigma", "Σ", "\\Sigma"},
    GreekLetter{"Upsilon", "Υ", "\\Upsilon"},
    GreekLetter{"Phi", "Φ", "\\Phi"},
    GreekLetter{"Psi", "Ψ", "\\Psi"},
    GreekLetter{"Omega", "Ω", "\\Omega"},
    GreekLetter{"", "ς", "\\varsigma"},
    GreekLetter{"", "Α", "\\mathrm{A}"},
    GreekLetter{"", "Β", "\\mathrm{B}"},
    GreekLetter{"", "Ε", "\\mathrm{E}"},
    GreekLetter{"", "Ζ", "\\mathrm{Z}"},
    GreekLetter{"", "Η", "\\mathrm{H}"},
    GreekLetter{"", "Ι", "\\mathrm{I}"},
    GreekLetter{"", "Κ", "\\mathrm{K}"},
    GreekLetter{"", "Μ", "\\mathrm{M}"},
    GreekLetter{"", "Ν", "\\mathrm{N}"},
    GreekLetter{"", "Ο", "\\mathrm{O}"},
    GreekLetter{"", "Ρ", "\\mathrm{P}"},
    GreekLetter{"", "Τ", "\\mathrm{T}"},
    GreekLetter{"", "Χ", "\\mathrm{X}"},
};

constexpr std::array accent_table = {
    Accent{adjoint_accent, "bar", "\\bar", "¯"}, Accent{tangent_accent, "dot", "\\dot", "˙"},
    Accent{hat_accent, "hat", "\\hat", "^"}, Accent{tilde_accent, "tilde", "\\tilde", "~"}};

/// Letters with an accent, in one character.
struct Accented {
  std::string_view letter, plain, mark;
};
constexpr std::array accented_letters = {
    Accented{"ŷ", "y", hat_accent},     Accented{"â", "a", hat_accent},
    Accented{"ô", "o", hat_accent},     Accented{"ĥ", "h", hat_accent},
    Accented{"ŵ", "w", hat_accent},     Accented{"ê", "e", hat_accent},
    Accented{"î", "i", hat_accent},     Accented{"û", "u", hat_accent},
    Accented{"ĉ", "c", hat_accent},     Accented{"ŝ", "s", hat_accent},
    Accented{"Ŷ", "Y", hat_accent},     Accented{"ā", "a", adjoint_accent},
    Accented{"ō", "o", adjoint_accent}, Accented{"ē", "e", adjoint_accent},
    Accented{"ã", "a", tilde_accent},   Accented{"õ", "o", tilde_accent}};

/// y_hat and y_hat_1 are ŷ and ŷ_1; a dot is a tangent's, and no word.
void take_accent_from_subscript(NameParts& parts) {
  for (const Accent& one : accent_table) {
    if (one.mark == tangent_accent || !parts.subscript.starts_with(one.word)) continue;
    const std::string rest = parts.subscript.substr(one.word.size());
    if (!rest.empty() && rest[0] != ',' && !is_digit(rest[0])) continue;
    parts.accent = one.mark;
    parts.subscript = rest.starts_with(',') ? rest.substr(1) : rest;
    return;
  }
}

/// Whether a character is none of those that the tables of letters are about: most are not.
bool begins_plainly(std::string_view letter) {
  return letter.empty() || static_cast<unsigned char>(letter.front()) < 0x80;
}

/// ŷ is y with a hat.
void take_accent_from_letter(NameParts& parts) {
  if (const auto plain = without_accent(parts.base)) {
    parts.accent = plain->second;
    parts.base = plain->first;
  }
}

}  // namespace

std::span<const Accent> accents() { return accent_table; }

const Accent& accent_of(std::string_view mark) {
  return *std::find_if(accent_table.begin(), accent_table.end(),
                       [mark](const Accent& one) { return one.mark == mark; });
}

std::optional<std::pair<std::string_view, std::string_view>> without_accent(
    std::string_view letter) {
  if (begins_plainly(letter)) return std::nullopt;
  for (const Accented& one : accented_letters)
    if (one.letter == letter) return std::pair{one.plain, one.mark};
  return std::nullopt;
}

std::string_view of_change(std::string_view base) {
  constexpr std::string_view change = "Δ";
  return base.size() > change.size() && base.starts_with(change) ? base.substr(change.size())
                                                                 : std::string_view();
}

NameParts name_parts(std::string_view name) {
  NameParts parts;
  if (name.ends_with(updated_mark)) {
    parts.updated = true;
    name.remove_suffix(updated_mark.size());
  }
  if (const std::size_t sample = sample_of(name); sample != 0)
    parts.sample = std::to_string(sample);
  name = without_sample(name);
  std::string plain(name);
  for (const Accent& accent : accent_table) {
    const auto at = plain.find(accent.mark);
    if (at == std::string::npos) continue;
    parts.accent = accent.mark;
    plain.erase(at, accent.mark.size());
  }
  name = plain;
  // W[1,:] is W with the subscript 1,:.
  if (const auto open = name.find('[');
      open != std::string_view::npos && open > 0 && name.ends_with(']')) {
    parts.base = name.substr(0, open);
    parts.subscript = name.substr(open + 1, name.size() - open - 2);
    return parts;
  }
  // An underscore at the very start or end separates nothing.
  const auto underscore = name.find('_', 1);
  if (underscore != std::string_view::npos && underscore + 1 < name.size()) {
    parts.base = name.substr(0, underscore);
    parts.subscript = name.substr(underscore + 1);
    std::replace(parts.subscript.begin(), parts.subscript.end(), '_', ',');
    if (parts.accent.empty()) take_accent_from_subscript(parts);
    if (parts.accent.empty()) take_accent_from_letter(parts);
    return parts;
  }
  std::size_t digits = name.size();
  while (digits > 1 && is_digit(name[digits - 1])) --digits;
  parts.base = name.substr(0, digits);
  parts.subscript = name.substr(digits);
  if (parts.accent.empty()) take_accent_from_letter(parts);
  return parts;
}

std::string name_in_sample(std::string_view name, std::size_t sample) {
  return std::string(name) + "[" + std::to_string(sample) + "]";
}

std::string_view without_sample(std::string_view name) {
  if (!name.ends_with(']')) return name;
  const auto open = name.rfind('[');
  const bool digits =
      open != std::string_view::npos && open > 0 && open + 2 < name.size() &&
      std::all_of(name.begin() + static_cast<std::ptrdiff_t>(open) + 1, name.end() - 1, is_digit);
  return digits && name.size() - open <= 11 ? name.substr(0, open) : name;
}

std::size_t sample_of(std::string_view name) {
  if (name.ends_with(updated_mark)) name.remove_suffix(updated_mark.size());
  const std::size_t open = without_sample(name).size();
  std::size_t sample = 0;
  for (std::size_t i = open + 1; i + 1 < name.size(); ++i)
    sample = 10 * sample + static_cast<std::size_t>(name[i] - '0');
  return sample;
}

std::string with_accent(std::string_view name, std::string_view accent) {
  // After the last letter of the base: v̄1, x̄_a.
  const std::size_t letters = name_parts(name).base.size();
  std::string result(name);
  return result.insert(std::min(letters, result.size()), accent);
}

bool is_accented_latin(char32_t c) {
  constexpr std::u32string_view missing = U"ĦħĸĿŀŉŦŧſ×÷";
  return c >= 0xC0 && c <= 0x17F && missing.find(c) == std::u32string_view::npos;
}

bool is_name_start(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  const bool capital = c >= 0x391 && c <= 0x3A9 && c != 0x3A2, small = c >= 0x3B1 && c <= 0x3C9;
  return is_accented_latin(c) || capital || small;
}

bool is_name_part(char32_t c) {
  constexpr std::u32string_view accents_above = U"\u0302\u0303\u0304\u0307";
  return is_name_start(c) || (c >= '0' && c <= '9') ||
         accents_above.find(c) != std::u32string_view::npos;
}

std::optional<std::string> greek_command(std::string_view word) {
  for (const GreekLetter& greek : greek_letters)
    if (!word.empty() && (word == greek.word || word == greek.letter))
      return std::string(greek.command);
  return std::nullopt;
}

std::string_view greek_letter(std::string_view word) {
  for (const GreekLetter& greek : greek_letters)
    if (!word.empty() && (word == greek.word || word == greek.letter)) return greek.letter;
  return {};
}

std::string_view greek_word(std::string_view letter) {
  if (begins_plainly(letter)) return {};
  for (const GreekLetter& greek : greek_letters)
    if (letter == greek.letter) return greek.word;
  return {};
}

namespace {

constexpr std::size_t least_blank = 6;

}  // namespace

std::string blank_name(std::size_t width) { return std::string(std::max(width, least_blank), '_'); }

bool is_blank_name(std::string_view name) {
  return name.size() >= least_blank && name.find_first_not_of('_') == std::string_view::npos;
}

}  // namespace chalkgrad
