#pragma once

/// The list of operations: the one place that names them all. From it come the codes
/// (engine/ops/op.hpp), the table of structs (engine/ops.hpp) and the functions of every
/// differentiable scalar (engine/functions.hpp), so that a new operation is a struct and a line
/// here.
///
/// SIGN(code, Struct) is an operation that is written with a sign or has two operands: its C++
/// notation is in engine/functions.hpp. FUNCTION(code, Struct) has one operand and is called by its
/// code, sigmoid(x). What an operation is called, and how it is written, its struct says.
#define CHALKGRAD_OPERATIONS(SIGN, FUNCTION) \
  SIGN(identity, Identity)                   \
  SIGN(negate, Negate)                       \
  SIGN(add, Add)                             \
  SIGN(subtract, Subtract)                   \
  SIGN(multiply, Multiply)                   \
  SIGN(divide, Divide)                       \
  SIGN(power, Power)                         \
  FUNCTION(square, Square)                   \
  FUNCTION(sqrt, Sqrt)                       \
  FUNCTION(exp, Exp)                         \
  FUNCTION(log, Log)                         \
  FUNCTION(sin, Sin)                         \
  FUNCTION(cos, Cos)                         \
  FUNCTION(tan, Tan)                         \
  FUNCTION(sinh, Sinh)                       \
  FUNCTION(cosh, Cosh)                       \
  FUNCTION(tanh, Tanh)                       \
  FUNCTION(asin, Asin)                       \
  FUNCTION(acos, Acos)                       \
  FUNCTION(atan, Atan)                       \
  FUNCTION(erf, Erf)                         \
  FUNCTION(sigmoid, Sigmoid)                 \
  FUNCTION(softplus, Softplus)               \
  FUNCTION(gelu, Gelu)                       \
  FUNCTION(relu, Relu)                       \
  FUNCTION(leaky_relu, LeakyRelu)            \
  FUNCTION(elu, Elu)                         \
  FUNCTION(mish, Mish)                       \
  FUNCTION(softsign, Softsign)               \
  FUNCTION(abs, Abs)                         \
  FUNCTION(sign, Sign)                       \
  FUNCTION(step, Step)                       \
  FUNCTION(stop, Stop)                       \
  SIGN(min, Min)                             \
  SIGN(max, Max)                             \
  SIGN(when, When)                           \
  SIGN(unless, Unless)                       \
  SIGN(unspecified, Unspecified)             \
  FUNCTION(prime, Prime)                     \
  SIGN(arguments, Arguments)
