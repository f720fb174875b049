#pragma once

#include <vector>

#include "tracer/check/reading/answer.hpp"
#include "tracer/check/reading/known_names.hpp"

/// One side of a relation: the expression that tokens begin with, and its numbers as they were
/// written.
///
/// What stands behind the expression is handed back, and names that are not known are left in it:
/// what either means for a statement is the business of reader.hpp.
namespace chalkgrad {

struct SideReading {
  WrittenSide side{};
  std::vector<Token> rest{};  ///< what the expression did not take
};

/// Throws SyntaxError where the tokens begin with no expression.
[[nodiscard]] SideReading read_side(const std::vector<Token>& written, const KnownNames& known);

}  // namespace chalkgrad
