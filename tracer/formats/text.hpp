#pragma once

#include <string>
#include <vector>

#include "tracer/sheet/sheet.hpp"

/// A sheet as plain text: relations aligned, remarks in a column, labels at the right edge, long
/// lines broken between terms. Every row can be read back by the expression parser.
namespace chalkgrad {

struct TextOptions {
  bool ascii = false;       ///< nothing beyond ASCII: dE/dw5, *, sigmoid
  std::size_t width = 108;  ///< in columns; at least 40
};

struct TextLine {
  std::string text{};
  /// What the line shows; of a heading or a blank line, what comes below it.
  SheetPlace place{};
};

/// The lines of the text, without newlines. Linear in the length of the sheet.
[[nodiscard]] std::vector<TextLine> text_lines(const Sheet& sheet, const TextOptions& options = {});

/// Ends with a newline. Linear in the length of the sheet.
[[nodiscard]] std::string render_text(const Sheet& sheet, const TextOptions& options = {});

}  // namespace chalkgrad
