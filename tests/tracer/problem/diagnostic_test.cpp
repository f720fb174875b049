#include "tracer/problem/diagnostic.hpp"

#include <gtest/gtest.h>

namespace chalkgrad {
namespace {

TEST(Diagnostic, MarksThePlace) {
  const Source source("mazur.chalk", "a = 1\nnet_o2 = w5*out_h1 + w6*out_h3 + b2\n");
  EXPECT_EQ(describe({2, {24, 30}, "unknown quantity 'out_h3'", "did you mean 'out_h2'?"}, source),
            "mazur.chalk:2:25: error: unknown quantity 'out_h3'\n"
            "  net_o2 = w5*out_h1 + w6*out_h3 + b2\n"
            "                          ^~~~~~ did you mean 'out_h2'?\n");
}

TEST(Diagnostic, CountsColumnsNotBytes) {
  const Source source("t", "β·größe = ?\r\n");
  EXPECT_EQ(describe({1, {15, 16}, "what", ""}, source),
            "t:1:12: error: what\n  β·größe = ?\n             ^\n");
}

TEST(Diagnostic, ShowsTheSurroundingsInALongLine) {
  const std::string line = std::string(500'000, 'a') + "?" + std::string(500'000, 'b');
  const std::string message = describe({1, {500'000, 500'001}, "what", "hint"}, Source("t", line));
  EXPECT_EQ(message, "t:1:500001: error: what\n  ..." + std::string(60, 'a') + "?" +
                         std::string(60, 'b') + "...\n" + std::string(65, ' ') + "^ hint\n");
}

TEST(Diagnostic, ShowsNoRawBytes) {
  const Source source("t", "x = \x1b[31m\xff\tz");
  EXPECT_EQ(describe({1, {9, 10}, "what", ""}, source),
            "t:1:10: error: what\n  x =  [31m? z\n           ^\n");
}

TEST(Diagnostic, WorksBeyondTheEnd) {
  EXPECT_EQ(describe({9, {5, 9}, "what", "hint"}, Source("t", "")), "t:9:1: error: what\n  hint\n");
  EXPECT_EQ(describe({1, {5, 9}, "what", ""}, Source("t", "ab")),
            "t:1:3: error: what\n  ab\n    ^\n");
}

TEST(Source, KnowsLines) {
  const Source source("t",
                      "\xEF\xBB\xBF"
                      "a\r\nb\n\nc");
  EXPECT_EQ(source.line_count(), 4u);
  EXPECT_EQ(source.line(1), "a");
  EXPECT_EQ(source.line(2), "b");
  EXPECT_EQ(source.line(3), "");
  EXPECT_EQ(source.line(4), "c");
  EXPECT_EQ(source.line(5), "");
  EXPECT_EQ(source.line(0), "");
}

}  // namespace
}  // namespace chalkgrad
