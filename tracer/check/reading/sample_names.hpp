#pragma once

#include <vector>

#include "tracer/check/reading/known_names.hpp"
#include "tracer/check/reading/rows.hpp"

/// Names without the number of their sample: whoever works out one sample after the other writes
/// h = …, and below h = … again, which is that of the next.
namespace chalkgrad {

/// Gives names that the problem has only with a sample the number of the one at hand: the first,
/// until something is worked out again, or a heading says "sample 2".
void number_samples(std::vector<AnswerRow>& rows, const KnownNames& known);

}  // namespace chalkgrad
