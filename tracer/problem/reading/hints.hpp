#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tracer/expression/lexer.hpp"

/// What was probably meant by what cannot be read: tables of what people type first, and nothing
/// that decides what is read.
namespace chalkgrad {

/// The words that begin a statement.
[[nodiscard]] const std::vector<std::string_view>& statement_words();
[[nodiscard]] bool is_statement_word(std::string_view word);

/// For a line that begins with a word that is none of these.
[[nodiscard]] std::string hint_for_statement(const std::vector<Token>& line);

/// How a statement that begins with that word goes on.
[[nodiscard]] std::string hint_for_word(std::string_view word);

/// For a line that begins with a name and is no definition: dE/dw = 1, out-h = 2.
[[nodiscard]] std::string hint_for_left_side(const std::vector<Token>& line);

/// For a line that begins with a sign or a number: ∂E/∂w, 1net = 2, -- a comment.
[[nodiscard]] std::string hint_for_sign_at_start(const std::vector<Token>& line);

/// For a line where something else was expected at `place`, judged by what stands there and before;
/// `otherwise` if that tells nothing.
[[nodiscard]] std::string hint_at(const std::vector<Token>& line, Span place,
                                  const std::string& otherwise = {});

/// Words that people have for the rate of an update, the number of its steps, and random numbers;
/// the first two are read, the others lead to a hint.
[[nodiscard]] bool means_rate(std::string_view word);
[[nodiscard]] std::string in_small_letters(std::string_view word);
[[nodiscard]] bool means_repeat(std::string_view word);
[[nodiscard]] bool means_random(std::string_view word);
/// weights, parameters: what `all` is.
[[nodiscard]] bool means_all(std::string_view word);

}  // namespace chalkgrad
