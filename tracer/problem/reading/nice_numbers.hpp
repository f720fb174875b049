#pragma once

#include "tracer/problem/reading/draft.hpp"

/// nice: what teachers want of random numbers, in one word. It stands for requirements
/// (requirements.hpp), and is drawn for as these are:
///
/// - no random number is 0 or ±1, but for targets, and no two random weights are equal;
/// - the argument of every activation is within ±2 and not 0;
/// - each target is at least 0.1 away from the output that it is compared with;
/// - each derivative that is asked for is at least 0.005 in size.
namespace chalkgrad {

/// Adds these requirements if the file says nice. After all lines are read.
void require_nice_numbers(Draft& draft);

}  // namespace chalkgrad
