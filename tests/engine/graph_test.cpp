#include "engine/graph.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "engine/value.hpp"

namespace chalkgrad {
namespace {

template <class F>
std::string message_of(F f) {
  try {
    f();
  } catch (const GraphError& error) {
    return error.what();
  }
  return "no error";
}

TEST(Graph, NumbersNodesInTheOrderOfTheirCreation) {
  Graph graph;
  const Value x = graph.variable("x", 2), y = x * x + 1.0;
  EXPECT_EQ(x.id(), 1u);
  EXPECT_EQ(graph.size(), 4u);  // x, x·x, the 1, the sum
  EXPECT_EQ(y.id(), 4u);
  EXPECT_EQ(graph.op(y.id()), Op::add);
  EXPECT_EQ(graph.node(y.id()).operand(0), 2u);
  EXPECT_EQ(graph.node(y.id()).operand(1), 3u);
  EXPECT_EQ(graph.node(2).derivative[0], 2);
}

TEST(Graph, FindsValuesByName) {
  Graph graph;
  const Value x = graph.variable("x", 2);
  const Value y = (3.0 * x).named("y");
  EXPECT_EQ(graph.at("y").id(), y.id());
  EXPECT_EQ(graph.at(x.id()).value(), 2);
  EXPECT_EQ(y.name(), "y");
  EXPECT_EQ(graph.find("z"), 0u);
}

TEST(Graph, RefusesMisuse) {
  Graph graph, other;
  const Value x = graph.variable("x", 1), z = other.variable("z", 1);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(message_of([&] { (void)graph.variable("x", 2); }), "two values are named 'x'");
  EXPECT_EQ(message_of([&] { (void)(x * 2.0).named("x"); }), "two values are named 'x'");
  EXPECT_EQ(message_of([&] { (void)graph.variable("", 2); }), "a name cannot be empty");
  EXPECT_EQ(message_of([&] { (void)graph.variable("n", nan); }), "'n' is not a number");
  EXPECT_EQ(message_of([&] { (void)(x + z); }), "values of two graphs cannot be combined");
  EXPECT_EQ(message_of([&] { (void)graph.at("w"); }), "the graph has no value named 'w'");
  EXPECT_EQ(message_of([&] { (void)graph.at(99); }), "the graph has no node 99");
  EXPECT_EQ(message_of([&] { (void)graph.at(NodeId{0}); }), "the graph has no node 0");
  EXPECT_EQ(message_of([&] { graph.set_name(x.id(), "y"); }), "'x' cannot be renamed to 'y'");
}

TEST(Graph, AnUnknownMakesWhatDependsOnItUnknown) {
  Graph graph;
  const Value u = graph.unknown("u"), x = graph.variable("x", 3);
  EXPECT_TRUE(std::isnan((u + x).value()));
  EXPECT_TRUE(std::isnan(log(u).value()));  // and is in nobody's domain, nor outside it
  EXPECT_EQ((x * x).value(), 9);
}

TEST(Graph, KeepsNodesAcrossChunks) {
  Graph graph;
  Value total = graph.constant(0);
  const int count = 100'000;
  for (int i = 1; i <= count; ++i) total += graph.constant(i);
  EXPECT_EQ(total.value(), 0.5 * count * (count + 1.0));
  EXPECT_EQ(graph.size(), 2u * count + 1);
}

}  // namespace
}  // namespace chalkgrad
