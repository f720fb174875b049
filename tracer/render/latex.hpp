#pragma once

#include <string>

#include "tracer/render/sheet.hpp"

/// A sheet as LaTeX: align* with one & a row, explicit tags, plain references. The mathematics
/// compiles with amsmath in pdflatex and renders in KaTeX's strict mode; everything that came from
/// the user is escaped.
namespace chalkgrad {

struct LatexOptions {
  bool fragment = false;  ///< the mathematics alone, to be pasted into another document
};

/// Ends with a newline. Linear in the length of the sheet.
[[nodiscard]] std::string render_latex(const Sheet& sheet, const LatexOptions& options = {});

/// Words as LaTeX text: specials escaped, Greek letters as mathematics, characters that pdflatex
/// does not know by their code point.
[[nodiscard]] std::string latex_text(const std::string& words);

/// How wide this mathematics will be on the page, roughly, in widths of a digit.
[[nodiscard]] double latex_width(const std::string& mathematics);
/// The same for words.
[[nodiscard]] double latex_text_width(const std::string& words);

/// How high it will be, roughly, in lines of plain text.
[[nodiscard]] double latex_height(const std::string& mathematics);

}  // namespace chalkgrad
