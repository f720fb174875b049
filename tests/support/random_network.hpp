#pragma once

#include <string>

#include "tests/support/random_expression.hpp"

namespace chalkgrad::testing {

/// A problem file: a layered network with two inputs, one to three layers of one to three neurons,
/// random weights and activations, the derivatives of its error and one update.
std::string random_network(Random& random);

}  // namespace chalkgrad::testing
