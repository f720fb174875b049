#pragma once

#include <cstddef>
#include <string_view>
#include <tuple>
#include <utility>

#include "engine/ops/activation.hpp"
#include "engine/ops/arithmetic.hpp"
#include "engine/ops/description.hpp"
#include "engine/ops/elementary.hpp"
#include "engine/ops/list.hpp"
#include "engine/ops/op.hpp"
#include "engine/ops/piecewise.hpp"
#include "engine/ops/scalar.hpp"
#include "engine/ops/trigonometric.hpp"

/// Every operation of chalkgrad, each written once.
///
/// An operation is a struct without state:
///
///   code, name                 its enumerator and the name it has in a .chalk file;
///   description                if there is more to say: engine/ops/description.hpp;
///   value(x), value(a, b)      what it computes;
///   derivative(x, y)           a unary operation's derivative, where y = value(x);
///   derivative_a(a, b, y), derivative_b(a, b, y)   the two partial ones of a binary operation;
///   outside_domain(operands)   if it has a domain: why the operands lie outside, or nullptr;
///   at_kink(operands), convention   if it has a kink: see engine/ops/piecewise.hpp.
///
/// `value` and the derivatives are templates over the scalar. With `double` they are the numeric
/// rule that the graph records; with `Expr` they are the line on the solution sheet. They are not
/// methods of a node: the graph stores what they return, and knows nothing of how it came about.
namespace chalkgrad {

namespace detail {

template <class None, class... Structs>
using Listed = std::tuple<Structs...>;

}  // namespace detail

/// The operations, in the order of their codes.
#define CHALKGRAD_STRUCT(code, Struct) , ops::Struct
using Operations = detail::Listed<void CHALKGRAD_OPERATIONS(CHALKGRAD_STRUCT, CHALKGRAD_STRUCT)>;
#undef CHALKGRAD_STRUCT

inline constexpr std::size_t operation_count = std::tuple_size_v<Operations>;
static_assert(operation_count == listed_operations);

/// Whether O takes one operand; the others take two.
template <class O>
inline constexpr bool is_unary = requires(double x) {
  O::derivative(x, x);
};

[[nodiscard]] constexpr bool is_operation(Op op) { return op >= first_operation; }

/// The place of an operation in Operations.
[[nodiscard]] constexpr std::size_t operation_index(Op op) {
  return static_cast<std::size_t>(op) - static_cast<std::size_t>(first_operation);
}

namespace detail {

template <std::size_t... I>
constexpr bool codes_are_in_order(std::index_sequence<I...>) {
  return ((operation_index(std::tuple_element_t<I, Operations>::code) == I) && ...);
}
static_assert(codes_are_in_order(std::make_index_sequence<operation_count>{}));

template <class F, std::size_t... I>
constexpr void with_operation(Op op, F&& visit, std::index_sequence<I...>) {
  (void)((operation_index(op) == I && (visit(std::tuple_element_t<I, Operations>{}), true)) || ...);
}

}  // namespace detail

/// Calls `visit` with the struct of `op`; does nothing for a leaf.
template <class F>
constexpr void with_operation(Op op, F&& visit) {
  detail::with_operation(op, std::forward<F>(visit), std::make_index_sequence<operation_count>{});
}

/// Calls `visit` with the struct of every operation, in order.
template <class F>
constexpr void for_each_operation(F&& visit) {
  for (std::size_t i = 0; i < operation_count; ++i)
    with_operation(static_cast<Op>(i + static_cast<std::size_t>(first_operation)), visit);
}

/// The name of an operation; empty for a leaf.
[[nodiscard]] constexpr std::string_view name_of(Op op) {
  std::string_view name;
  with_operation(op, [&]<class O>(O) { name = O::name; });
  return name;
}

/// What an operation says of itself; empty for a leaf.
[[nodiscard]] constexpr ops::Description description_of(Op op) {
  ops::Description description;
  with_operation(op, [&]<class O>(O) {
    if constexpr (requires { O::description; }) description = O::description;
  });
  return description;
}

/// How many operands `op` takes: 0 for a leaf, 1 or 2.
[[nodiscard]] constexpr int arity_of(Op op) {
  int arity = 0;
  with_operation(op, [&]<class O>(O) { arity = is_unary<O> ? 1 : 2; });
  return arity;
}

}  // namespace chalkgrad
