#include "tracer/problem/update_rules.hpp"

#include <algorithm>
#include <cmath>

namespace chalkgrad {

namespace {

double square(double x) { return x * x; }
double power(double x, double exponent) { return std::pow(x, exponent); }
Expr power(const Expr& x, double exponent) { return exponent == 1 ? x : Expr::power(x, exponent); }

/// d = g
struct Plain {
  template <typename T>
  static T direction(UpdateTerms<T>& s) {
    return s.slope;
  }
};

/// v ← μ·v + g, d = v
struct Momentum {
  template <typename T>
  static T direction(UpdateTerms<T>& s) {
    return s.keep(0, s.coefficients[0] * s.states[0] + s.slope);
  }
};

/// v ← μ·v + (1 − μ)·g, d = v
struct DampedMomentum {
  template <typename T>
  static T direction(UpdateTerms<T>& s) {
    const T& mu = s.coefficients[0];
    return s.keep(0, mu * s.states[0] + (T(1.0) - mu) * s.slope);
  }
};

/// G ← G + g², d = g/(√G + ε)
struct AdaGrad {
  template <typename T>
  static T direction(UpdateTerms<T>& s) {
    using std::sqrt;
    const T sum = s.keep(0, s.states[0] + square(s.slope));
    return s.slope / (sqrt(sum) + s.coefficients[0]);
  }
};

/// s ← ρ·s + (1 − ρ)·g², d = g/(√s + ε)
struct RmsProp {
  template <typename T>
  static T direction(UpdateTerms<T>& s) {
    using std::sqrt;
    const T& rho = s.coefficients[0];
    const T mean = s.keep(0, rho * s.states[0] + (T(1.0) - rho) * square(s.slope));
    return s.slope / (sqrt(mean) + s.coefficients[1]);
  }
};

/// m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ), d = m̂/(√v̂ + ε)
struct Adam {
  template <typename T>
  static T direction(UpdateTerms<T>& s) {
    using std::sqrt;
    const T one = 1.0, &beta1 = s.coefficients[0], &beta2 = s.coefficients[1];
    const T m = s.keep(0, beta1 * s.states[0] + (one - beta1) * s.slope);
    const T v = s.keep(1, beta2 * s.states[1] + (one - beta2) * square(s.slope));
    const T m_hat = s.keep(2, m / (one - power(beta1, s.step)));
    const T v_hat = s.keep(3, v / (one - power(beta2, s.step)));
    return m_hat / (sqrt(v_hat) + s.coefficients[2]);
  }
};

template <typename Rule>
UpdateRule with_rule(UpdateRule row) {
  row.in_numbers = &Rule::template direction<double>;
  row.in_symbols = &Rule::template direction<Expr>;
  return row;
}

UpdateCoefficient epsilon() { return {"epsilon", "epsilon", {"ε", "epsilon"}, 1e-8}; }

std::vector<UpdateRule> make_rules() {
  const UpdateState velocity{"v", "velocity"};
  return {
      with_rule<Plain>({}),
      with_rule<Momentum>(
          {.word = "momentum",
           .coefficients = {{"momentum", "momentum", {"μ", "momentum", "m"}}},
           .states = {velocity},
           .source = "Sutskever, Martens, Dahl, Hinton, On the importance of initialization and "
                     "momentum in deep learning, 2013, with the rate outside"}),
      with_rule<DampedMomentum>(
          {.word = "damped momentum",
           .coefficients = {{"momentum", "momentum", {"μ", "momentum", "m"}}},
           .states = {velocity},
           .source = "Ng, Improving deep neural networks, 2017: exponentially weighted means"}),
      with_rule<Momentum>({.word = "nesterov",
                           .coefficients = {{"nesterov", "momentum", {"μ", "momentum", "m"}}},
                           .states = {velocity},
                           .looks_ahead = true,
                           .source = "Nesterov 1983, as in Sutskever and others, 2013, section 2"}),
      with_rule<AdaGrad>({.word = "adagrad",
                          .coefficients = {epsilon()},
                          .states = {{"G", "sum_of_squares"}},
                          .source = "Duchi, Hazan, Singer, Adaptive subgradient methods, 2011"}),
      with_rule<RmsProp>(
          {.word = "rmsprop",
           .coefficients = {{"rmsprop", "decay of the mean", {"ρ", "rho"}, 0.9}, epsilon()},
           .states = {{"s", "mean_of_squares"}},
           .source = "Tieleman and Hinton, lecture 6.5 of Neural networks for machine learning, "
                     "2012"}),
      with_rule<Adam>({.word = "adam",
                       .coefficients = {{"beta1", "first decay", {"β1", "beta_1"}, 0.9},
                                        {"beta2", "second decay", {"β2", "beta_2"}, 0.999},
                                        epsilon()},
                       .states = {{"m", "first_moment"},
                                  {"v", "second_moment"},
                                  {"m̂", "corrected_first_moment", false},
                                  {"v̂", "corrected_second_moment", false}},
                       .source = "Kingma and Ba, Adam, 2015, algorithm 1"}),
      with_rule<Plain>({.word = "newton",
                        .solves = true,
                        .source = "Nocedal and Wright, Numerical optimization, 2nd ed., 2.2"})};
}

}  // namespace

std::span<const UpdateRule> update_rules() {
  static const std::vector<UpdateRule> rules = make_rules();
  return rules;
}

const UpdateRule* update_rule(std::string_view word) {
  const auto rules = update_rules();
  const auto found = std::find_if(rules.begin(), rules.end(),
                                  [word](const UpdateRule& rule) { return rule.word == word; });
  return found == rules.end() ? nullptr : &*found;
}

}  // namespace chalkgrad
