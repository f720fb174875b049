#pragma once

#include "tracer/check/report/report.hpp"

/// Levels of help for those who check their own work.
namespace chalkgrad {

/// Leaves of each mistake only where it is (1), also what kind of slip (2), also the right formula,
/// in names (3); no number that the answer does not have. Formats read the report as ever.
void keep_to_hints(FileReport& report, int level);

}  // namespace chalkgrad
