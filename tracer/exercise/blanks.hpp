#pragma once

#include <string_view>

#include "tracer/sheet/sheet.hpp"

/// Blanks: sections of a solution with what was worked out taken away. What stays are names and
/// formulas; a number stays only where it belongs to a formula.
namespace chalkgrad {

/// Of the section that says what is given.
inline constexpr std::string_view given_heading = "Given";

/// The section with a gap for each number that is worked out, in rows and tables; with `formulas`
/// also for what these come from. Sentences with numbers, and remarks, are left out.
[[nodiscard]] Section with_gaps(Section section, bool formulas);

/// The definitions of the forward pass, without numbers: the network of the problem.
[[nodiscard]] Section definitions_only(const Sheet& sheet);

}  // namespace chalkgrad
