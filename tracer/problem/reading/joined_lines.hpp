#pragma once

#include <vector>

#include "tracer/problem/reading/recurrence.hpp"

/// An array written over several lines is one statement:
///
///     weight W = [[0.15, 0.20],
///                 [0.25, 0.30]]
namespace chalkgrad {

/// Takes the lines up to the one that closes a square bracket to the line that opens it. Their
/// tokens have the place of that bracket, since a message shows one line. A bracket that is never
/// closed joins nothing. Linear.
void join_arrays(std::vector<WrittenLine>& lines);

}  // namespace chalkgrad
