#pragma once

#include "tracer/problem/problem.hpp"

/// The order in which the definitions of a file can be computed.
namespace chalkgrad {

/// Fills Problem::order, so that every definition comes after those it needs; definitions may stand
/// in the file in any order that has no circle. A circle is reported once, where its first
/// definition stands; unknown names are passed over. Linear, no recursion.
void order_items(Problem& problem, std::vector<Diagnostic>& errors);

}  // namespace chalkgrad
