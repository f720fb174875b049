#pragma once

#include "tracer/check/reading/rows.hpp"

/// Several names before one relation: "H1, H2 = f(z1), f(z2)", and "we have x1, x2 = 0.6, 0.1".
namespace chalkgrad {

/// A cell for each name and its value, if there are as many of both. Linear in the tokens, times
/// the lists of a row.
void divide_several_names(AnswerRow& row);

}  // namespace chalkgrad
