#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tracer/expression/dialect.hpp"
#include "tracer/sheet/sheet.hpp"

/// Tables in lines that fit a page, for every format that has lines: cells of mathematics that are
/// too wide are broken as long rows are, and numbers that do not fit go on below with the first
/// column repeated.
namespace chalkgrad {

/// What a format knows about its cells.
struct CellFormat {
  const Dialect& dialect;
  std::function<double(const std::string&)> width;
  std::function<std::string(const std::string&)> words;
  double room = 0;  ///< for a whole line
  double gap = 0;   ///< between columns
};

/// A part of a table whose lines fit.
struct TableBlock {
  struct Line {
    std::vector<std::string> cells{};
    bool begins_row = true;  ///< otherwise it goes on with the row above
  };
  std::vector<bool> numbers{};  ///< for each column, as Table::Column
  std::vector<double> widths{};
  bool has_head = false;  ///< the first line is the head
  std::vector<Line> lines{};
};

[[nodiscard]] std::vector<TableBlock> lay_out(const Table& table, const CellFormat& format);

}  // namespace chalkgrad
