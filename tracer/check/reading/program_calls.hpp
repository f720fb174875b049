#pragma once

#include <vector>

#include "tracer/expression/lexer.hpp"

namespace chalkgrad {

/// Calls by which programs work with arrays, as a person writes them: multiply(a, b) is (a).*(b),
/// matmul(a, b) is (a)*(b), power(a, 2) is (a).^(2), and sum(a, axis=0) column_sums(a), with the
/// mean alike; axis=1 and axis=-1 go along the rows (NumPy's and PyTorch's axes). Linear but for
/// calls within calls.
[[nodiscard]] std::vector<Token> with_program_calls(std::vector<Token> tokens);

/// max(0; 0,5) of those who write decimal commas, and máx.
[[nodiscard]] std::vector<Token> with_commas_in_maxima(std::vector<Token> tokens);

/// The condition in (z > 0)*d of programs, which is 1 or 0: (1 if z > 0, else 0). Only where it is
/// a factor.
[[nodiscard]] std::vector<Token> with_indicators(std::vector<Token> tokens);

}  // namespace chalkgrad
