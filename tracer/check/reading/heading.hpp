#pragma once

#include <string>
#include <vector>

#include "tracer/check/reading/known_names.hpp"
#include "tracer/expression/lexer.hpp"

/// What stands before the first relation of a formula, and what the words in it say: "new w5" is
/// w5⁺, "gradient of w5" is ∂E/∂w5, w5 (old) is w5, L(w5) is L, and "error going back to out" may
/// be something else than out.
///
/// It rewrites tokens and no more; which of them an expression can be read from is the business of
/// reader.hpp.
namespace chalkgrad {

struct Heading {
  std::vector<Token> tokens{};
  /// The words that make it uncertain whether the name itself is meant; usually empty.
  std::string qualifier{};
};

/// Linear in the tokens.
[[nodiscard]] Heading read_heading(std::vector<Token> tokens, const KnownNames& known);

}  // namespace chalkgrad
