#pragma once

#include "tracer/check/reading/traced_text.hpp"

/// What is particular to R: c(1, 2), W %*% x, t(W), and how vectors and matrices are printed.
namespace chalkgrad {

/// A line of code in the notation of the rest: c(1, 2) is [1, 2], %*% a product, t(W) Wᵀ.
[[nodiscard]] TracedText r_code(const TracedText& line);

/// Whether the line is one that R answers: "[1] 0.5", "     [,1] [,2]", "[2,]  0.1  0.2".
[[nodiscard]] bool is_printed_by_r(std::string_view line);

/// What the lines say, each printed so: 0.5, [0.5 0.3], [[0.1 0.2], [0.3 0.4]].
[[nodiscard]] TracedText value_printed_by_r(const std::vector<TracedText>& lines);

}  // namespace chalkgrad
