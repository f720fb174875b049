#pragma once

#include "tracer/problem/reading/draft.hpp"

namespace chalkgrad {

/// What an update by the rule of a perceptron or by the delta rule needs: which output goes with
/// which target, the formulas of the corrections, Δw = η·(t − y)·∂net/∂w (Rosenblatt, The
/// perceptron, Psychological Review 65, 1958; Widrow and Hoff, Adaptive switching circuits, 1960),
/// and for each sample a hidden quantity with that slope: stop(y − t)·net.
void add_corrections(Draft& draft);

}  // namespace chalkgrad
