#include "tracer/expression/suggestion.hpp"

#include <gtest/gtest.h>

namespace chalkgrad {
namespace {

TEST(Suggestion, IsTheNearestName) {
  const std::vector<std::string_view> names = {"out_h1", "out_h2", "net_h1", "w1", "w8", "E_total"};
  EXPECT_EQ(did_you_mean("out_h3", names), "did you mean 'out_h2'?");
  EXPECT_EQ(did_you_mean("w9", names), "did you mean 'w8'?");
  EXPECT_EQ(did_you_mean("E_totla", names), "did you mean 'E_total'?");
  EXPECT_EQ(did_you_mean("hidden", names), "");
  EXPECT_EQ(did_you_mean("x", names), "");
  EXPECT_EQ(did_you_mean(std::string(1000, 'a'), names), "");
  EXPECT_EQ(did_you_mean("x", {}), "");
}

}  // namespace
}  // namespace chalkgrad
