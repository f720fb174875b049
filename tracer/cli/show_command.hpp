#pragma once

#include "tracer/cli/options.hpp"

/// `chalkgrad show`: the steps of a sheet in a terminal. Which line a step reveals is the lesson's
/// and the walkthrough's business; here keys become commands.
namespace chalkgrad::cli {

/// Reads, solves and shows; where there is no terminal, prints the sheet. Errors and failed
/// expectations go to standard error. Returns the exit status; after an interrupt the program ends
/// by that signal.
int run(const ShowCommand& options);

}  // namespace chalkgrad::cli
