#pragma once

#include "tracer/cli/options.hpp"

/// `chalkgrad picture`: from a file to the drawing of its network.
namespace chalkgrad::cli {

/// Reads, draws and writes; errors, and a warning where it is only an outline, go to standard
/// error. Returns the exit status.
int run(const PictureCommand& options);

}  // namespace chalkgrad::cli
