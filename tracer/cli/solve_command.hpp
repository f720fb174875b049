#pragma once

#include "tracer/cli/options.hpp"

namespace chalkgrad::cli {

/// Reads, solves and writes; errors and failed expectations go to standard error. Returns the exit
/// status.
int run_solve(const SolveOptions& options);

}  // namespace chalkgrad::cli
