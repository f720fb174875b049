#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tracer/expression/printer.hpp"

/// Where a long expression may be broken, for every format that has lines: what is wide is for the
/// format to say.
namespace chalkgrad {

/// Breaks an expression that is too wide for its line: between terms where that is enough, between
/// the factors of a term that is itself too wide, and then inside brackets. `first` is the width of
/// the first line, `others` that of the lines after it, in the unit of `width`. A single piece that
/// is too wide stays whole.
[[nodiscard]] std::vector<std::string> break_lines(
    const std::vector<Piece>& pieces, double first, double others,
    const std::function<double(const std::string&)>& width);

}  // namespace chalkgrad
