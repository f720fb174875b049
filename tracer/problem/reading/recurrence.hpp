#pragma once

#include <cstddef>
#include <vector>

#include "tracer/expression/lexer.hpp"

/// for s in 1..3: h[s] = tanh(U*x[s] + R*h[s-1] + b)
///
/// A loop is written out before anything else is read: a line for each value, in which the letter
/// is a number. What follows on the line belongs to it, and lines that are indented below.
namespace chalkgrad {

struct WrittenLine {
  std::size_t number = 1;  ///< in the file, counted from 1
  std::size_t indent = 0;
  std::vector<Token> tokens{};  ///< none where the line cannot be read
};

/// The lines with every loop written out, and h[2-1] in one token. Throws SyntaxError, with the
/// number of the line in `at`, if a loop cannot be read or is too long.
[[nodiscard]] std::vector<WrittenLine> written_out(std::vector<WrittenLine> lines, std::size_t& at);

/// Whether a loop begins there.
[[nodiscard]] bool is_loop(const std::vector<Token>& line);

}  // namespace chalkgrad
