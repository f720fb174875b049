#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/check/reading/families.hpp"

/// What is written in vectors and matrices of a problem that has single quantities.
namespace chalkgrad {
namespace {

struct FamiliesOf {
  const char *problem, *expected;
};

std::string families_in(const std::string& text) {
  std::string all;
  for (const Family& family : families_of(testing::solve_text(text).problem)) {
    all += (all.empty() ? "" : "; ") + family.name;
    if (family.shape.is_matrix())
      all += " " + std::to_string(family.shape.rows) + "x" + std::to_string(family.shape.columns);
    all += family.given ? " given:" : ":";
    for (const std::string& one : family.elements) all += " " + one;
  }
  return all;
}

TEST(Families, AreOfOneLetterAndAllIndices) {
  for (const auto& [problem, expected] : {
           FamiliesOf{
               "input x1, x2 = 1, 2\nweight w1, w2 = 3, 4\ny = w1*x1 + w2*x2\nderive y wrt w1",
               "x given: x1 x2; X given: x1 x2; w given: w1 w2; W given: w1 w2; "
               "(w1 … w2) given: w1 w2"},
           FamiliesOf{"input x1, x2 = 1, 2\nweight w11, w12, w21, w22 = 3, 4, 5, 6\nz1 = w11*x1 + "
                      "w12*x2\nz2 = w21*x1 + w22*x2\ny = z1*z2\nderive y wrt w11",
                      "x given: x1 x2; X given: x1 x2; W 2x2 given: w11 w12 w21 w22; "
                      "w 2x2 given: w11 w12 w21 w22; z: z1 z2; Z: z1 z2; "
                      "(w11 … w22) 2x2 given: w11 w12 w21 w22"},
           // w2 is missing; w is a quantity of its own.
           FamiliesOf{"input x = 1\nweight w1, w3 = 3, 4\ny = w1*x + w3\nderive y wrt w1", ""},
           FamiliesOf{"weight w = 2\nweight w1, w2 = 3, 4\ny = w1*w + w2\nderive y wrt w",
                      "W given: w1 w2"},
           // A family is of more than one.
           FamiliesOf{"input x1 = 2\nweight w = 3\ny = w*x1\nderive y wrt w", ""},
           FamiliesOf{"samples x, t\n 1, 2\n 3, 4\nweight w = 1\ny = w*x\nE = mean over samples of "
                      "(y - t)^2\nderive E wrt w",
                      "y: y[1] y[2]; x given: x[1] x[2]; t given: t[1] t[2]"},
       })
    EXPECT_EQ(families_in(problem), expected) << problem;
}

}  // namespace
}  // namespace chalkgrad
