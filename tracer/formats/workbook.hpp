#pragma once

#include <string>
#include <vector>

#include "tracer/problem/solution.hpp"
#include "tracer/sheet/sheet.hpp"

/// A solution as a spreadsheet with live formulas: whoever changes a given number sees forward
/// pass, derivatives and the step of the update follow.
///
/// It is data: what stands in which row, not how a file of cells is written, which is the business
/// of the command line (tracer/cli/xlsx_file.hpp). Each row but the headings is a quantity, a
/// derivative or what an update makes of a parameter, with the number it has; each formula is the
/// definition, the step of the derivation or the step of the update itself, over the cells of what
/// it uses. Invariant: a formula uses the value column of rows of the same workbook.
/// Arrays stand by their elements, and of a training the first step.
namespace chalkgrad {

struct Workbook {
  struct Row {
    enum class Kind { heading, given, computed };
    Kind kind = Kind::heading;
    std::string name{};           ///< of a heading its text
    std::string written{};        ///< the definition as mathematics
    std::string formula{};        ///< without the equals sign; empty: the number alone
    double value = 0;             ///< always finite
    std::string number_format{};  ///< as spreadsheets know them: 0.0000; empty: the general one
    std::string remark{};
    bool is_result = false;  ///< what the file asks for
  };

  std::string title{};
  std::vector<Row> rows{};

  /// Where in the file rows.front() stands, counted from 1, and in which column the values.
  static constexpr std::size_t first_row = 4;
  static constexpr char value_column = 'C';
};

/// Of the options it follows those of digits. Linear in the length of the derivation. Throws
/// UsageError where something has no number, and SheetTooLong where a formula or all of it is
/// longer than spreadsheets can be.
[[nodiscard]] Workbook make_workbook(const Solution& solution, const SheetOptions& options = {});

}  // namespace chalkgrad
