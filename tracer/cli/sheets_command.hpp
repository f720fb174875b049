#pragma once

#include "tracer/cli/options.hpp"

/// `chalkgrad sheets`: from an exercise to the papers of a class, in a directory of their own.
namespace chalkgrad::cli {

/// Makes every variant, sets its papers and writes all of it or nothing. Returns the exit status.
int run(const SheetsCommand& options);

}  // namespace chalkgrad::cli
