#pragma once

#include <optional>
#include <string_view>

/// What words beside a formula say about it: a table, nothing else.
///
/// "new w5" is w5 after the update, "the gradient of w5" is a derivative, "the change of w5" is
/// neither; a formula goes on from none of them. Words of English, German, French, Spanish,
/// Italian, Portuguese, Indonesian, Russian and Chinese, in lower case. A word that is not here
/// says nothing.
namespace chalkgrad {

enum class Word {
  updated,   ///< new, neu, nuevo: the value after the update
  former,    ///< old, alt: the value before it, which is the quantity itself
  gradient,  ///< gradient, slope: the derivative of the error by what follows
  change,    ///< change, error at: something else about the quantity
  relating,  ///< of, to, von: between such a word and the name
  value,     ///< value, output, weight: the quantity itself
  equals,    ///< is, ist, equals: a relation
};

/// What a word says; letters are compared without case.
[[nodiscard]] std::optional<Word> kind_of_word(std::string_view word);

/// A letter of a script in which no names of quantities are written: Cyrillic, Chinese, Arabic.
[[nodiscard]] bool is_foreign_letter(char32_t c);
/// The English word for what such words say of a name beside them: "new", "gradient"; empty if they
/// are prose.
[[nodiscard]] std::string_view meaning_of_foreign(std::string_view words);

/// Whether a number behind it counts the steps of a training: step, epoch, Schritt.
[[nodiscard]] bool counts_steps(std::string_view word);

/// Whether it is written with letters alone, two at least, as words of prose are; names of
/// quantities have digits, underscores or one letter.
[[nodiscard]] bool looks_like_prose(std::string_view word);

}  // namespace chalkgrad
