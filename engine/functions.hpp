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

// clang-format off
template <Differentiable T> auto square(const T& x) { return apply<ops::Square>(operand(x)); }
template <Differentiable T> auto sqrt(const T& x) { return apply<ops::Sqrt>(operand(x)); }
template <Differentiable T> auto exp(const T& x) { return apply<ops::Exp>(operand(x)); }
template <Differentiable T> auto log(const T& x) { return apply<ops::Log>(operand(x)); }
template <Differentiable T> auto sin(const T& x) { return apply<ops::Sin>(operand(x)); }
template <Differentiable T> auto cos(const T& x) { return apply<ops::Cos>(operand(x)); }
template <Differentiable T> auto tan(const T& x) { return apply<ops::Tan>(operand(x)); }
template <Differentiable T> auto sinh(const T& x) { return apply<ops::Sinh>(operand(x)); }
template <Differentiable T> auto cosh(const T& x) { return apply<ops::Cosh>(operand(x)); }
template <Differentiable T> auto tanh(const T& x) { return apply<ops::Tanh>(operand(x)); }
template <Differentiable T> auto asin(const T& x) { return apply<ops::Asin>(operand(x)); }
template <Differentiable T> auto acos(const T& x) { return apply<ops::Acos>(operand(x)); }
template <Differentiable T> auto atan(const T& x) { return apply<ops::Atan>(operand(x)); }
template <Differentiable T> auto erf(const T& x) { return apply<ops::Erf>(operand(x)); }
template <Differentiable T> auto sigmoid(const T& x) { return apply<ops::Sigmoid>(operand(x)); }
template <Differentiable T> auto softplus(const T& x) { return apply<ops::Softplus>(operand(x)); }
template <Differentiable T> auto gelu(const T& x) { return apply<ops::Gelu>(operand(x)); }
template <Differentiable T> auto relu(const T& x) { return apply<ops::Relu>(operand(x)); }
template <Differentiable T> auto leaky_relu(const T& x) { return apply<ops::LeakyRelu>(operand(x)); }
template <Differentiable T> auto elu(const T& x) { return apply<ops::Elu>(operand(x)); }
template <Differentiable T> auto abs(const T& x) { return apply<ops::Abs>(operand(x)); }
template <Differentiable T> auto sign(const T& x) { return apply<ops::Sign>(operand(x)); }
template <Differentiable T> auto step(const T& x) { return apply<ops::Step>(operand(x)); }
// clang-format on

}  // namespace chalkgrad
