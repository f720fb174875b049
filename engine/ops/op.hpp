#pragma once

#include <cstdint>

/// The codes of the operations: all that a node of the graph remembers of where it came from. What
/// an operation computes is in the struct of the same name (engine/ops.hpp).
namespace chalkgrad {

/// What a node of the graph is: a leaf (`variable`, `constant`) or the operation that made it.
/// The order is that of `Operations` in engine/ops.hpp, which a static assertion there holds.
enum class Op : std::uint8_t {
  none,
  variable,
  constant,
  identity,
  negate,
  add,
  subtract,
  multiply,
  divide,
  power,
  square,
  sqrt,
  exp,
  log,
  sin,
  cos,
  tan,
  sinh,
  cosh,
  tanh,
  asin,
  acos,
  atan,
  erf,
  sigmoid,
  softplus,
  gelu,
  relu,
  leaky_relu,
  elu,
  abs,
  sign,
  step,
  min,
  max,

  /// No operation of its own, but a multiplication and an addition in one node: engine/node.hpp.
  multiply_add = 56,
};

/// The first code that is an operation; the codes below it are leaves.
inline constexpr Op first_operation = Op::identity;
inline constexpr Op last_operation = Op::max;

}  // namespace chalkgrad
