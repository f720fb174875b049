#pragma once

#include <optional>
#include <string_view>

/// What the signs of a keyboard and of Unicode are to a reader of mathematics: a table, nothing
/// else. The commands of LaTeX have one of their own, commands.hpp.
namespace chalkgrad {

/// A sign at the beginning of a text, and what it means in tokens.
struct WrittenSign {
  std::string_view written, meant;
};

/// × is *, ← is :=; what ends a formula, as → does, is notation::cell.
[[nodiscard]] std::optional<WrittenSign> leading_sign(std::string_view text);

/// A small digit or letter above the line: ² is 2.
[[nodiscard]] std::optional<WrittenSign> leading_raised_sign(std::string_view text);

/// A small digit or letter below the line: ₕ is h.
[[nodiscard]] std::optional<WrittenSign> leading_lowered_sign(std::string_view text);

struct VulgarFraction {
  std::string_view written, above, below;
};

/// ½ is 1 above 2.
[[nodiscard]] std::optional<VulgarFraction> leading_fraction(std::string_view text);

}  // namespace chalkgrad
