#pragma once

#include <string_view>
#include <vector>

#include "tracer/check/reading/known_names.hpp"
#include "tracer/expression/lexer.hpp"

/// From tokens as people write them to tokens that the expression parser reads: names become those
/// of the problem, dE/dw5 in any notation becomes ∂E/∂w5, e^{−x} is exp(−x), 2.4·10^{−3} is one
/// number, and a product without a sign, (2)(1), gets one.
namespace chalkgrad {

/// The symbol that NaN and infinity are read as; it has no value.
inline constexpr std::string_view no_number = "∞";

/// How a message begins that a product without a sign can be read in two ways.
inline constexpr std::string_view two_readings_said = "this can be read in two ways";

/// A function of this name and a quantity's is the derivative of its argument by that quantity.
inline constexpr std::string_view differential_operator_mark = "∂/∂";

/// The tokens of one side of a relation, without the final `end`. Throws SyntaxError where a
/// product without a sign can be read in two ways: 1/2x.
[[nodiscard]] std::vector<Token> assemble(std::vector<Token> tokens, const KnownNames& known);

}  // namespace chalkgrad
