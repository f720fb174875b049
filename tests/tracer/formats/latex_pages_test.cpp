#include "tracer/formats/latex_pages.hpp"

#include <gtest/gtest.h>

namespace chalkgrad {
namespace {

/// A group of rows of these depths, each with so many lines; where pages may end in it, as "|".
std::string pages_of(const std::vector<std::pair<int, int>>& rows) {
  Group group;
  std::vector<LatexLine> lines;
  for (const auto& [depth, count] : rows) {
    for (int i = 0; i < count; ++i) lines.push_back({.right = "= x", .row = group.size()});
    group.push_back({.depth = depth});
  }
  std::string drawn;
  const std::vector<bool> may = page_may_end_behind(group, lines);
  for (std::size_t i = 0; i < lines.size(); ++i)
    drawn += std::to_string(group[lines[i].row].depth) + (may[i] ? "|" : "");
  return drawn;
}

TEST(LatexPages, EndBetweenChainsAndNotWithinThem) {
  EXPECT_EQ(pages_of({{0, 1}, {0, 3}, {0, 1}, {0, 1}, {0, 1}}),
            "0|000|0"
            "00|");
}

TEST(LatexPages, DoNotBeginWithOneOrTwoLastLines) {
  EXPECT_EQ(pages_of({{0, 1}, {0, 1}}), "00|");
  EXPECT_EQ(pages_of({{0, 1}, {0, 1}, {0, 1}, {0, 1}}), "0|000|");
  EXPECT_EQ(pages_of({{0, 1}}), "0|");
  EXPECT_EQ(pages_of({}), "");
}

TEST(LatexPages, AShortBlockStaysTogether) {
  EXPECT_EQ(pages_of({{0, 1}, {1, 3}, {1, 3}, {1, 1}, {0, 1}}), "011111110|");
}

TEST(LatexPages, ALongBlockIsPartedBetweenItsSteps) {
  EXPECT_EQ(pages_of({{0, 1}, {1, 8}, {1, 8}, {1, 2}, {0, 1}}), "011111111|11111111|110|");
  EXPECT_EQ(pages_of({{0, 1}, {1, 1}, {2, 8}, {2, 8}, {1, 1}, {0, 1}}), "0122222222|2222222210|");
}

TEST(LatexPages, WhatNoPageHoldsIsPartedBeforeItsLastLines) {
  const std::string drawn = pages_of({{0, 60}});
  EXPECT_NE(drawn.find('|'), drawn.size() - 1) << drawn;
  EXPECT_TRUE(drawn.ends_with("000|")) << drawn;
}

}  // namespace
}  // namespace chalkgrad
