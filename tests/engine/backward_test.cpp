#include "engine/backward.hpp"

#include <gtest/gtest.h>
#include <pthread.h>

#include <array>
#include <map>
#include <string>

namespace chalkgrad {
namespace {

TEST(Backward, FansOutAddUp) {
  Graph graph;
  const Value a = graph.variable("a", 3);
  EXPECT_EQ(backward(a + a)[a], 2);
  EXPECT_EQ(backward(a * a * a)[a], 27);
  const Value b = a + a, c = b * b;  // c = 4a²
  EXPECT_EQ(backward(c)[a], 24);
  EXPECT_EQ(backward(c)[b], 12);
}

TEST(Backward, GivesTheSameTwiceAndTouchesNothing) {
  Graph graph;
  const Value x = graph.variable("x", 0.5), y = sin(x) * exp(x);
  const NodeId size = graph.size();
  EXPECT_EQ(backward(y)[x], backward(y)[x]);
  EXPECT_EQ(graph.size(), size);
}

TEST(Backward, IsZeroForWhatTheOutputDoesNotDependOn) {
  Graph graph;
  const Value x = graph.variable("x", 2), z = graph.variable("z", 3);
  const Value y = x * x, later = z * y;
  EXPECT_EQ(backward(y)[z], 0);
  EXPECT_EQ(backward(y)[later], 0);
  EXPECT_EQ(backward(x)[x], 1);
}

TEST(Backward, RefusesValuesOfAnotherGraph) {
  Graph graph, other;
  const Value x = graph.variable("x", 2), z = other.variable("z", 3);
  const Gradients gradients = backward(x);
  EXPECT_THROW((void)gradients[z], GraphError);
}

// Mazur's network; the true gradients at 50 digits, from mpmath's numerical differentiation.
TEST(Backward, MazursGradients) {
  Graph graph;
  const auto in = [&](const char* name, double value) { return graph.variable(name, value); };
  const Value i1 = in("i1", 0.05), i2 = in("i2", 0.10), w1 = in("w1", 0.15), w2 = in("w2", 0.20),
              w3 = in("w3", 0.25), w4 = in("w4", 0.30), w5 = in("w5", 0.40), w6 = in("w6", 0.45),
              w7 = in("w7", 0.50), w8 = in("w8", 0.55), b1 = in("b1", 0.35), b2 = in("b2", 0.60);
  const Value h1 = sigmoid(w1 * i1 + w2 * i2 + b1), h2 = sigmoid(w3 * i1 + w4 * i2 + b1);
  const Value o1 = sigmoid(w5 * h1 + w6 * h2 + b2), o2 = sigmoid(w7 * h1 + w8 * h2 + b2);
  const Value error = 0.5 * square(0.01 - o1) + 0.5 * square(0.99 - o2);
  const Gradients gradients = backward(error);
  const std::map<std::string, double> expected = {
      {"w1", 0.000438567734474347}, {"w2", 0.000877135468948693}, {"w3", 0.00049771273526086},
      {"w4", 0.00099542547052172},  {"w5", 0.0821670405642308},   {"w6", 0.0826676278475333},
      {"w7", -0.0226025404774751},  {"w8", -0.0227402422159782},  {"b1", 0.0187256093947041},
      {"b2", 0.100400325112001}};
  for (const auto& [name, slope] : expected)
    EXPECT_NEAR(gradients[graph.at(name)] / slope, 1, 1e-13) << name;
}

/// Runs on a thread with a stack of 64 KiB, the smallest that a thread may have here.
void run_on_small_stack(void* (*task)(void*)) {
  pthread_attr_t attributes;
  ASSERT_EQ(pthread_attr_init(&attributes), 0);
  ASSERT_EQ(pthread_attr_setstacksize(&attributes, 64 * 1024), 0);
  pthread_t thread;
  ASSERT_EQ(pthread_create(&thread, &attributes, task, nullptr), 0);
  ASSERT_EQ(pthread_join(thread, nullptr), 0);
  pthread_attr_destroy(&attributes);
}

TEST(Backward, NeedsNoStackForLongChains) {
  run_on_small_stack([](void*) -> void* {
    Graph graph;
    const Value x = graph.variable("x", 1);
    Value y = x;
    for (int i = 0; i < 10'000'000; ++i) y = -y;
    EXPECT_EQ(graph.size(), 10'000'001u);
    EXPECT_EQ(backward(y)[x], 1);
    return nullptr;
  });
}

/// A run of fused nodes is swept in one go, also across the ends of chunks.
TEST(Backward, SweepsRunsOfFusedNodesAcrossChunks) {
  for (const NodeId before : {NodeId{0}, NodeId{1}, Graph::chunk_size - 5, Graph::chunk_size - 4,
                              Graph::chunk_size - 3, Graph::chunk_size - 2}) {
    Graph graph;
    for (NodeId i = 0; i < before; ++i) (void)graph.constant(0);
    const Value w = graph.variable("w", 2), x = graph.variable("x", 3);
    Value sum = w * x;
    const Value first = sum;
    for (int i = 1; i < 50'000; ++i) sum += w * x;
    const Gradients gradients = backward(sum);
    EXPECT_EQ(gradients[w], 150'000) << before;
    EXPECT_EQ(gradients[x], 100'000) << before;
    EXPECT_EQ(gradients[first], 1) << before;
    EXPECT_EQ(sum.value(), 300'000) << before;
  }
}

/// A node that nothing flows back to hands nothing on, not even through an infinite derivative.
TEST(Backward, ZeroTimesInfinityIsZero) {
  Graph graph;
  const Value x = graph.variable("x", 0), dead = graph.variable("dead", -1);
  const Value y = relu(dead) * sqrt(x) + relu(dead - sqrt(x));
  EXPECT_EQ(backward(y)[x], 0);
  EXPECT_EQ(backward(y)[dead], 0);
}

/// Also where the adjoint becomes 0 within a run of fused nodes.
TEST(Backward, ZeroTimesInfinityIsZeroInsideARun) {
  Graph graph;
  const Value x = graph.variable("x", 0), a = graph.variable("a", 2), b = graph.variable("b", 3);
  const Value root = sqrt(x), sum = root + a * b, y = sum - root;
  EXPECT_EQ(graph.op(sum.id()), Op::multiply_add);
  EXPECT_EQ(backward(y)[x], 0);
  EXPECT_EQ(backward(y)[a], 3);
}

TEST(Backward, ReusesItsMemory) {
  Graph graph;
  Gradients gradients;
  for (int i = 1; i < 5; ++i) {
    graph.reset();
    const Value x = graph.variable("x", i);
    backward(x * x, gradients);
    EXPECT_EQ(gradients[x], 2 * i);
  }
  EXPECT_THROW(backward(Value(), gradients), GraphError);
}

TEST(Backward, SumsManyTerms) {
  Graph graph;
  const Value x = graph.variable("x", 1);
  Value total = x;
  for (int i = 1; i < 1'000'000; ++i) total += x;
  EXPECT_EQ(backward(total)[x], 1'000'000);
}

}  // namespace
}  // namespace chalkgrad
