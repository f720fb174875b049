#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "tracer/check/reading/known_names.hpp"
#include "tracer/expression/lexer.hpp"

/// Derivatives as people write them: ∂E/∂w5, dE/dw5, d(E)/d(w5), δE/δw5, grad(w5), w5.grad, and
/// ∂O1/∂net where O1 has one net input.
///
/// It recognises them among tokens and says which quantities are meant. How a derivative is then
/// written, and what stands around it, is the business of assembly.hpp.
namespace chalkgrad {

struct WrittenDerivative {
  std::string of, wrt;     ///< quantities of the problem
  std::size_t tokens = 0;  ///< how many it takes
};

/// The derivative that the tokens begin with. Throws SyntaxError if they begin with ∂ and no
/// derivative, or with a derivative by something unknown.
[[nodiscard]] std::optional<WrittenDerivative> leading_derivative(std::span<const Token> tokens,
                                                                  const KnownNames& known);

struct WrittenOperator {
  std::string wrt{};
  std::size_t begin = 0, end = 0;  ///< the tokens of what is differentiated
  std::size_t tokens = 0;          ///< how many it takes in all
};

/// ∂(a − b)/∂w, d/dw (a − b), ∂/∂w f(a): the derivative of a formula that the tokens begin with.
[[nodiscard]] std::optional<WrittenOperator> leading_differential_operator(
    std::span<const Token> tokens, const KnownNames& known);

/// Whether the tokens begin with one half of a derivative: ∂E, d E, dE.
[[nodiscard]] bool begins_with_differential(std::span<const Token> tokens, const KnownNames& known);

}  // namespace chalkgrad
