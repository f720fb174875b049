#pragma once

#include <functional>
#include "tracer/problem/reading/statements.hpp"

/// require |net_h1| <= 2, distinct(w1..w4): what the random numbers of a file must fulfil.
///
/// A requirement is looked at when the problem is read; where it does not hold, all random numbers
/// are drawn again, on from where the generator stands, so that a seed gives one exercise on every
/// platform.
namespace chalkgrad {

void read_requirement(Statement& statement);

/// Adds the sides of requirements to the definitions of the file, so that derivatives in them are
/// found; and takes them back as formulas.
void lend_sides(Draft& draft);
void take_sides_back(Draft& draft);

/// The first requirement of the problem that does not hold; its number of them if all do. `replace`
/// may give given quantities other values. Throws ProblemError where a definition has no value.
[[nodiscard]] std::size_t first_that_fails(
    const Problem& problem,
    const std::function<std::optional<double>(const std::string& name)>& replace = {});

}  // namespace chalkgrad
