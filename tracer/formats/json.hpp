#pragma once

#include <string>

#include "tracer/problem/solution.hpp"
#include "tracer/sheet/sheet.hpp"

/// A solution as JSON, with numbers at full precision. A stable contract (docs/json.md): keys are
/// added, never renamed or removed, while `version` is 1.
namespace chalkgrad {

/// Ends with a newline. A value that is not known is null. In another style than the textbook's the
/// rows of its sheet are added, as text. Throws SheetTooLong.
[[nodiscard]] std::string render_json(const Solution& solution, const SheetOptions& options = {});

}  // namespace chalkgrad
