#pragma once

#include "tracer/problem/reading/draft.hpp"

namespace chalkgrad {

/// What an update by Newton's method needs: the gradient g, the second derivatives H and the
/// solution s of H·s = g, as quantities of the problem like those of a file that writes them out.
void add_newton_steps(Draft& draft);

}  // namespace chalkgrad
