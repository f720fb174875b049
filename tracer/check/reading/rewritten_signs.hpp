#pragma once

#include <string>
#include <string_view>

namespace chalkgrad {

/// The text with signs that mean something else where they stand: cells of a Markdown table as
/// those of LaTeX, and = for # before a number that a program's comment has as the result. Each
/// stands in the place of one other, so that places stay what they are. Linear.
[[nodiscard]] std::string with_rewritten_signs(std::string_view text, bool latex);

}  // namespace chalkgrad
