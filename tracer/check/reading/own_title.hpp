#pragma once

#include <string>
#include <string_view>

/// The title of the problem where an answer repeats it, as every sheet does: prose, whatever it
/// looks like. "Gradient descent on f = 3 w^2" says nothing that could be right or wrong.
namespace chalkgrad {

/// The text with blanks in place of the first line that is the title, in text, Markdown or LaTeX:
/// what stands elsewhere stays where it was. Linear in the text.
[[nodiscard]] std::string without_title(std::string_view text, std::string_view title);

}  // namespace chalkgrad
