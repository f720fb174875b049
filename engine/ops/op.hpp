#pragma once

#include <cstdint>

#include "engine/ops/list.hpp"

/// The codes of the operations: all that a node of the graph remembers of where it came from. What
/// an operation computes is in the struct of the same name (engine/ops.hpp).
namespace chalkgrad {

/// What a node of the graph is: a leaf (`variable`, `constant`) or the operation that made it.
/// The operations, in the order of engine/ops/list.hpp.
enum class Op : std::uint8_t {
  none,
  variable,
  constant,
#define CHALKGRAD_CODE(code, Struct) code,
  CHALKGRAD_OPERATIONS(CHALKGRAD_CODE, CHALKGRAD_CODE)
#undef CHALKGRAD_CODE

  /// No operation of its own, but a multiplication and an addition in one node: engine/node.hpp.
  multiply_add = 56,
};

/// The first code that is an operation; the codes below it are leaves.
inline constexpr Op first_operation = Op::identity;

#define CHALKGRAD_ONE(code, Struct) +1
inline constexpr int listed_operations = 0 CHALKGRAD_OPERATIONS(CHALKGRAD_ONE, CHALKGRAD_ONE);
#undef CHALKGRAD_ONE
inline constexpr Op last_operation =
    static_cast<Op>(static_cast<int>(first_operation) + listed_operations - 1);

}  // namespace chalkgrad
