#pragma once

#include <string>
#include <vector>

#include "tracer/arrays/array.hpp"
#include "tracer/problem/problem.hpp"

/// What an answer may write in vectors and matrices though the problem has single quantities: h of
/// h1, h2; W of w11, …, w22; z of the net inputs of all samples, and X of their inputs.
namespace chalkgrad {

struct Family {
  std::string name{};
  Shape shape{};
  std::vector<std::string> elements{};  ///< row by row
  bool given = false;                   ///< its elements have no definition
};

/// None with the name of a quantity, but for those over samples. At most one of each name; linear
/// in the quantities but for the search by name.
[[nodiscard]] std::vector<Family> families_of(const Problem& problem);

}  // namespace chalkgrad
