#pragma once

#include <optional>

#include "tracer/check/reading/answer.hpp"

namespace chalkgrad {

/// The statement with each quotient of two whole numbers, 7/12, as one number of twelve digits;
/// nothing if it has none. Linear.
[[nodiscard]] std::optional<Chain> with_fractions_as_numbers(const Chain& statement);

}  // namespace chalkgrad
