#include "engine/expansion.hpp"

#include <gtest/gtest.h>

#include "engine/backward.hpp"

namespace chalkgrad {
namespace {

TEST(Expansion, TakesFusedNodesApart) {
  Graph graph;
  const Value w = graph.variable("w", 2), x = graph.variable("x", 3);
  Value sum = graph.constant("b", 1);
  sum += w * x;
  sum += x * x;
  const Value y = tanh(sum).named("y");
  const Expansion expansion = expand(graph);
  Graph& expanded = *expansion.graph;
  EXPECT_EQ(graph.size(), 6u);
  EXPECT_EQ(expanded.size(), 8u);
  for (NodeId id = 1; id <= expanded.size(); ++id) EXPECT_FALSE(expanded.node(id).is_fused());
  for (NodeId id = 1; id <= graph.size(); ++id) {
    EXPECT_EQ(expanded.node(expansion.places[id]).value, graph.node(id).value);
    EXPECT_EQ(expanded.name(expansion.places[id]), graph.name(id));
  }
  const Gradients before = backward(y), after = backward(expanded.at("y"));
  for (const Value& value : {w, x, sum})
    EXPECT_EQ(after[expansion.places[value.id()]], before[value]);
  const Node& add = expanded.node(expansion.places[sum.id()]);
  EXPECT_EQ(add.op(), Op::add);
  EXPECT_EQ(expanded.op(add.operand(1)), Op::multiply);
  EXPECT_EQ(expanded.node(add.operand(1)).value, 9);
}

}  // namespace
}  // namespace chalkgrad
