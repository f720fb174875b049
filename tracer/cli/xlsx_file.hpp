#pragma once

#include <string>

#include "tracer/formats/workbook.hpp"

/// A workbook as the bytes of a file that spreadsheet programs open (Office Open XML), written by
/// libxlsxwriter; this is the only place that knows it. What stands in the cells is decided before.
namespace chalkgrad::cli {

/// The same bytes for the same workbook. Throws FileError if there is no room for temporary files.
[[nodiscard]] std::string xlsx_of(const Workbook& workbook);

}  // namespace chalkgrad::cli
