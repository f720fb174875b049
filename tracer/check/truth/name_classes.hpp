#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tracer/check/truth/known_by_numbers.hpp"
#include "tracer/problem/problem.hpp"

/// What the letters and indices of a name say of it: w and θ are weights, δ and Err derivatives, h1
/// and h2 of one kind.
namespace chalkgrad {

/// Whether such a name is a quantity, a derivative of the output, or either.
[[nodiscard]] KnownByNumbers::Kind kind_of_name(std::string_view name);

/// Whether people call a given quantity of that role so; what has no usual letter may be anything.
[[nodiscard]] bool letter_fits(std::string_view name, const Item& item);

/// h_12 is h_ and 12; the index is empty where there is none.
[[nodiscard]] std::pair<std::string, std::string> indexed(const std::string& name);

/// The name with # in place of its index, for each place where it stands: out_h1 is out_h#.
[[nodiscard]] std::vector<std::string> templates_of(const std::string& quantity,
                                                    const std::string& index);

}  // namespace chalkgrad
