#pragma once

#include "tracer/check/reading/known_names.hpp"
#include "tracer/check/reading/rows.hpp"

/// Formulas that are said of any index: δ_k = o_k·(1 − o_k)·(t_k − o_k) is said of each k for which
/// the problem has all of these. Of ∂L/∂w_jk = δ_j·x_k it is left open which index comes first.
namespace chalkgrad {

/// The cells of the row, with one for each choice of the indices in place of such a formula.
/// Nothing that has numbers put in, which are those of one choice. Linear, times the choices.
[[nodiscard]] AnswerRow with_each_index(const AnswerRow& row, const KnownNames& known);

}  // namespace chalkgrad
