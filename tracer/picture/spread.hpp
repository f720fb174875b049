#pragma once

#include <vector>

/// Positions along a line that keep their order and their distances.
namespace chalkgrad {

/// The values nearest to `wanted` (least squares) that keep the order with at least `apart[i]`
/// between i and i + 1: isotonic regression by pooling adjacent violators (Barlow and others:
/// Statistical Inference under Order Restrictions, 1972). Linear.
[[nodiscard]] std::vector<double> spread(const std::vector<double>& wanted,
                                         const std::vector<double>& apart);

}  // namespace chalkgrad
