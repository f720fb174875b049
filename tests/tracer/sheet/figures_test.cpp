#include "tracer/sheet/figures.hpp"

#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

constexpr const char* square_of_a_third = R"(
input x = 0.10
weight w = 2
a = w*x/3
y = a^2
derive y wrt x, w
)";

TEST(Figures, ExactCarryRoundsForDisplayOnly) {
  const Solution solution = testing::solve_text(square_of_a_third);
  const Quantities& quantities = *solution.quantities;
  const Figures figures(quantities, solution.derivation, Numerals{});
  const auto shown = [&](const char* name) {
    return figures.of_quantity(*quantities.find(name)).number.text();
  };
  EXPECT_EQ(shown("x"), "0.10");
  EXPECT_EQ(shown("a"), "0.06667");
  EXPECT_EQ(shown("y"), "0.004444");  // (0.0666…)²
  EXPECT_EQ(print(*figures.with_figures(quantities.definition(*quantities.find("y")))),
            "0.06667^2");
}

TEST(Figures, RoundedCarryUsesWhatIsShown) {
  const Solution solution = testing::solve_text(square_of_a_third);
  const Quantities& quantities = *solution.quantities;
  Numerals numerals{Precision::decimals, 2, Rounding::half_up, Carry::rounded};
  const Figures figures(quantities, solution.derivation, numerals);
  const auto shown = [&](const char* name) {
    return figures.of_quantity(*quantities.find(name)).number.text();
  };
  EXPECT_EQ(shown("a"), "0.07");
  EXPECT_EQ(shown("y"), "0.00");  // 0.07² = 0.0049
  // ∂y/∂a = 2·0.07 = 0.14; ∂a/∂w = 0.10/3 = 0.03; ∂y/∂w = 0.14·0.03 = 0.0042
  const Step& step = solution.derivation.steps[solution.derivation.requested[1]];
  EXPECT_EQ(figures.of_step(step.products[0].factors[0]).number.text(), "0.14");
  EXPECT_EQ(figures.of_step(step.products[0].factors[1]).number.text(), "0.03");
  EXPECT_EQ(figures.of_step(solution.derivation.requested[1]).number.text(), "0.00");
}

TEST(Figures, RoundedCarryRefusesFiguresThatLeaveADomain) {
  const Solution solution = testing::solve_text("input x = 0.001\ny = x*2\nz = ln(y)");
  const Numerals coarse{Precision::decimals, 2, Rounding::half_up, Carry::rounded};
  try {
    (void)Figures(*solution.quantities, solution.derivation, coarse);
    FAIL() << "ln(0.00) has a figure";
  } catch (const std::domain_error& error) {
    EXPECT_STREQ(error.what(),
                 "--carry rounded: with numbers rounded to so few digits, z has no value");
  }
}

TEST(Figures, UnknownsHaveNone) {
  const Solution solution =
      testing::solve_text("input u, x = 2\ny = u*x\nz = x^2\nderive y wrt u, x");
  const Quantities& quantities = *solution.quantities;
  const Figures figures(quantities, solution.derivation, Numerals{});
  EXPECT_FALSE(figures.of_quantity(*quantities.find("u")).known);
  EXPECT_FALSE(figures.of_quantity(*quantities.find("y")).known);
  EXPECT_TRUE(figures.of_quantity(*quantities.find("z")).known);
  EXPECT_TRUE(figures.of_step(solution.derivation.requested[0]).known);  // x
  EXPECT_FALSE(figures.of_step(solution.derivation.requested[1]).known);
}

}  // namespace
}  // namespace chalkgrad
