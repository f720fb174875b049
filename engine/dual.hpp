#pragma once

#include <type_traits>

#include "engine/domain.hpp"
#include "engine/functions.hpp"
#include "engine/ops.hpp"

/// Dual: forward mode, without a graph.
///
/// A number v and its tangent v̇ = dv/ds, the derivative with respect to whatever is being moved.
/// Every operation hands tangents on by its derivative rule, the one that the graph records:
/// (v, v̇) ↦ (O(v), O'(v)·v̇). One evaluation gives the derivatives of all results in one direction,
/// where a reverse sweep gives those of one result in all directions.
/// (Griewank, Walther: Evaluating Derivatives, 2nd ed., section 3.1.)
namespace chalkgrad {

struct Dual {
  double value = 0;
  double tangent = 0;
};

template <>
inline constexpr bool is_differentiable<Dual> = true;
[[nodiscard]] inline Dual operand(Dual x) { return x; }

/// O'·ẋ. What does not move hands nothing on, also where the derivative is infinite; nor does what
/// has derivative 0, as a dead ReLU, whatever moves behind it.
[[nodiscard]] inline double handed_on(double derivative, double tangent) {
  return derivative == 0 || tangent == 0 ? 0 : derivative * tangent;
}

/// O applied to x. Throws DomainError outside its domain.
template <class O>
Dual apply(Dual x) {
  check_domain<O>(x.value);
  const double y = O::value(x.value);
  return {y, handed_on(O::derivative(x.value, y), x.tangent)};
}
template <class O>
Dual apply(Dual a, Dual b) {
  check_domain<O>(a.value, b.value);
  const double y = O::value(a.value, b.value);
  return {y, handed_on(O::derivative_a(a.value, b.value, y), a.tangent) +
                 handed_on(O::derivative_b(a.value, b.value, y), b.tangent)};
}
template <class O>
Dual apply(Dual a, double b) {
  return apply<O>(a, Dual{b, 0});
}
template <class O>
Dual apply(double a, Dual b) {
  return apply<O>(Dual{a, 0}, b);
}

template <class A, class B>
requires(std::is_same_v<A, Dual> || std::is_same_v<B, Dual>) Dual multiply(A a, B b) {
  return apply<ops::Multiply>(a, b);
}

}  // namespace chalkgrad
