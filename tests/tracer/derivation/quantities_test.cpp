#include "tracer/derivation/quantities.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "engine/value.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

std::string definition(const Quantities& quantities, const char* name) {
  return print(quantities.definition(*quantities.find(name)));
}

TEST(Quantities, ReadsDefinitionsBackInSourceOrder) {
  Graph graph;
  const Value w = graph.variable("w", 0.5), x = graph.constant("x", 2),
              t = graph.constant("t", 0.8);
  const Value y = sigmoid(w * x).named("y");
  const Value e = (0.5 * pow(t - y, 2)).named("E");
  const Quantities quantities(graph, std::array{e.id()});
  EXPECT_EQ(quantities.size(), 5u);
  EXPECT_EQ(definition(quantities, "y"), "σ(w·x)");
  EXPECT_EQ(definition(quantities, "E"), "0.5·(t − y)^2");
  EXPECT_EQ(definition(quantities, "w"), "w");
  EXPECT_EQ(quantities[*quantities.find("E")].operands,
            (std::vector{*quantities.find("t"), *quantities.find("y")}));
}

TEST(Quantities, NamesWhatIsSharedOrDeep) {
  Graph graph;
  const Value x = graph.variable("x", 0.5), taken = graph.variable("v1", 1);
  const Value shared = x + taken;
  Value deep = shared * shared;
  for (int i = 0; i < 100; ++i) deep = sin(deep);
  const Quantities quantities(graph, std::array{deep.id()});
  EXPECT_EQ(definition(quantities, "v2"), "x + v1");  // v1 is taken
  EXPECT_TRUE(quantities[*quantities.find("v2")].automatic);
  EXPECT_TRUE(quantities.find("v4"));
  EXPECT_FALSE(quantities.find("v5"));  // one name for the depth, one for the output
}

TEST(Quantities, ARepeatedExpressionIsPrintedByItsName) {
  Graph graph;
  const Value w = graph.variable("w", 0.5), x = graph.variable("x", 2);
  const Value out = sigmoid(w * x).named("out");
  const Value e = (sigmoid(w * x) * (1.0 - sigmoid(w * x))).named("E");
  const Quantities quantities(graph, std::array{e.id(), out.id()});
  EXPECT_EQ(definition(quantities, "E"), "out·(1 − out)");
}

TEST(Quantities, LooksAtWhatTheOutputsNeedOnly) {
  Graph graph;
  const Value x = graph.variable("x", 0.5);
  const Value y = (x * x).named("y");
  (void)(y * y).named("later");
  const Quantities quantities(graph, std::array{y.id()});
  EXPECT_EQ(quantities.size(), 2u);
  EXPECT_FALSE(quantities.find("later"));
}

TEST(Quantities, AnAliasIsAQuantityOfItsOwn) {
  Graph graph;
  const Value x = graph.variable("x", 0.5);
  const Value y = x.named("y");
  const Quantities quantities(graph, std::array{y.id()});
  EXPECT_EQ(definition(quantities, "y"), "x");
}

TEST(Quantities, KeepsSpellings) {
  Graph graph;
  const Value x = graph.variable("x", 0.1), half = graph.constant(0.5);
  const Value y = (half * x).named("y");
  const Quantities quantities(graph, std::array{y.id()}, {{x.id(), "0.10"}, {half.id(), "0.50"}});
  EXPECT_EQ(quantities[*quantities.find("x")].spelling, "0.10");
  EXPECT_EQ(definition(quantities, "y"), "0.50·x");
}

TEST(Quantities, ReadsASumOfAMillionTerms) {
  Graph graph;
  const Value x = graph.variable("x", 1);
  Value total = x;
  for (int i = 1; i < 1'000'000; ++i) total += x;
  const Quantities quantities(graph, std::array{total.named("y").id()});
  EXPECT_EQ(quantities.definition(*quantities.find("y")).parts().size(), 1'000'000u);
}

}  // namespace
}  // namespace chalkgrad
