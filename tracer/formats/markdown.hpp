#pragma once

#include <string>
#include <string_view>

#include "tracer/sheet/sheet.hpp"

/// A sheet as Markdown with mathematics: for GitHub, notebooks and Pandoc.
///
/// All three know $…$ and $$ … $$, but none the whole of LaTeX, and GitHub reads Markdown before
/// mathematics. So a group is one `aligned` between $$, without tags and without blank lines; its
/// lines are broken where a line of the file ends, which GitHub leaves alone; no dollar stands
/// within words, and no bar within a table.
namespace chalkgrad {

/// Ends with a newline. Linear in the length of the sheet.
[[nodiscard]] std::string render_markdown(const Sheet& sheet);

/// Words that Markdown leaves as they are: specials escaped, control characters as blanks.
[[nodiscard]] std::string markdown_text(std::string_view words);

}  // namespace chalkgrad
