#include "tracer/expression/unreadable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "engine/ops.hpp"
#include "tracer/expression/function_names.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/expression/utf8.hpp"
#include "tracer/numerals/ascii.hpp"
#include "tracer/numerals/decimal.hpp"

namespace chalkgrad {

namespace {

struct NamedCharacter {
  char32_t code;
  std::string_view name;
};
constexpr std::array invisible_characters = {NamedCharacter{0x00AD, "soft hyphen"},
                                             NamedCharacter{0x034F, "combining grapheme joiner"},
                                             NamedCharacter{0x061C, "Arabic letter mark"},
                                             NamedCharacter{0x115F, "Hangul filler"},
                                             NamedCharacter{0x180E, "Mongolian vowel separator"},
                                             NamedCharacter{0x200B, "zero width space"},
                                             NamedCharacter{0x200C, "zero width non-joiner"},
                                             NamedCharacter{0x200D, "zero width joiner"},
                                             NamedCharacter{0x200E, "left-to-right mark"},
                                             NamedCharacter{0x200F, "right-to-left mark"},
                                             NamedCharacter{0x2028, "line separator"},
                                             NamedCharacter{0x2029, "paragraph separator"},
                                             NamedCharacter{0x202A, "left-to-right embedding"},
                                             NamedCharacter{0x202B, "right-to-left embedding"},
                                             NamedCharacter{0x202C, "pop directional formatting"},
                                             NamedCharacter{0x202D, "left-to-right override"},
                                             NamedCharacter{0x202E, "right-to-left override"},
                                             NamedCharacter{0x2060, "word joiner"},
                                             NamedCharacter{0x2061, "function application"},
                                             NamedCharacter{0x2062, "invisible times"},
                                             NamedCharacter{0x2063, "invisible separator"},
                                             NamedCharacter{0x2064, "invisible plus"},
                                             NamedCharacter{0x2066, "left-to-right isolate"},
                                             NamedCharacter{0x2067, "right-to-left isolate"},
                                             NamedCharacter{0x2068, "first strong isolate"},
                                             NamedCharacter{0x2069, "pop directional isolate"},
                                             NamedCharacter{0x3164, "Hangul filler"},
                                             NamedCharacter{0xFE0E, "variation selector"},
                                             NamedCharacter{0xFE0F, "variation selector"},
                                             NamedCharacter{0xFEFF, "byte order mark"}};
constexpr std::array dashes = {
    NamedCharacter{0x2010, "hyphen"},         NamedCharacter{0x2011, "non-breaking hyphen"},
    NamedCharacter{0x2012, "figure dash"},    NamedCharacter{0x2014, "em dash"},
    NamedCharacter{0x2015, "horizontal bar"}, NamedCharacter{0x2E3A, "two-em dash"},
    NamedCharacter{0xFE58, "small em dash"},  NamedCharacter{0xFE63, "small hyphen-minus"}};

/// Letters that look like a Latin one. Those that names may have are Greek.
struct LookAlikes {
  std::string_view script;
  std::u32string_view letters, twins;
};
constexpr std::array look_alikes = {
    LookAlikes{"Greek", U"ΑΒΕΖΗΙΚΜΝΟΡΤΥΧον", U"ABEZHIKMNOPTYXov"},
    LookAlikes{"Cyrillic", U"АВЕЅІЈКМНОРСТУХаеѕіјорсух", U"ABESIJKMHOPCTYXaesijopcyx"}};

struct LookAlike {
  std::string_view script;
  char32_t latin;
};
std::optional<LookAlike> look_alike(char32_t c) {
  for (const auto& [script, letters, twins] : look_alikes)
    if (const auto at = letters.find(c); at != std::u32string_view::npos && at < twins.size())
      return LookAlike{script, twins[at]};
  return std::nullopt;
}

std::string code_point(char32_t c) { return fmt::format("U+{:04X}", static_cast<unsigned>(c)); }

template <class Table>
std::string_view name_in(const Table& table, char32_t c) {
  for (const NamedCharacter& one : table)
    if (one.code == c) return one.name;
  return {};
}

/// Letters and digits in another type face: 𝑤 and ｗ are w.
char plain_form(char32_t c) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  if (c >= 0x1D400 && c <= 0x1D6A3) return letters[(c - 0x1D400) % letters.size()];
  if (c >= 0x1D7CE && c <= 0x1D7FF) return static_cast<char>('0' + (c - 0x1D7CE) % 10);
  if (c >= 0xFF01 && c <= 0xFF5E) return static_cast<char>(c - 0xFEE0);
  if (c == 0x210E) return 'h';
  return c == 0x2113 ? 'l' : '\0';
}

struct Advice {
  std::string_view sign, hint;
};
constexpr std::array advices = {
    Advice{"“", "write straight quotes: \""},
    Advice{"”", "write straight quotes: \""},
    Advice{"„", "write straight quotes: \""},
    Advice{"«", "write straight quotes: \""},
    Advice{"»", "write straight quotes: \""},
    Advice{"‘", "write straight quotes: \""},
    Advice{"‚", "write straight quotes: \""},
    Advice{"...", "a range is written w1..w4"},
    Advice{"//", "a comment begins with #"},
    Advice{"/*", "a comment begins with #"},
    Advice{"*/", "a comment begins with #"},
    Advice{"±", "write one number"},
    Advice{"~", "write =, as in weight w = random(-1, 1)"},
    Advice{"$", "write the formula without $"},
    Advice{"&", "write one statement a line"},
    Advice{"`", "write the formula without `"},
    Advice{"∇", "write derive E wrt all"},
    Advice{"∑", "write a sum, as in sum(a, b, c) or mean over samples of E"},
    Advice{"∏", "write the product out"},
    Advice{"∫", "nothing is integrated here"},
    Advice{"→", "write ="},
    Advice{"⇒", "write ="},
    Advice{"←", "write ="},
    Advice{"≔", "write ="},
    Advice{"≡", "write ="},
    Advice{"≃", "write ≈ or ="},
    Advice{"≅", "write ≈ or ="},
    Advice{"°", "angles are in radians, as in sin(30*pi/180)"},
    Advice{"‰", "write 0.005 for 5‰"},
    Advice{"!", "a factorial is written out, as in 3*2*1"},
    Advice{"}", "write round brackets"}};

/// What a command of LaTeX is here.
constexpr std::array commands = {
    Advice{"frac", "write (a)/(b)"},
    Advice{"dfrac", "write (a)/(b)"},
    Advice{"tfrac", "write (a)/(b)"},
    Advice{"left", "write brackets alone, as in (a + b)"},
    Advice{"right", "write brackets alone, as in (a + b)"},
    Advice{"partial", "write ∂E/∂w or dE/dw"},
    Advice{"sum", "write a sum, as in sum(a, b, c) or mean over samples of E"},
    Advice{"nabla", "write derive E wrt all"},
    Advice{"to", "write ="},
    Advice{"leftarrow", "write ="},
    Advice{"approx", "write ≈ or ="},
    Advice{"odot", "write a product for each entry"},
    Advice{"top", "transposed is written W^T"}};

std::string hint_for_command(std::string_view word, bool is_called) {
  if (const auto op = function_known_as(word); is_called && op)
    return fmt::format("write {}(...)", name_of(*op));
  for (const auto& [name, hint] : commands)
    if (name == word) return std::string(hint);
  const std::string_view letter = greek_letter(word);
  if (!letter.empty()) return fmt::format("write {} or {}", word, letter);
  if (word.empty()) return "a line is one line: nothing continues it";
  if (function_named(word)) return fmt::format("write {}(...)", word);
  return "formulas are written without commands";
}

[[noreturn]] void refuse_command(std::string_view line, std::size_t at) {
  std::size_t end = at + 1;
  while (end < line.size() &&
         ((line[end] >= 'a' && line[end] <= 'z') || (line[end] >= 'A' && line[end] <= 'Z')))
    ++end;
  const std::string_view command = line.substr(at, end - at);
  const bool is_called = end < line.size() && (line[end] == '(' || line[end] == '{');
  throw SyntaxError({at, end}, fmt::format("'{}' has no meaning here", command),
                    hint_for_command(command.substr(1), is_called));
}

/// Whether the line gives numbers to names.
bool begins_with_role(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  for (const std::string_view word : {"input ", "weight ", "bias ", "target ", "constant "})
    if (line.starts_with(word)) return true;
  return false;
}

/// Signs that are meant in several ways, depending on what stands around them.
std::string hint_for_sign(std::string_view sign, std::string_view line, std::size_t at,
                          const std::optional<Token>& before) {
  const std::string_view rest = line.substr(at);
  const bool behind_name = before && before->kind == Token::Kind::name && before->span.end == at;
  if (sign == "'" || sign == "’" || sign == "′") {
    if (before && before->is_word("title")) return "write straight quotes: \"";
    if (before && before->kind == Token::Kind::number) return "a number has digits alone: 1000";
    if (line.starts_with("expect")) return "the value after the update is w+";
    const bool called = rest.size() > sign.size() && rest[sign.size()] == '(';
    return called ? "a derivative is asked for, as in derive g wrt net"
                  : "a name has no prime; write y_new, say";
  }
  if (sign == "%" && before && before->kind == Token::Kind::number)
    return fmt::format("write {} for {}%", Decimal::parse(before->text)->value() / 100,
                       before->text);
  if (sign == "%") return "a comment begins with #";
  if (sign == "?" && before && before->is("=") && begins_with_role(line))
    return "a name without = is unknown, and derived in symbols only";
  if (sign == "?")
    return rest.find(':') != std::string_view::npos
               ? "choose with max(0, net), relu, abs or step"
               : "a derivative is asked for, as in derive E wrt w";
  if (sign == ".") {
    std::size_t end = at + 1;
    const auto is_ascii = [&] { return static_cast<unsigned char>(line[end]) < 0x80; };
    while (end < line.size() && is_ascii() && is_name_part(static_cast<char32_t>(line[end]))) ++end;
    const std::string_view word = line.substr(at + 1, end - at - 1);
    if (rest.starts_with(".r.t")) return "write wrt";
    if (word == "backward" || word == "grad" || word == "diff")
      return "a derivative is asked for, as in derive E wrt w";
    const char next = at + 1 < line.size() ? line[at + 1] : ' ';
    if (next == '*' || next == '/' || next == '^') return fmt::format("write {} alone", next);
    if (word == "T") return "transposed is written W^T";
    if (function_named(word) || function_known_as(word))
      return fmt::format("write {} without '{}.'", word, before ? before->text : "");
    if (before && (before->text == "np" || before->text == "torch" || before->text == "math"))
      return fmt::format("write {} without '{}.'", word, before->text);
    const bool digits_behind =
        behind_name && is_digit(before->text.back()) && !word.empty() && is_digit(word.back());
    if (digits_behind) return fmt::format("a product is written {}*{}", before->text, word);
    if (behind_name && !word.empty())
      return fmt::format("a name has no point: {}_{}", before->text, word);
    return "a number has digits before or behind its point";
  }
  if (sign == "[") {
    if (before && before->is(")")) return "name the values instead, as in p1, p2 = softmax(z1, z2)";
    const bool declares = before && before->is("=") && begins_with_role(line);
    const bool list =
        declares || rest.find(',') != std::string_view::npos || rest.starts_with("[[");
    return list ? "there are no vectors and matrices: write w1..w4 = 1, 2, 3, 4"
                : "write round brackets";
  }
  if (sign == "{") {
    if (behind_name && (function_named(before->text) || function_known_as(before->text)))
      return "write round brackets";
    if (rest.find(',') != std::string_view::npos && before && before->is("="))
      return "numbers stand side by side without brackets, as in x1, x2 = 0.5, 1";
    return behind_name ? "a subscript is written w_5 or w_h1" : "write round brackets";
  }
  return {};
}

/// `named` says which character it is, where that cannot be seen.
[[noreturn]] void refuse(std::string_view line, Span span, const std::string& named,
                         const std::string& hint) {
  throw SyntaxError(
      span,
      fmt::format("'{}'{} has no meaning here", line.substr(span.begin, span.end - span.begin),
                  named.empty() ? "" : " (" + named + ")"),
      hint);
}

}  // namespace

void refuse_character(std::string_view line, std::size_t at, const std::optional<Token>& before) {
  const auto c = utf8::decode(line, at);
  if (!c)
    throw SyntaxError({at, at + 1}, fmt::format("the byte 0x{:02X} is not UTF-8",
                                                static_cast<unsigned char>(line[at])));
  const std::string_view sign = line.substr(at, c->bytes);
  Span span{at, at + c->bytes};
  if (c->value < 0x20 || (c->value >= 0x7F && c->value < 0xA0))
    throw SyntaxError(
        span, fmt::format("a control character ({}) has no place here", code_point(c->value)));
  if (const auto name = name_in(invisible_characters, c->value); !name.empty())
    throw SyntaxError(
        span,
        fmt::format("an invisible character ({} {}) has no place here", code_point(c->value), name),
        "delete it");
  if (c->value >= 0x300 && c->value <= 0x36F)
    throw SyntaxError(
        span, fmt::format("a combining character ({}) has no place here", code_point(c->value)),
        "write a letter that has its accent, or a word: y_hat");
  if (c->value == '\\') refuse_command(line, at);
  if (const auto name = name_in(dashes, c->value); !name.empty())
    refuse(line, span, fmt::format("{} {}", code_point(c->value), name), "write - for a minus");
  if (const auto twin = look_alike(c->value))
    refuse(line, span, fmt::format("{}, a {} letter", code_point(c->value), twin->script),
           fmt::format("write the Latin {}", utf8::encode(twin->latin)));
  if (const char plain = plain_form(c->value); plain != '\0')
    refuse(line, span, code_point(c->value), fmt::format("write {}", plain));
  for (const auto& [known, hint] : advices) {
    if (!line.substr(at).starts_with(known)) continue;
    span.end = at + known.size();
    refuse(line, span, "", std::string(hint));
  }
  std::string hint = hint_for_sign(sign, line, at, before);
  const bool other_script =
      (c->value >= 0x250 && c->value < 0x2000) || (c->value >= 0x2E80 && c->value < 0xE000);
  if (hint.empty() && other_script) hint = "names are of Latin and Greek letters";
  refuse(line, span, "", hint);
}

std::string as_it_looks(std::string_view text) {
  std::string seen;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = utf8::decode(text, at);
    const std::size_t bytes = c ? c->bytes : 1;
    const auto twin = c ? look_alike(c->value) : std::nullopt;
    if (twin) {
      seen += utf8::encode(twin->latin);
    } else if (!c || name_in(invisible_characters, c->value).empty()) {
      seen += text.substr(at, bytes);
    }
    at += bytes;
  }
  return seen;
}

std::string look_alike_in(std::string_view name) {
  for (std::size_t at = 0; at < name.size();) {
    const auto c = utf8::decode(name, at);
    if (const auto twin = c ? look_alike(c->value) : std::nullopt)
      return fmt::format("a {} letter ({})", twin->script, code_point(c->value));
    at += c ? c->bytes : 1;
  }
  return {};
}

}  // namespace chalkgrad
