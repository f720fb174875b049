#pragma once

#include <cstddef>

namespace chalkgrad::cli {

/// How wide text on standard output may be, in columns: what COLUMNS says, or the terminal has; at
/// most 140, because a label far from its line is not found. 0 where nothing says it.
[[nodiscard]] std::size_t width_of_standard_output();

}  // namespace chalkgrad::cli
