#pragma once

#include "engine/error.hpp"

/// Whether an operation is defined for its operands, asked before it is carried out: by recording,
/// by forward mode, by a replay.
namespace chalkgrad {

/// Throws DomainError if the operands lie outside the domain of O, if it has one.
template <class O>
void check_domain(double x) {
  if constexpr (requires { O::outside_domain(x); }) {
    if (const char* why = O::outside_domain(x)) throw DomainError(O::code, x, 0, why);
  }
}
template <class O>
void check_domain(double a, double b) {
  if constexpr (requires { O::outside_domain(a, b); }) {
    if (const char* why = O::outside_domain(a, b)) throw DomainError(O::code, a, b, why);
  }
}

}  // namespace chalkgrad
