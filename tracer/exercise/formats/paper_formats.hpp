#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tracer/picture/diagram.hpp"
#include "tracer/sheet/sheet.hpp"

/// The formats of papers. A format is a row of this table; whoever offers formats reads the table.
namespace chalkgrad {

struct PaperPages {
  std::string header{}, footer{};  ///< plain text; may be empty
  bool letter = false;             ///< US letter paper instead of A4
  int type_size = 11;              ///< of LaTeX, in points
};

/// A paper as it is to be set: the sheet, and a picture behind its questions.
struct SetPaper {
  Sheet sheet{};
  Diagram picture{};           ///< without nodes: none
  std::string picture_file{};  ///< where it stands as a file of its own, from where the paper does
};

struct PaperFormat {
  std::string_view name;    ///< as in --format
  std::string_view suffix;  ///< of its files: ".md"
  /// One after the other, each on pages of its own.
  std::string (*render)(const std::vector<SetPaper>& papers, const PaperPages& pages);
  bool is_typeset = false;          ///< what `render` gives is still to go through pdflatex
  bool has_picture_beside = false;  ///< its picture is a file of its own
};

/// All of them; the first is the default.
[[nodiscard]] std::span<const PaperFormat> paper_formats();

}  // namespace chalkgrad
