#pragma once

#include "tracer/cli/options.hpp"

/// `chalkgrad picture`: from a file to a sheet. What the parts of that are is elsewhere; here they
/// are put together.
namespace chalkgrad::cli {

/// Reads, pictures and writes; errors and failed expectations go to standard error. Returns the
/// exit status.
int run(const PictureCommand& options);

}  // namespace chalkgrad::cli
