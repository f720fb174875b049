#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tracer/expression/lexer.hpp"

/// What is said of a character that no statement has: its name, where it cannot be seen or looks
/// like another, and what to write in its place. It decides about words, not about what is read.
namespace chalkgrad {

/// Throws SyntaxError about the character at `at`, or the LaTeX command that begins there. `before`
/// is the token before it.
[[noreturn]] void refuse_character(std::string_view line, std::size_t at,
                                   const std::optional<Token>& before);

/// The text as a person sees it: letters that look like Latin ones are these, and what cannot be
/// seen is not there.
[[nodiscard]] std::string as_it_looks(std::string_view text);

/// What the first letter is that looks like a Latin one: "a Greek letter (U+0395)"; empty if there
/// is none.
[[nodiscard]] std::string look_alike_in(std::string_view name);

}  // namespace chalkgrad
