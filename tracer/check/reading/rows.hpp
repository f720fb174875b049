#pragma once

#include <string_view>
#include <vector>

#include "tracer/check/reading/conventions.hpp"
#include "tracer/check/reading/notation.hpp"

/// The rows of a file of answers, put together as they are meant to be read.
///
/// A row is what one formula takes: a line of the file, with the lines below it that begin with a
/// relation or an operator; in LaTeX, what stands between two \\. It has cells where gaps, columns
/// or the edges of formulas divide it. A piece of a formula that was broken within a column of a
/// table goes back to its cell. A line that ends with a relation or an operator goes on below.
namespace chalkgrad {

struct AnswerCell {
  std::vector<Token> tokens{};
  std::size_t column = 0;
  bool begins_line = false;
  bool after_arrow = false;  ///< an arrow stands between it and the cell before
  bool of_table = false;     ///< lines or columns divide it from its neighbours
};
using AnswerRow = std::vector<AnswerCell>;

struct ReadingOptions {
  bool decimal_comma = false;
  Conventions conventions{};
  /// A name that is not known is read as one whose meaning is open, for learned_names.hpp.
  bool open_names = false;
  /// Statements about arrays stay whole, for learned_arrays.hpp.
  bool whole_arrays = false;
};

/// A number and nothing else, with signs before it or not.
[[nodiscard]] bool is_value(const std::vector<Token>& tokens);

/// Whether the text is LaTeX: it has commands.
[[nodiscard]] bool looks_like_latex(std::string_view text);

/// All rows that are not empty. What stands before \begin{document} is left out.
[[nodiscard]] std::vector<AnswerRow> read_rows(std::string_view text,
                                               const NotationOptions& options);

/// = and what means the same: ≈, :=.
[[nodiscard]] bool is_relation(const Token& token);

}  // namespace chalkgrad
