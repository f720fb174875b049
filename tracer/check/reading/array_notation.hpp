#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tracer/expression/lexer.hpp"

/// How arrays are written by hand and by programs: [[0.1 0.2]\n [0.3 0.4]], np.array([1, 2]),
/// pmatrix, half squared error. The tokens that come out are those of the problem language.
namespace chalkgrad {

/// A vector in round brackets, (0.1, −0.2) or (0,1 | −0,2), with square ones; a call keeps its own.
[[nodiscard]] std::vector<Token> with_square_brackets(std::vector<Token> tokens);

/// Numbers in brackets that have blanks between them, as NumPy prints them, get commas; only with
/// `blanks_separate`. ^{∘2} becomes .^2.
[[nodiscard]] std::vector<Token> with_commas(std::vector<Token> tokens, bool blanks_separate);

/// array(…), tensor(…, dtype=…) without what stands around the list.
[[nodiscard]] std::vector<Token> without_constructors(std::vector<Token> tokens);

/// ⊙ for \odot; nothing for other commands.
[[nodiscard]] std::optional<std::string_view> array_sign_of_command(std::string_view word);

/// Several words that are the name of a function of arrays: half squared error.
[[nodiscard]] bool is_function_in_words(const std::vector<Token>& words);
[[nodiscard]] std::string name_in_words(const std::vector<Token>& words);

/// Rows and cells of a LaTeX matrix as [[a, b], [c, d]]; one column as [a, b].
[[nodiscard]] std::vector<Token> array_of_cells(const std::vector<Token>& inside, Span span);

/// Whether there is a list of numbers or a matrix anywhere: [1, 2], (0.8, 0), pmatrix, tensor(…).
[[nodiscard]] bool writes_arrays(std::string_view text);

/// Blanks in place of a label at the end of a line whose array goes on below: "[[0.1, 0.2], (C1)".
void blank_labels_within_arrays(std::string& text);

}  // namespace chalkgrad
