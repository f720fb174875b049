#pragma once

#include <string>
#include <vector>

#include "tracer/sheet/sheet.hpp"

/// A sheet as LaTeX: align* with one & a row, explicit tags, plain references. The mathematics
/// compiles with amsmath in pdflatex and renders in KaTeX's strict mode; everything that came from
/// the user is escaped.
namespace chalkgrad {

/// How the pages of a document are set up.
struct LatexPages {
  bool letter = false;   ///< of US letter paper instead of A4
  std::string header{};  ///< plain text; may be empty
  std::string footer{};
  int type_size = 11;  ///< in points: 10, 11 or 12; the larger, the fewer signs in a line
};

struct LatexOptions {
  bool fragment = false;  ///< the mathematics alone, to be pasted into another document
  LatexPages pages{};     ///< of a document
};

/// Ends with a newline. Linear in the length of the sheet.
[[nodiscard]] std::string render_latex(const Sheet& sheet, const LatexOptions& options = {});

/// Title and sections of a sheet, as the body of a document; `picture`, which may be empty, stands
/// before the section of that number.
struct LatexPicture {
  std::string tikz{};
  std::size_t before = 0;
};
[[nodiscard]] std::string latex_body(const Sheet& sheet, const LatexPicture& picture = {},
                                     const LatexPages& pages = {});

/// A document of these bodies; each begins a page, and counts its pages from 1.
[[nodiscard]] std::string latex_document(const std::vector<std::string>& bodies,
                                         const LatexPages& pages = {});

}  // namespace chalkgrad
