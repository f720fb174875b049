#pragma once

#include <string>
#include <string_view>

/// When two spellings are one word to people: whether Müller is written in capitals, and whether
/// its ü is one character or, as macOS and some archives have it, a u and two dots. For names of
/// people and files; names of quantities are told apart by case.
namespace chalkgrad {

enum class Capitals {
  dropped,  ///< MÜLLER is müller
  marked,   ///< a sign stands before each, so that only the same capitals are the same
};

/// In small letters, each accent behind its letter, and ss for ß: equal for spellings of one word.
/// Knows Latin, Greek and Cyrillic letters (to U+052F and U+1EFF); others stay as they are.
[[nodiscard]] std::string folded(std::string_view text, Capitals capitals = Capitals::dropped);

/// What is folded as in a German address without umlauts: mueller.
[[nodiscard]] std::string without_umlauts(std::string_view folded_text);

/// What is folded as on a keyboard without accents: muller, lukasz.
[[nodiscard]] std::string without_accents(std::string_view folded_text);

}  // namespace chalkgrad
