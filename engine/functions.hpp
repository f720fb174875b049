#pragma once

#include <type_traits>

#include "engine/ops.hpp"

/// The operators and functions that every differentiable scalar has, written once.
///
/// A differentiable scalar (Value, Dual) says so by a specialisation of `is_differentiable` and
/// brings `apply<O>`, which carries out an operation and its derivative rule; the names below only
/// say which operation is meant. A plain number may stand beside a scalar. This is not where an
/// operation is defined: see engine/ops.hpp.
namespace chalkgrad {

template <class T>
inline constexpr bool is_differentiable = false;

template <class T>
concept Differentiable = is_differentiable<T>;

/// At least one of the two is a differentiable scalar; the other may be a plain number.
template <class A, class B>
concept Operands = (Differentiable<A> && (Differentiable<B> || std::is_arithmetic_v<B>)) ||
                   (std::is_arithmetic_v<A> && Differentiable<B>);

/// What an operation is applied to: a scalar beside its own type says what it stands for.
[[nodiscard]] constexpr double operand(double x) { return x; }

template <Differentiable T>
auto operator-(const T& x) {
  return apply<ops::Negate>(operand(x));
}
template <class A, class B>
requires Operands<A, B>
auto operator+(const A& a, const B& b) { return apply<ops::Add>(operand(a), operand(b)); }
template <class A, class B>
requires Operands<A, B>
auto operator-(const A& a, const B& b) { return apply<ops::Subtract>(operand(a), operand(b)); }
/// `multiply`, since the product of two Values is recorded later (engine/product.hpp).
template <class A, class B>
requires Operands<A, B>
auto operator*(const A& a, const B& b) { return multiply(operand(a), operand(b)); }
template <class A, class B>
requires Operands<A, B>
auto operator/(const A& a, const B& b) { return apply<ops::Divide>(operand(a), operand(b)); }
template <class A, class B>
requires Operands<A, B>
auto pow(const A& a, const B& b) { return apply<ops::Power>(operand(a), operand(b)); }
template <class A, class B>
requires Operands<A, B>
auto min(const A& a, const B& b) { return apply<ops::Min>(operand(a), operand(b)); }
template <class A, class B>
requires Operands<A, B>
auto max(const A& a, const B& b) { return apply<ops::Max>(operand(a), operand(b)); }
template <class A, class B>
requires Operands<A, B>
auto when(const A& c, const B& a) { return apply<ops::When>(operand(c), operand(a)); }
template <class A, class B>
requires Operands<A, B>
auto unless(const A& c, const B& a) { return apply<ops::Unless>(operand(c), operand(a)); }

template <class A, class B>
requires Operands<A, B>
auto unspecified(const A& g, const B& z) { return apply<ops::Unspecified>(operand(g), operand(z)); }

template <class A, class B>
requires Operands<A, B>
auto arguments(const A& u, const B& v) { return apply<ops::Arguments>(operand(u), operand(v)); }

template <Differentiable T, class B>
T& operator+=(T& a, const B& b) {
  return a = a + b;
}
template <Differentiable T, class B>
T& operator-=(T& a, const B& b) {
  return a = a - b;
}
template <Differentiable T, class B>
T& operator*=(T& a, const B& b) {
  return a = a * b;
}
template <Differentiable T, class B>
T& operator/=(T& a, const B& b) {
  return a = a / b;
}

// sqrt(x), sigmoid(x), …: every operation that is a function of one operand.
#define CHALKGRAD_NO_FUNCTION(code, Struct)
#define CHALKGRAD_FUNCTION(code, Struct)   \
  template <Differentiable T>              \
  auto code(const T& x) {                  \
    return apply<ops::Struct>(operand(x)); \
  }
CHALKGRAD_OPERATIONS(CHALKGRAD_NO_FUNCTION, CHALKGRAD_FUNCTION)
#undef CHALKGRAD_FUNCTION
#undef CHALKGRAD_NO_FUNCTION

}  // namespace chalkgrad
