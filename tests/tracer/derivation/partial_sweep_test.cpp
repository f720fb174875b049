#include "tracer/derivation/partial_sweep.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/backward.hpp"
#include "tests/support/problems.hpp"

namespace chalkgrad {
namespace {

bool are_the_same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

/// In whatever order they are asked for, the derivatives are those of the engine, to the last bit.
TEST(PartialSweep, GivesTheBitsOfTheEngine) {
  for (const std::string& file : testing::worked_examples()) {
    const Evaluation evaluation = evaluate_problem(testing::read_text(testing::example_text(file)));
    Graph& graph = *evaluation.graph;
    const NodeId last = graph.size();
    for (const NodeId y : {last, last / 2, last / 3}) {
      const Gradients expected = backward(graph.at(y));
      PartialSweep near_first(graph, y), far_first(graph, y);
      (void)far_first[1];
      for (NodeId x = last; x > 0; --x) {
        EXPECT_TRUE(are_the_same(near_first[x], expected[x])) << file << ", ∂" << y << "/∂" << x;
        EXPECT_TRUE(are_the_same(far_first[x], expected[x])) << file << ", ∂" << y << "/∂" << x;
      }
    }
  }
}

TEST(PartialSweep, DoesNotDependOnWhatComesLater) {
  const Evaluation evaluation =
      evaluate_problem(testing::read_text("input x = 2\ny = x*x\nz = y*3\n"));
  PartialSweep sweep(*evaluation.graph, evaluation.graph->find("y"));
  EXPECT_EQ(sweep[evaluation.graph->find("z")], 0);
  EXPECT_EQ(sweep[evaluation.graph->find("x")], 4);
}

}  // namespace
}  // namespace chalkgrad
