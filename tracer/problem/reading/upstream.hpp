#pragma once

#include <vector>

#include "tracer/problem/reading/draft.hpp"
#include "tracer/problem/reading/recurrence.hpp"

/// `given dL/dz = [1, 2]`: the derivative that comes from above, where an exercise has a part of a
/// network only.
///
/// It is written out as a constant g_z, and L as g_z·z summed over the elements, of which ∂L/∂z is
/// g_z; so derivation, styles and checker see nothing new. Sheets do not show L, which is of this
/// exercise no quantity (Problem::upstream).
namespace chalkgrad {

/// Replaces the statements by what they stand for; reports one that cannot be read.
void write_out_upstream(std::vector<WrittenLine>& lines, Draft& draft);

}  // namespace chalkgrad
