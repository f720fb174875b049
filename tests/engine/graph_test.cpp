#include "engine/graph.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <thread>
#include <vector>

#include "engine/backward.hpp"
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
  const char* mixed = "values of two graphs cannot be combined";
  EXPECT_EQ(message_of([&] { (void)(x + z); }), mixed);
  EXPECT_EQ(message_of([&] { (void)(x * z); }), mixed);
  EXPECT_EQ(message_of([&] { (void)(x + z * z); }), mixed);
  EXPECT_EQ(message_of([&] { (void)max(x, z); }), mixed);
  EXPECT_EQ(message_of([&] { (void)(Value() + 1); }), "the value belongs to no graph");
  EXPECT_EQ(message_of([&] { (void)(x + Value()); }), "the value belongs to no graph");
  EXPECT_EQ(message_of([&] { (void)Value().graph(); }), "the value belongs to no graph");
  EXPECT_EQ(message_of([&] { (void)graph.variable(nan); }),
            "a variable without a name is not a number");
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

TEST(Graph, ValuesFromBeforeAResetAreFoundOut) {
  Graph graph;
  const Value x = graph.variable("x", 2), y = x * x;
  graph.reset();
  EXPECT_EQ(graph.size(), 0u);
  EXPECT_EQ(graph.find("x"), 0u);
  const char* stale = "the graph of this value was reset or destroyed";
  EXPECT_EQ(message_of([&] { (void)sin(x); }), stale);
  EXPECT_EQ(message_of([&] { (void)(x + y); }), stale);
  EXPECT_EQ(message_of([&] { (void)(2.0 * y); }), stale);
  EXPECT_EQ(message_of([&] { (void)x.name(); }), stale);
  const Value fresh = graph.variable("x", 3);
  EXPECT_EQ(fresh.id(), 1u);
  EXPECT_EQ(message_of([&] { (void)(fresh + x); }), stale);
  EXPECT_EQ(message_of([&] { (void)(fresh + x * x); }), stale);
  EXPECT_EQ((fresh * fresh + 1.0).value(), 10);

  Value orphan;
  {
    Graph shortlived;
    orphan = shortlived.variable("o", 1);
  }
  EXPECT_EQ(message_of([&] { (void)exp(orphan); }), stale);
}

TEST(Graph, ResetsAHundredThousandTimes) {
  Graph graph;
  for (int i = 0; i < 100'000; ++i) {
    const Value x = graph.variable("x", i);
    ASSERT_EQ((x + x * x).value(), i + static_cast<double>(i) * i);
    graph.reset();
  }
}

TEST(Graph, SaysWhenItIsFull) {
  for (const NodeId most : {NodeId{5}, Graph::chunk_size - 1, Graph::chunk_size,
                            Graph::chunk_size + 7, 3 * Graph::chunk_size}) {
    Graph graph(most);
    Value x = graph.variable("x", 1);
    const auto fill = [&] {
      while (true) x = x + x * x;
    };
    EXPECT_EQ(message_of(fill),
              "the graph is full: it can hold " + std::to_string(most) + " nodes");
    EXPECT_EQ(graph.size(), most);
    EXPECT_EQ(message_of([&] { (void)sin(x); }),
              "the graph is full: it can hold " + std::to_string(most) + " nodes");
  }
  EXPECT_EQ(Node::largest_id, 536'870'911u);
}

TEST(Graph, EachThreadMayHaveItsOwn) {
  std::vector<std::thread> threads;
  std::array<double, 8> slopes{};
  for (std::size_t t = 0; t < slopes.size(); ++t) {
    threads.emplace_back([&slopes, t] {
      for (int round = 0; round < 20; ++round) {
        Graph graph;
        const Value x = graph.variable("x", static_cast<double>(t));
        Value y = x;
        for (int i = 0; i < 5000; ++i) y = y + x * x;
        graph.at(y.id()).graph().set_name(y.id(), "y");
        slopes[t] = backward(y)[x];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t t = 0; t < slopes.size(); ++t)
    EXPECT_EQ(slopes[t], 1 + 10'000.0 * static_cast<double>(t));
}

TEST(Node, LinksRoundTrip) {
  for (const NodeId a : {NodeId{0}, NodeId{1}, Node::largest_id}) {
    for (const NodeId b : {NodeId{0}, NodeId{77}, Node::largest_id}) {
      for (int op = 0; op <= static_cast<int>(Op::multiply_add); ++op) {
        const Node node{0, {0, 0}, Node::link(static_cast<Op>(op), a, b)};
        EXPECT_EQ(node.operand(0), a);
        EXPECT_EQ(node.operand(1), b);
        EXPECT_EQ(static_cast<int>(node.op()), op);
        EXPECT_EQ(node.is_fused(), op == static_cast<int>(Op::multiply_add));
      }
    }
  }
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
