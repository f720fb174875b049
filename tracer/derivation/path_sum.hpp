#pragma once

#include <string>
#include <vector>

#include "tracer/derivation/quantities.hpp"

/// The paths from x to y, for derivatives as sums over all of them (Bauer's formula).
namespace chalkgrad {

/// How many there are, in decimal digits: there may be more than any integer type holds. Linear in
/// the quantities between, times the digits.
[[nodiscard]] std::string count_paths(const Quantities& quantities, QuantityIndex y,
                                      QuantityIndex x);

/// The paths, each from x to y, those through earlier users of x first; none if y does not depend
/// on x, and the path (x) if y is x. Time and memory proportional to their lengths together: count
/// first.
[[nodiscard]] std::vector<std::vector<QuantityIndex>> all_paths(const Quantities& quantities,
                                                                QuantityIndex y, QuantityIndex x);

}  // namespace chalkgrad
