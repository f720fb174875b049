#pragma once

#include <cmath>
#include <functional>
#include <set>
#include <type_traits>
#include <vector>

#include "engine/value.hpp"
#include "tests/support/random_expression.hpp"

/// Random graphs with forks, shared nodes and every operation, as recipes that can be carried out
/// with any scalar.
namespace chalkgrad::testing {

/// How one node of a random graph is made from earlier ones; replayed for difference quotients.
struct Recipe {
  Op op;
  std::size_t a, b;
  double literal;  // takes the place of b, unless it is NaN
  bool named;
};

inline constexpr std::size_t random_graph_inputs = 3;

inline std::vector<Recipe> random_recipes(Random& random, std::set<Op>& used) {
  std::vector<Recipe> recipes;
  const int count = 4 + below(random, 12);
  for (int i = 0; i < count; ++i) {
    const auto earlier = static_cast<int>(random_graph_inputs + recipes.size());
    auto op = static_cast<Op>(static_cast<int>(first_operation) +
                              below(random, static_cast<int>(operation_count)));
    used.insert(op);
    // A difference quotient sees through what is treated as a constant; and a function without a
    // formula is a name, not any value.
    const bool no_value = op == Op::unspecified || op == Op::prime || op == Op::arguments;
    if (description_of(op).is_constant || no_value) op = Op::identity;
    const bool literal = below(random, 5) == 0;
    recipes.push_back({op, static_cast<std::size_t>(below(random, earlier)),
                       static_cast<std::size_t>(below(random, earlier)),
                       literal ? 0.25 * (1 + below(random, 8)) : std::nan(""),
                       below(random, 2) == 0});
  }
  return recipes;
}

/// An operand brought into the domain of an operation, by operations that are smooth themselves.
template <class T>
T into_domain(Op op, const T& x) {
  using ops::square;
  using ops::tanh;
  switch (op) {
    case Op::log:
    case Op::sqrt:
    case Op::divide:
    case Op::power: return 0.5 + square(tanh(x));
    case Op::asin:
    case Op::acos: return 0.9 * tanh(x);
    case Op::exp:
    case Op::sinh:
    case Op::cosh:
    case Op::tan:
    case Op::square: return tanh(x);
    default: return x;
  }
}

template <class T, class Literal>
T carry_out(const std::vector<Recipe>& recipes, std::vector<T> values, Literal literal,
            const std::function<T(T, std::size_t)>& name) {
  for (std::size_t i = 0; i < recipes.size(); ++i) {
    const Recipe& recipe = recipes[i];
    const T a = into_domain(recipe.op, values[recipe.a]);
    const T b = std::isnan(recipe.literal) ? into_domain(recipe.op, values[recipe.b])
                                           : literal(recipe.literal);
    T result = a;
    with_operation(recipe.op, [&]<class O>(O) {
      if constexpr (std::is_same_v<T, double>) {
        if constexpr (is_unary<O>)
          result = O::value(a);
        else
          result = O::value(a, b);
      } else {
        if constexpr (is_unary<O>)
          result = apply<O>(a);
        else
          result = apply<O>(a, b);
      }
    });
    values.push_back(name(result, i));
  }
  return values.back();
}

/// A recipe carried out with Values, nothing named.
inline Value record(const std::vector<Recipe>& recipes, const std::vector<Value>& x) {
  return carry_out<Value>(
      recipes, x, [&](double literal) { return x[0].graph().constant(literal); },
      [](Value value, std::size_t) { return value; });
}

}  // namespace chalkgrad::testing
