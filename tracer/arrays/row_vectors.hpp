#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tracer/arrays/array_derivation.hpp"

namespace chalkgrad {

/// The symbols of vectors that go with each row of a matrix somewhere, as b of Z = X·W + b does:
/// those are typeset as rows. None that is also multiplied by a matrix from the left, which is a
/// column. Throws SyntaxError where shapes do not fit. Linear.
[[nodiscard]] std::set<std::string> row_vectors(const std::vector<Expr>& definitions,
                                                const std::map<std::string, Shape>& shapes);

}  // namespace chalkgrad
