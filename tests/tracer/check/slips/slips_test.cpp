#include "tracer/check/slips/slips.hpp"

#include <gtest/gtest.h>

namespace chalkgrad {
namespace {

TEST(DigitSlip, IsNamedWhereOneDigitIsWrong) {
  const struct {
    const char* written;
    double truth;
    const char* expected;
  } table[] = {
      {"0.7541", 0.751365, "looks like 0.7514"},  // swapped
      {"0.1868", 0.186815, ""},                   // right
      {"0.5939", 0.593270, "looks like 0.5933"},  // exchanged
      {"0.743", 0.741365, "looks like 0.741"},    // exchanged
      {"0.1862", 0.186815, "looks like 0.1868"},
      {"0.1682", 0.186815, "looks like 0.18682 with a digit dropped"},
      {"0.8217", 0.082167, "looks like 0.08217 with the point moved"},
      {"0.5", 0.593270, ""},      // one digit proves nothing
      {"-0.2171", 0.217071, ""},  // a sign is no digit
  };
  for (const auto& row : table) {
    const auto slip = digit_slip(row.written, row.truth);
    EXPECT_EQ(slip ? slip->description : "", row.expected) << row.written;
    EXPECT_EQ(slip ? slip->id : "digit", "digit");
  }
}

}  // namespace
}  // namespace chalkgrad
