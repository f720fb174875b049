#pragma once

#include <cmath>
#include <numbers>

#include "engine/ops.hpp"

/// The operations once more, in extended precision (long double, 64 bits) and from the textbook
/// definitions, as a reference that shares nothing with engine/ops.
namespace chalkgrad::testing {

using Extended = long double;

struct Reference {
  Extended value;
  Extended derivative[2] = {0, 0};
};

inline Reference reference(Op op, Extended a, Extended b = 0) {
  using std::cos, std::cosh, std::exp, std::log, std::pow, std::sin, std::sinh, std::sqrt;
  const Extended one = 1, pi = std::numbers::pi_v<Extended>;
  const auto sigma = [one](Extended x) { return one / (one + exp(-x)); };
  const bool positive = a > 0;
  switch (op) {
    case Op::identity: return {a, {1}};
    case Op::negate: return {-a, {-1}};
    case Op::add: return {a + b, {1, 1}};
    case Op::subtract: return {a - b, {1, -1}};
    case Op::multiply: return {a * b, {b, a}};
    case Op::divide: return {a / b, {one / b, -a / (b * b)}};
    case Op::power: return {pow(a, b), {b * pow(a, b - one), pow(a, b) * log(a)}};
    case Op::square: return {a * a, {2 * a}};
    case Op::sqrt: return {sqrt(a), {one / (2 * sqrt(a))}};
    case Op::exp: return {exp(a), {exp(a)}};
    case Op::log: return {log(a), {one / a}};
    case Op::sin: return {sin(a), {cos(a)}};
    case Op::cos: return {cos(a), {-sin(a)}};
    case Op::tan: return {std::tan(a), {one / (cos(a) * cos(a))}};
    case Op::sinh: return {sinh(a), {cosh(a)}};
    case Op::cosh: return {cosh(a), {sinh(a)}};
    case Op::tanh: return {std::tanh(a), {one / (cosh(a) * cosh(a))}};
    case Op::asin: return {std::asin(a), {one / sqrt((one - a) * (one + a))}};
    case Op::acos: return {std::acos(a), {-one / sqrt((one - a) * (one + a))}};
    case Op::atan: return {std::atan(a), {one / (one + a * a)}};
    case Op::erf: return {std::erf(a), {2 / sqrt(pi) * exp(-a * a)}};
    case Op::sigmoid: return {sigma(a), {sigma(a) * sigma(-a)}};
    case Op::softplus: return {a > 0 ? a + std::log1p(exp(-a)) : std::log1p(exp(a)), {sigma(a)}};
    case Op::gelu: {
      const Extended normal = std::erfc(-a / sqrt(2 * one)) / 2;
      return {a * normal, {normal + a * exp(-a * a / 2) / sqrt(2 * pi)}};
    }
    case Op::relu: return {positive ? a : 0, {positive ? one : 0}};
    case Op::leaky_relu: {
      const Extended slope = 0.01;  // the double, as it is in the engine
      return {positive ? a : slope * a, {positive ? one : slope}};
    }
    case Op::elu: return {positive ? a : std::expm1(a), {positive ? one : exp(a)}};
    case Op::mish: {
      const Extended softplus = a > 0 ? a + std::log1p(exp(-a)) : std::log1p(exp(a));
      const Extended t = std::tanh(softplus), c = cosh(softplus);
      return {a * t, {t + a / c / c * sigma(a)}};
    }
    case Op::softsign: {
      const Extended below = one + std::abs(a);
      return {a / below, {one / (below * below)}};
    }
    case Op::abs: return {std::abs(a), {positive ? one : -one}};
    case Op::sign: return {positive ? one : -one};
    case Op::step: return {positive ? one : 0};
    case Op::min: return {a < b ? a : b, {a < b ? one : 0, a < b ? 0 : one}};
    case Op::max: return {a > b ? a : b, {a > b ? one : 0, a > b ? 0 : one}};
    case Op::unspecified: return {std::sin(a + b), {std::cos(a + b), std::cos(a + b)}};
    case Op::arguments: {
      const Extended weight = ops::weight_of_argument;
      return {a + weight * b, {one, weight}};
    }
    case Op::prime: return {a + pi / 2, {one}};
    case Op::stop: return {a, {0}};
    case Op::when: return {positive ? b : 0, {0, positive ? one : 0}};
    case Op::unless: return {positive ? 0 : b, {0, positive ? 0 : one}};
    default: break;
  }
  return {std::nanl(""), {std::nanl(""), std::nanl("")}};
}

}  // namespace chalkgrad::testing
