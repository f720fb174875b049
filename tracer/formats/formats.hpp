#pragma once

#include <span>
#include <string>
#include <string_view>

#include "tracer/formats/workbook.hpp"
#include "tracer/problem/solution.hpp"
#include "tracer/sheet/sheet.hpp"

/// The formats of a sheet. A format is a file in this folder and a row of this table; whoever
/// offers formats reads the table.
namespace chalkgrad {

struct FormatOptions {
  SheetOptions sheet{};
  bool ascii = false;     ///< of a format that can be plain
  std::size_t width = 0;  ///< of a format that can be plain, in columns; 0: that of TextOptions
  bool fragment = false;  ///< of a format that can be a part of a document
  bool letter = false;    ///< of pages: US letter paper instead of A4
  int type_size = 11;     ///< of pages, in points
};

struct SheetFormat {
  std::string_view name;    ///< as in --format
  std::string_view suffix;  ///< of its files: ".tex"
  /// Throws SheetTooLong. Null where `workbook` stands in its place.
  std::string (*render)(const Solution& solution, const FormatOptions& options) = nullptr;
  bool can_be_plain = false;
  bool can_be_fragment = false;
  bool has_pages = false;   ///< whose paper and type can be chosen
  bool is_typeset = false;  ///< what `render` gives is still to go through pdflatex
  /// Of a format of cells, which is written by whoever knows files of them.
  Workbook (*workbook)(const Solution& solution, const SheetOptions& options) = nullptr;
};

/// All of them; the first is the default.
[[nodiscard]] std::span<const SheetFormat> sheet_formats();

}  // namespace chalkgrad
