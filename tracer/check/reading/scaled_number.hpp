#pragma once

#include <cstddef>
#include <span>

#include "tracer/expression/lexer.hpp"

/// Numbers with powers of ten, as people write them: 2.4·10^{−3} and 10^−3 are one number each.
///
/// It looks at tokens and puts them together; what a number stands beside, and whether that is a
/// product, is the business of assembly.hpp.
namespace chalkgrad {

struct ScaledNumber {
  Token token{};
  std::size_t tokens = 0;  ///< how many it was written with
};

/// The number that the tokens begin with; they must begin with one. A power of ten is part of it
/// if `may_scale`: behind a division, as in 1/2·10³, it is a factor of its own. Throws SyntaxError
/// for a number that nobody would write.
[[nodiscard]] ScaledNumber leading_number(std::span<const Token> tokens, bool may_scale);

/// Throws SyntaxError for a number that is too large or too small for a double.
void refuse_unusable(const Token& number);

}  // namespace chalkgrad
