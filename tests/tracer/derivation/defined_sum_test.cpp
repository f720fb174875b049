#include "tracer/derivation/defined_sum.hpp"

#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

TEST(DefinedSum, KnowsWhichTermsAreQuantities) {
  const Solution solution = testing::solve_text(R"(
input x = 2, y = 3
a = x*y
b = x + 1
s = a - b + x*y^2
m = 1/4*(a + b)
n = -1/4*(a - b)
c = a
d = a + a*b + 7
e = a/4
)");
  const Quantities& quantities = *solution.quantities;
  struct Case {
    const char *of, *term, *scale;
    std::optional<std::size_t> place;
    bool inverted;
  };
  for (const auto& [of, term, scale, place, inverted] : {
           Case{"s", "a", "1", 0, false},
           Case{"s", "b", "1", 1, true},
           Case{"s", "y", "1", std::nullopt, false},
           Case{"m", "b", "1/4", 1, false},
           Case{"n", "b", "−1/4", 1, true},
           Case{"c", "a", "1", 0, false},
           Case{"d", "a", "1", std::nullopt, false},  // it also stands in another term
           Case{"e", "a", "1", std::nullopt, false},
       }) {
    const DefinedSum sum(quantities, *quantities.find(of));
    EXPECT_EQ(print(sum.scale()), scale) << of;
    const auto found = sum.place_of(*quantities.find(term));
    ASSERT_EQ(found, place) << of << ", " << term;
    if (place) {
      EXPECT_EQ(sum.terms()[*place].inverted, inverted) << of << ", " << term;
    }
  }
}

}  // namespace
}  // namespace chalkgrad
