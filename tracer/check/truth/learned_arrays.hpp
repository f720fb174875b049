#pragma once

#include <vector>

#include "tracer/check/reading/known_arrays.hpp"
#include "tracer/check/truth/learned_names.hpp"

/// What the writer's own names for arrays are: h = (−0.1489, −0.4621, 0.2449) is a1 if that is the
/// only array with these numbers; s = W2·h + c then is z2, and c what makes it so.
///
/// A name that the problem has for an element, z1 of z = [z1, z2], may be the name of an array for
/// the writer, if its value says so.
namespace chalkgrad {

/// From an answer that was read with its names open and its arrays whole. A few passes over it;
/// what is compared with each array is bounded.
/// Families that the answer says are numbers, b = 0.15, are the writer's own.
[[nodiscard]] LearnedNames learn_array_names(Scope& scope, const Answer& answer,
                                             const KnownArrays& arrays, std::string_view text);

}  // namespace chalkgrad
