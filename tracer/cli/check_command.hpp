#pragma once

#include "tracer/cli/options.hpp"

/// `chalkgrad check`: hand derivations, judged against a problem.
namespace chalkgrad::cli {

/// Reads the problem, checks every file of answers, and prints the report to standard output. A
/// file that cannot be read is reported and does not stop the others. Returns the worst of their
/// exit statuses.
[[nodiscard]] int run(const CheckCommand& command);

}  // namespace chalkgrad::cli
