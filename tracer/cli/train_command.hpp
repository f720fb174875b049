#pragma once

#include "tracer/cli/options.hpp"

/// `chalkgrad train`: the steps of gradient descent as a table.
namespace chalkgrad::cli {

/// Reads, trains and writes; a progress bar and errors go to standard error. A run that diverges is
/// written up to the step before, and its status is `unusable`. Returns the exit status.
int run(const TrainOptions& options);

}  // namespace chalkgrad::cli
