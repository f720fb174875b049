#pragma once

#include <vector>

#include "tracer/problem/reading/draft.hpp"
#include "tracer/problem/reading/recurrence.hpp"

/// What is known of arrays before the lines are read: whether there are any, which names are
/// families, and in which order lines must be read so that each knows the shapes it needs.
namespace chalkgrad {

/// Whether a line has an array in it, or a member of a family.
[[nodiscard]] bool has_arrays(const std::vector<WrittenLine>& lines);

/// h of h[1] = … and input h[0] = ….
void find_families(const std::vector<WrittenLine>& lines, Arrays& arrays);

/// Positions of the first `count` lines: what is given, then definitions, each after those that
/// define what it uses, then what is asked for. Reports definitions of arrays that need themselves.
[[nodiscard]] std::vector<std::size_t> order_of_reading(const std::vector<WrittenLine>& lines,
                                                        std::size_t count, Draft& draft);

/// W[1,2] = 0.3 with the name and its brackets in one token.
[[nodiscard]] std::vector<Token> with_element_name(const std::vector<Token>& line);

}  // namespace chalkgrad
