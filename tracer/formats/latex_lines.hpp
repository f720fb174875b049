#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tracer/sheet/sheet.hpp"

/// The rows of a sheet as lines of LaTeX mathematics, broken where they are too wide: what an
/// article, slides and Markdown have in common. Which environment they stand in is for each of
/// these formats to say.
namespace chalkgrad {

/// A line in two parts that meet at the alignment.
struct LatexLine {
  std::string left{}, right{};
  bool aligned = true;              ///< false for a bare symbol, which has no right part
  std::string remark{};             ///< LaTeX text; may be empty
  std::string label{};              ///< "B2", on the first line of a row
  std::string_view space_before{};  ///< an optional argument of the \\ before this line
  std::size_t row = 0, side = 0;    ///< where in the group it begins
};

/// In digits of the type size.
struct LatexWidths {
  double line = 81;
  double label = 7;   ///< what of the line a label takes
  double indent = 0;  ///< by which rows stand further to the right for each level of their depth
};

/// Linear in the length of the group.
[[nodiscard]] std::vector<LatexLine> latex_lines(const Group& group, const LatexWidths& widths);

/// left = side = … in one piece.
[[nodiscard]] std::string latex_row(const Row& row);

/// Words with mathematics among them, as LaTeX text.
[[nodiscard]] std::string latex_words(const Remark& remark);

/// Brackets that grow must open and close in one line; where a break parts them, they get a size of
/// their own instead.
[[nodiscard]] std::string with_brackets_closed(std::string line);

}  // namespace chalkgrad
