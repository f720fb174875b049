#pragma once

#include <string>

#include "tracer/sheet/sheet.hpp"

/// A sheet as LaTeX: align* with one & a row, explicit tags, plain references. The mathematics
/// compiles with amsmath in pdflatex and renders in KaTeX's strict mode; everything that came from
/// the user is escaped.
namespace chalkgrad {

struct LatexOptions {
  bool fragment = false;  ///< the mathematics alone, to be pasted into another document
};

/// Ends with a newline. Linear in the length of the sheet.
[[nodiscard]] std::string render_latex(const Sheet& sheet, const LatexOptions& options = {});

}  // namespace chalkgrad
