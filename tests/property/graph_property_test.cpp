#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "engine/backward.hpp"
#include "tests/support/random_graph.hpp"
#include "tracer/derivation/derivation.hpp"
#include "tracer/expression/parser.hpp"
#include "tracer/expression/printer.hpp"

/// Random graphs with forks, shared nodes and every operation: what is derived on the sheet, what
/// the engine recorded, and a central difference must agree.
namespace chalkgrad {
namespace {

using testing::carry_out;
using testing::Random;
using testing::random_recipes;
using testing::Recipe;
using testing::uniform;

double value_at(const std::vector<Recipe>& recipes, const std::vector<double>& x) {
  return carry_out<double>(
      recipes, x, [](double literal) { return literal; }, [](double v, std::size_t) { return v; });
}

/// A central difference and how far it can be trusted: nothing if two step sizes disagree (a kink).
std::optional<double> difference(const std::vector<Recipe>& recipes, std::vector<double> x,
                                 std::size_t i) {
  const auto slope = [&](double h) {
    std::vector<double> above = x, below_x = x;
    above[i] += h;
    below_x[i] -= h;
    return (value_at(recipes, above) - value_at(recipes, below_x)) / (2 * h);
  };
  const double coarse = slope(1e-4), fine = slope(5e-5), result = (4 * fine - coarse) / 3;
  if (!(std::abs(coarse - fine) < 1e-5 * (1 + std::abs(result)))) return std::nullopt;
  return result;
}

/// Every line of every step, re-read from its printed form, has the value that was recorded.
void check_steps(const Quantities& quantities, const Derivation& derivation) {
  const auto value_of = [&](const Expr& leaf) {
    if (leaf.is(Expr::Kind::symbol)) return quantities[*quantities.find(leaf.text())].value;
    for (const Step& step : derivation.steps)
      if (step.symbol() == leaf) return step.value;
    ADD_FAILURE() << "no step for " << print(leaf);
    return std::nan("");
  };
  for (const Step& step : derivation.steps) {
    const double tolerance = 1e-10 * (1 + std::abs(step.value));
    const auto check = [&](const Expr& e) {
      EXPECT_NEAR(evaluate(parse_expression(print(e)), value_of), step.value, tolerance)
          << print(step.symbol()) << " = " << print(e);
    };
    check(step.formula);
    if (step.products.empty()) {
      check(step.raw);
      check(step.simplified);
    } else {
      check(derivation.statement(step));
    }
  }
}

TEST(GraphProperty, SymbolicEqualsRecordedEqualsDifference) {
  constexpr unsigned first_seed = 1000;
  constexpr std::size_t inputs = testing::random_graph_inputs;
  constexpr int graphs = 600;
  std::set<Op> used;
  int trusted = 0;
  for (unsigned seed = first_seed; seed < first_seed + graphs; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Random random(seed);
    const std::vector<Recipe> recipes = random_recipes(random, used);
    Graph graph;
    std::vector<Value> x;
    std::vector<double> point;
    for (std::size_t i = 0; i < inputs; ++i) {
      point.push_back(uniform(random, -1.5, 1.5));
      x.push_back(graph.variable("x" + std::to_string(i), point.back()));
    }
    const Value y = carry_out<Value>(
        recipes, x, [&](double literal) { return graph.constant(literal); },
        [&](Value value, std::size_t i) {
          const bool last = i + 1 == recipes.size();
          return recipes[i].named || last ? value.named("q" + std::to_string(i)) : value;
        });
    const Gradients gradients = backward(y);
    std::vector<NodeId> outputs = {y.id()};
    for (const Value& input : x) outputs.push_back(input.id());
    const Quantities quantities(graph, outputs);
    std::vector<std::pair<QuantityIndex, QuantityIndex>> pairs;
    for (const Value& input : x)
      pairs.emplace_back(*quantities.quantity_at(y.id()), *quantities.quantity_at(input.id()));
    const Derivation derivation = derive(quantities, pairs);
    check_steps(quantities, derivation);
    for (std::size_t i = 0; i < inputs; ++i) {
      const double derived = derivation.steps[derivation.requested[i]].value;
      EXPECT_NEAR(derived, gradients[x[i]], 1e-11 * (1 + std::abs(derived)));
      if (const auto expected = difference(recipes, point, i)) {
        ++trusted;
        EXPECT_NEAR(derived, *expected, 1e-5 * (1 + std::abs(derived)));
      }
    }
  }
  EXPECT_EQ(used.size(), operation_count) << "every operation must occur";
  EXPECT_GT(trusted, graphs * 2) << "too many points were thrown away";
}

}  // namespace
}  // namespace chalkgrad
