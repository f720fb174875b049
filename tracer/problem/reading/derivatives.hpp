#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tracer/problem/reading/draft.hpp"

/// Derivatives in definitions: g = dE/dw.
///
/// dE/dw is a derivative if E and w are names of the file and dE and dw are not. While the file is
/// read it is a symbol of its own; when everything is read, it is the formula that the derivation
/// finds, over quantities, and what is defined by it is a quantity like any other.
namespace chalkgrad {

/// The tokens of a definition with dE/dw, ∂E/∂w and dE/dW[1,2] as one name each; the same tokens if
/// there is none. The names become known to the draft.
[[nodiscard]] std::vector<Token> with_derivatives(std::vector<Token> tokens, Draft& draft);

/// The name of ∂y/∂x while the file is read; y may be such a name itself. It becomes known to the
/// draft.
std::string name_of_derivative(Draft& draft, const std::string& y, const std::string& x);

/// grad(E; w1, w2), jacobian(y1, y2; x1, x2), hessian(E; w1, w2), of arrays their elements; nothing
/// for other functions. Throws SyntaxError where the arguments do not fit.
[[nodiscard]] std::optional<Expr> derivatives_called(Draft& draft, const Token& name,
                                                     const ArgumentLists& lists);

/// Whether a function of that name gives derivatives.
[[nodiscard]] bool gives_derivatives(std::string_view name);

/// Puts formulas in place of derivatives. After everything else is read.
void put_in_derivatives(Draft& draft);

}  // namespace chalkgrad
