#pragma once

#include <string>

/// Words for LaTeX, and how much room words and mathematics will take on the page. This knows
/// characters and commands, no sheet and no document.
namespace chalkgrad {

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
