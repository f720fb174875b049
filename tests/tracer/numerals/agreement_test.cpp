#include "tracer/numerals/agreement.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace chalkgrad {
namespace {

TEST(Agreement, FollowsTheDigitsWritten) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  struct Case {
    const char* written;
    double truth;
    const char* verdict;
  };
  for (const auto& [written, truth, verdict] : {
           Case{"0.08217", 0.0821670405642308, "ok"},
           Case{"0.0822", 0.0821670405642308, "ok"},
           Case{"0.0821", 0.0821670405642308, "ok-digits"},
           Case{"0.5932", 0.593269992107187, "ok-digits"},
           Case{"0.1816", 0.186815601, "wrong"},
           Case{"-0.019049119", -0.0190491182582781, "last-digit"},
           Case{"0.291027924", 0.291027773693599, "wrong"},
           Case{"2.68", 2.675, "ok"},
           Case{"2.67", 2.675, "ok"},  // both ends closed
           Case{"0.50", 0.5, "ok"},
           Case{"0.5", 0.5499, "ok"},
           Case{"0.5", 0.58, "last-digit"},  // one digit is too few to call it truncated
           Case{"0.05", 0.058, "last-digit"},
           Case{"0.57", 0.5799, "ok-digits"},
           Case{"0.58", -0.58, "wrong"},
           Case{"-0.57", -0.5799, "ok-digits"},
           Case{"12", 12.0, "ok"},
           Case{"12", 12.01, "wrong"},
           Case{"12.0", 12.04, "ok"},
           Case{"-0.2", 1 - 0.1 * 12, "ok"},
           Case{"3", 0.1 + 0.2 + 2.7, "ok"},
           Case{"1e-9", 1.2e-9, "ok"},
           Case{"2e-9", 1e-9, "wrong"},
           Case{"0.00", 0.004, "ok"},
           Case{"0.4985", 0.4985, "ok"},
           Case{".5", 0.52, "ok"},
           Case{"1.2e-3", 0.00124, "ok"},
           Case{"0.3", nan, "wrong"},
           Case{"inf", std::numeric_limits<double>::infinity(), "wrong"},
           Case{"abc", 1, "wrong"},
       })
    EXPECT_EQ(verdict_name(agreement(written, truth)), verdict) << written << " for " << truth;
}

TEST(Agreement, TruncatedAndRoundedStand) {
  EXPECT_TRUE(is_agreement(Agreement::rounded));
  EXPECT_TRUE(is_agreement(Agreement::truncated));
  EXPECT_FALSE(is_agreement(Agreement::last_digit));
  EXPECT_FALSE(is_agreement(Agreement::wrong));
}

}  // namespace
}  // namespace chalkgrad
