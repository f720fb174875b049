#include "tracer/picture/layers.hpp"

#include <gtest/gtest.h>

namespace chalkgrad {
namespace {

TEST(Layers, ANodeStandsToTheRightOfAllThatLeadsToIt) {
  Diagram diagram;
  diagram.nodes.resize(5);
  diagram.nodes[4].attached = true;
  // 0 → 1 → 2, 0 → 2, and 3 → 2 directly before its user; 4 is attached to 2.
  diagram.edges = {{0, 1}, {1, 2}, {0, 2}, {3, 2}, {4, 2}};
  EXPECT_EQ(columns_of(diagram), (std::vector<std::size_t>{0, 1, 2, 1, 2}));
}

TEST(Layers, CountsCrossings) {
  EXPECT_EQ(count_crossings({{0, 1}, {2, 3}}, {{0, 2}, {1, 3}}), 0u);
  EXPECT_EQ(count_crossings({{0, 1}, {2, 3}}, {{0, 3}, {1, 2}}), 1u);
  // Every two rows and every two columns of a complete bipartite graph: 1·1 for 2 and 2, 3·3 for 3
  // and 3.
  EXPECT_EQ(count_crossings({{0, 1}, {2, 3}}, {{0, 2}, {0, 3}, {1, 2}, {1, 3}}), 1u);
  Links links;
  for (const std::size_t a : {0u, 1u, 2u})
    for (const std::size_t b : {3u, 4u, 5u}) links.emplace_back(a, b);
  EXPECT_EQ(count_crossings({{0, 1, 2}, {3, 4, 5}}, links), 9u);
}

TEST(Layers, UntanglesWhatCanBeUntangled) {
  const Links links = {{0, 5}, {1, 4}, {2, 3}, {5, 6}, {4, 7}, {3, 8}};
  const Columns columns = with_few_crossings({{0, 1, 2}, {3, 4, 5}, {6, 7, 8}}, links);
  EXPECT_EQ(count_crossings(columns, links), 0u);
}

TEST(Layers, LeavesAloneWhatCannotBeBetter) {
  const Columns columns = {{0, 1}, {2, 3}};
  EXPECT_EQ(with_few_crossings(columns, {{0, 2}, {0, 3}, {1, 2}, {1, 3}}), columns);
}

}  // namespace
}  // namespace chalkgrad
