#pragma once

#include <vector>

#include "tracer/formats/latex_lines.hpp"
#include "tracer/sheet/sheet.hpp"

/// Where a page of LaTeX may end within a group of rows.
///
/// Not within a chain; not between a statement and the first step below it, nor between the last
/// step and the result; not before the last two lines, which would stand alone. A block that is
/// short stays on a page altogether. All this only as long as what must stay together fits on a
/// page: a chain of hundred lines may be parted, but not before its last line.
namespace chalkgrad {

/// For each line whether a page may end behind it; of the last line it is always true. Linear.
[[nodiscard]] std::vector<bool> page_may_end_behind(const Group& group,
                                                    const std::vector<LatexLine>& lines);

}  // namespace chalkgrad
