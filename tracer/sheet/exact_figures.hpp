#pragma once

#include "tracer/sheet/sheet.hpp"

namespace chalkgrad {

/// The sheet with 7/12 for 0.5833, √2/2 for 0.7071, wherever a rounded figure is that of a
/// quantity, a derivative or a step which is exactly such a number because all that it is made of
/// is; a result has the decimal in brackets beside it. Other figures stay decimals. The literals of
/// the sheet must have kept their values (Numerals::keeps_values). Linear in the sheet and the
/// derivation.
[[nodiscard]] Sheet with_exact_figures(Sheet sheet, const Solution& solution,
                                       const Derivation& derivation);

}  // namespace chalkgrad
