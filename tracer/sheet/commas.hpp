#pragma once

#include "tracer/sheet/sheet.hpp"

namespace chalkgrad {

/// The sheet with decimal commas, in mathematics and in words; the title is the user's. Linear.
[[nodiscard]] Sheet with_decimal_commas(Sheet sheet);

}  // namespace chalkgrad
