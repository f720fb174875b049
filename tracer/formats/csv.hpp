#pragma once

#include <string>

#include "tracer/sheet/sheet.hpp"

/// A sheet as a table for spreadsheets (RFC 4180): a line for each row, with what it is about, its
/// formula, the formula with numbers, and the value.
namespace chalkgrad {

/// section,label,quantity,formula,numbers,value; text in the notation of the language. Ends with a
/// newline. Linear in the length of the sheet.
[[nodiscard]] std::string render_csv(const Sheet& sheet);

}  // namespace chalkgrad
