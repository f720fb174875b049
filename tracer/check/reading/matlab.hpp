#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "tracer/check/reading/traced_text.hpp"

/// What is particular to MATLAB and Octave: [1 2; 3 4], A', and how arrays are printed.
namespace chalkgrad {

/// A line of code in the notation of the rest: A' is Aᵀ, [1; 2] is [1, 2], and % before a value,
/// as programs say in a comment what comes out, is =.
[[nodiscard]] TracedText matlab_code(const TracedText& line);

/// The statements of a line, each so.
[[nodiscard]] std::vector<TracedText> matlab_statements(const TracedText& line);

struct PrintedArray {
  TracedText value{};   ///< [[0.1 0.2], [0.3 0.4]], or a number
  std::size_t end = 0;  ///< the line behind it
};

/// "z =", an empty line or none, and rows of numbers, from that line on. Nothing if it is something
/// else.
[[nodiscard]] std::optional<PrintedArray> printed_by_matlab(
    std::size_t at, std::size_t count, const std::function<TracedText(std::size_t)>& line);

}  // namespace chalkgrad
