#pragma once

#include <string>

#include "tracer/problem/solution.hpp"

/// A solution as JSON, with numbers at full precision. A stable contract (docs/json.md): keys are
/// added, never renamed or removed, while `version` is 1.
namespace chalkgrad {

/// Ends with a newline. A value that is not known is null.
[[nodiscard]] std::string render_json(const Solution& solution);

}  // namespace chalkgrad
