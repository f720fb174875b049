#include "tracer/expression/name_range.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

namespace chalkgrad {
namespace {

std::string between(const std::string& first, const std::string& last) {
  try {
    return fmt::format("{}", fmt::join(names_between({Token::Kind::name, first, {}},
                                                     {Token::Kind::name, last, {}}),
                                       " "));
  } catch (const SyntaxError& error) {
    return error.what();
  }
}

TEST(NameRange, CountsUp) {
  EXPECT_EQ(between("w1", "w4"), "w1 w2 w3 w4");
  EXPECT_EQ(between("w_9", "w_11"), "w_9 w_10 w_11");
  EXPECT_EQ(between("x08", "x11"), "x08 x09 x10 x11");
  EXPECT_EQ(between("w11", "w13"), "w11 w12 w13");
  EXPECT_EQ(between("a5", "a5"), "a5");
}

TEST(NameRange, RefusesWhatIsNone) {
  EXPECT_EQ(between("w3", "w1"), "'w3' to 'w1' is no range: it counts down");
  EXPECT_EQ(between("w", "w3"), "'w' to 'w3' is no range: both names must end in a number");
  EXPECT_EQ(between("v1", "w3"), "'v1' to 'w3' is no range: the names differ before their numbers");
  EXPECT_EQ(between("w1", "w1000000"),
            "'w1' to 'w1000000' is no range: it has more than 100000 names");
  EXPECT_EQ(between("w1", "w12345678901"),
            "'w1' to 'w12345678901' is no range: the numbers are too long");
}

}  // namespace
}  // namespace chalkgrad
