#include "tracer/check/report/report.hpp"

#include <gtest/gtest.h>

namespace chalkgrad {
namespace {

/// x², of which the lexer reads the exponent by itself: "²" is two bytes.
TEST(Report, QuotesWholeCharacters) {
  FileReport report;
  report.text = "y = x² − 1";
  const std::size_t square = report.text.find("²");
  Finding finding;
  finding.span = {square + 1, square + 2};
  EXPECT_EQ(written(report, finding), "²");
  finding.span = {4, square + 1};
  EXPECT_EQ(written(report, finding), "x²");
  EXPECT_EQ(written(report, finding, 2), "x");
  finding.span = {4, report.text.size()};
  EXPECT_EQ(written(report, finding), "x² − 1");
  EXPECT_EQ(written(report, finding, 5), "x² ");
}

}  // namespace
}  // namespace chalkgrad
