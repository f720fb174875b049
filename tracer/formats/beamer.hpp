#pragma once

#include <string>

#include "tracer/picture/diagram.hpp"
#include "tracer/sheet/sheet.hpp"

/// A sheet as slides: Beamer with its default theme, the picture on top of every slide and below it
/// the lines, one more with each step.
///
/// A frame holds as many lines as fit below the picture. The picture is written once, in the
/// preamble; what of it is lit up or still hidden follows from the number of the step, which is
/// that of the frame's first line and of the slide in it. Compiles with pdflatex.
namespace chalkgrad {

/// Ends with a newline. Linear in the length of the sheet, plus the layout of the picture.
[[nodiscard]] std::string render_beamer(const Sheet& sheet, const Diagram& diagram);

}  // namespace chalkgrad
