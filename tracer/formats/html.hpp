#pragma once

#include <string>

#include "tracer/picture/diagram.hpp"
#include "tracer/sheet/sheet.hpp"

/// A sheet as one self-contained page: MathML, the picture of the network, and stepping through
/// both line by line. The page loads nothing and forbids it, carries its font (docs in html/), and
/// everything that came from the user is text. What the page does is in html/*.js, what it looks
/// like in html/page.css.
namespace chalkgrad {

/// `diagram` should have its values and gradients: the page reveals them. Ends with a newline.
/// Linear in the length of the sheet, times the size of the picture.
[[nodiscard]] std::string render_html(const Sheet& sheet, const Diagram& diagram);

}  // namespace chalkgrad
