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

UpdateCoefficient epsilon() {
  return {.word = "epsilon",
          .also = "eps",
          .label = "epsilon",
          .symbols = {"ε", "epsilon"},
          .by_default = 1e-8};
}

UpdateCoefficient decay(std::string_view word, std::string_view label,
                        std::vector<const char*> symbols, double by_default) {
  return {.word = word, .label = label, .symbols = std::move(symbols), .by_default = by_default};
}

UpdateCoefficient momentum(std::string_view word) {
  return {.word = word, .label = "momentum", .symbols = {"μ", "momentum", "m"}};
}

/// Where each of them stands is in docs/conventions.md.
std::vector<UpdateRule> make_rules() {
  const UpdateState velocity{"v", "velocity"};
  return {
      with_rule<Plain>({}),
      with_rule<Momentum>(
          {.word = "momentum", .coefficients = {momentum("momentum")}, .states = {velocity}}),
      with_rule<DampedMomentum>({.word = "damped momentum",
                                 .coefficients = {momentum("momentum")},
                                 .states = {velocity}}),
      with_rule<Momentum>({.word = "nesterov",
                           .also = "nag accelerated",
                           .coefficients = {momentum("nesterov")},
                           .states = {velocity},
                           .looks_ahead = true}),
      with_rule<AdaGrad>(
          {.word = "adagrad", .coefficients = {epsilon()}, .states = {{"G", "sum_of_squares"}}}),
      with_rule<RmsProp>(
          {.word = "rmsprop",
           .coefficients = {decay("rmsprop", "decay of the mean", {"ρ", "rho"}, 0.9), epsilon()},
           .states = {{"s", "mean_of_squares"}}}),
      with_rule<Adam>(
          {.word = "adam",
           .coefficients = {decay("beta1", "first decay", {"β1", "beta_1"}, 0.9),
                            decay("beta2", "second decay", {"β2", "beta_2"}, 0.999), epsilon()},
           .states = {{"m", "first_moment"},
                      {"v", "second_moment"},
                      {"m̂", "corrected_first_moment", false},
                      {"v̂", "corrected_second_moment", false}}}),
      with_rule<Plain>({.word = "newton", .solves = true}),
      // Δw = η·(t − y)·x
      with_rule<Plain>({.word = "perceptron",
                        .states = {{"Δ", "change", false}},
                        .corrects = UpdateRule::Corrects::through_net}),
      with_rule<Plain>({.word = "delta",
                        .also = "adaline widrow_hoff lms",
                        .states = {{"Δ", "change", false}},
                        .corrects = UpdateRule::Corrects::through_output})};
}

/// Whether a word is one of several with blanks between.
bool is_among(std::string_view word, std::string_view words) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == word) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

std::string in_small_letters_of(std::string_view word) {
  std::string small(word);
  for (char& c : small)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return small;
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

const UpdateRule* update_rule_known_as(std::string_view word) {
  const std::string small = in_small_letters_of(word);
  for (const UpdateRule& rule : update_rules())
    if (!rule.word.empty() && (rule.word == small || is_among(small, rule.also))) return &rule;
  return nullptr;
}

std::string_view coefficient_known_as(std::string_view word) {
  for (const UpdateRule& rule : update_rules())
    for (const UpdateCoefficient& one : rule.coefficients)
      if (!one.is_momentum() && one.word != rule.word &&
          (one.word == word || is_among(word, one.also)))
        return one.word;
  return {};
}

std::vector<std::string_view> words_of_updates() {
  std::vector<std::string_view> words;
  for (const UpdateRule& rule : update_rules())
    if (!rule.word.empty() && rule.word.find(' ') == std::string_view::npos)
      words.push_back(rule.word);
  return words;
}

std::string rules_with(std::string_view coefficient) {
  std::vector<std::string_view> words;
  for (const UpdateRule& rule : update_rules())
    for (const UpdateCoefficient& one : rule.coefficients)
      if (one.word == coefficient) words.push_back(rule.word);
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + std::string(words[i]);
  return text;
}

}  // namespace chalkgrad
