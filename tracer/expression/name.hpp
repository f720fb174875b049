#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

/// How the name of a quantity is taken apart to be typeset: net_h1 is "net" with subscript "h1", w5
/// is "w" with subscript "5", E_total⁺ is "E" with subscript "total" after the update, out[2] is
/// "out" in the second sample. Text keeps names as they are written; this is for typography.
namespace chalkgrad {

struct NameParts {
  std::string base;
  std::string subscript;      ///< may be empty; further underscores have become commas
  std::string sample;         ///< the name ends in [2]: of the second sample; may be empty
  bool updated = false;       ///< the name ends in ⁺: the value after the update
  std::string_view accent{};  ///< of accents(): the mark over the base; or empty
};

/// A mark over a letter: m̂, x̄. Names have it as a combining character, in one letter (ŷ), or as a
/// word behind the base (y_hat).
struct Accent {
  std::string_view mark{};     ///< the combining character
  std::string_view word{};     ///< hat
  std::string_view command{};  ///< of LaTeX, \hat
  std::string_view above{};    ///< as MathML puts it over a letter
};
[[nodiscard]] std::span<const Accent> accents();
/// The accent of that mark; it must be one.
[[nodiscard]] const Accent& accent_of(std::string_view mark);
/// ŷ as y and the mark of the hat; nothing if the letter has none of these accents.
[[nodiscard]] std::optional<std::pair<std::string_view, std::string_view>> without_accent(
    std::string_view letter);

/// The sign after the name of a quantity that means its value after the update.
inline constexpr std::string_view updated_mark = "⁺";

/// Marks before a name: the adjoint and the tangent of a variable in a trace, x̄ and ẋ.
inline constexpr std::string_view adjoint_accent = "\u0304", tangent_accent = "\u0307";
inline constexpr std::string_view hat_accent = "\u0302", tilde_accent = "\u0303";

[[nodiscard]] NameParts name_parts(std::string_view name);

/// Of a base that is a change, Δw, what changes; empty for any other.
[[nodiscard]] std::string_view of_change(std::string_view base);

/// The name with one of these marks, which is typeset above its letters.
[[nodiscard]] std::string with_accent(std::string_view name, std::string_view accent);

/// The name of a quantity in the sample of that number, counted from 1: out[2].
[[nodiscard]] std::string name_in_sample(std::string_view name, std::size_t sample);
/// The number of the sample that a quantity belongs to; 0 if it belongs to none.
[[nodiscard]] std::size_t sample_of(std::string_view name);
/// The name without the sample it belongs to.
[[nodiscard]] std::string_view without_sample(std::string_view name);

/// A blank to be filled in by hand, where a name or a number would stand: a name of underscores, at
/// least six, which is how wide it is.
[[nodiscard]] std::string blank_name(std::size_t width);
[[nodiscard]] bool is_blank_name(std::string_view name);

/// Whether the character is a Latin letter beyond ASCII that the usual text fonts have (T1
/// encoding).
[[nodiscard]] bool is_accented_latin(char32_t c);

/// Whether a name may begin with, or go on with, this character: Latin, Greek, underscore; digits
/// later.
[[nodiscard]] bool is_name_start(char32_t c);
[[nodiscard]] bool is_name_part(char32_t c);

/// The LaTeX command of a Greek letter, given by its English name (eta) or itself (η): \eta.
/// Whole words only: nothing for metal.
[[nodiscard]] std::optional<std::string> greek_command(std::string_view word);

/// The Greek letter of that English name, or the letter itself: η for eta and for η; empty for
/// anything else.
[[nodiscard]] std::string_view greek_letter(std::string_view word);

/// The English name of a Greek letter: eta for η; empty for anything else.
[[nodiscard]] std::string_view greek_word(std::string_view letter);

}  // namespace chalkgrad
