#include "tracer/derivation/arrangement.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/support/problems.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

std::string shown(const Solution& solution, const Arrangement& arrangement) {
  std::string text;
  for (const Block& block : arrangement.blocks) {
    for (const Entry& entry : block.entries) {
      const Step& step = solution.derivation.steps[entry.step];
      text += std::string(static_cast<std::size_t>(entry.depth), ' ');
      text += entry.part == Entry::Part::statement ? "+"
              : entry.part == Entry::Part::whole   ? "="
                                                   : "-";
      text += print(step.symbol()) + "\n";
    }
    text += "\n";
  }
  return text;
}

TEST(Arrangement, NestsTwoDeepAndGivesTheRestBlocksOfTheirOwn) {
  const Solution solution = testing::solve_text(R"(
input x = 0.5
weight w = 2
a = w*x
h = sigmoid(a)
p = 2*h
q = 3*h
E_p = p^2
E_q = q^2
E = E_p + E_q
derive E wrt w
)");
  const Arrangement arrangement = arrange(solution.derivation, solution.derivation.requested);
  EXPECT_EQ(shown(solution, arrangement),
            "+∂E/∂h\n"
            " +∂E_p/∂h\n"
            "  =∂E_p/∂p\n"
            "  =∂p/∂h\n"
            " -∂E_p/∂h\n"
            " +∂E_q/∂h\n"
            "  =∂E_q/∂q\n"
            "  =∂q/∂h\n"
            " -∂E_q/∂h\n"
            "-∂E/∂h\n"
            "\n"
            "+∂E/∂w\n"
            " =∂h/∂a\n"
            " =∂a/∂w\n"
            "-∂E/∂w\n"
            "\n");
}

TEST(Arrangement, NumbersStepsInTheOrderOfTheirAppearance) {
  const Solution solution = testing::solve_text(R"(
input x = 0.5, t = 1
y = sin(x)
L = y - t
M = L^2 + t
N = M + 1
derive N wrt x, y
derive N wrt L
)");
  const Arrangement arrangement = arrange(solution.derivation, solution.derivation.requested);
  std::size_t last = 0;
  std::set<StepIndex> stated;
  for (const Block& block : arrangement.blocks) {
    for (const Entry& entry : block.entries) {
      EXPECT_LE(entry.depth, 2);
      if (entry.part == Entry::Part::conclusion) continue;
      EXPECT_TRUE(stated.insert(entry.step).second) << "shown twice";
      EXPECT_EQ(arrangement.numbers[entry.step], ++last);
    }
  }
}

TEST(Arrangement, NeededStepsComeAfterThoseTheyUse) {
  const Solution solution =
      testing::solve_text("input x = 0.5\na = 2*x\nb = x^2\nc = a*b\ny = c^2\nderive y wrt x");
  std::vector<std::string> names;
  for (const StepIndex step : needed_steps(solution.derivation, solution.derivation.requested))
    names.push_back(print(solution.derivation.steps[step].symbol()));
  const std::vector<std::string> expected = {"∂y/∂c", "∂c/∂a", "∂a/∂x", "∂c/∂b",
                                             "∂b/∂x", "∂c/∂x", "∂y/∂x"};
  EXPECT_EQ(names, expected);
}

}  // namespace
}  // namespace chalkgrad
