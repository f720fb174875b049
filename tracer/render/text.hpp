#pragma once

#include <string>

#include "tracer/render/sheet.hpp"

/// A sheet as plain text: relations aligned, remarks in a column, labels at the right edge, long
/// lines broken between terms. Every row can be read back by the expression parser.
namespace chalkgrad {

struct TextOptions {
  bool ascii = false;       ///< nothing beyond ASCII: dE/dw5, *, sigmoid
  std::size_t width = 108;  ///< in columns; at least 40
};

/// Ends with a newline. Linear in the length of the sheet.
[[nodiscard]] std::string render_text(const Sheet& sheet, const TextOptions& options = {});

}  // namespace chalkgrad
