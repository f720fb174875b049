#include "tracer/problem/reading/derivatives.hpp"

#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tests/support/random_expression.hpp"
#include "tests/support/slow_build.hpp"

/// Derivatives as quantities: their formulas, what is derived of them, and how they are called.
namespace chalkgrad {
namespace {

using testing::errors_of;
using testing::solve_text;

double value_of(const Solution& solution, const std::string& name) {
  return (*solution.quantities)[*solution.quantities->find(name)].value;
}

struct DerivativeCase {
  const char* text;
  const char* name;
  double value;
};

/// Worked out by hand.
TEST(Derivatives, AreQuantities) {
  for (const auto& [text, name, value] : {
           DerivativeCase{"weight w = 3\nE = w^3\ng = dE/dw", "g", 27},
           DerivativeCase{"weight w = 3\nE = w^3\ng = \u2202E/\u2202w\nh = dg/dw", "h", 18},
           DerivativeCase{"weight w = 3\nE = w^3\nh = d2E/dw2", "h", 18},
           DerivativeCase{"weight w = 3\nE = w^3\nv = w - 0.5*dE/dw", "v", -10.5},
           DerivativeCase{"weight w = 3\nE = w^3\ng = dE/dw\nk = g^2 + dg/dw", "k", 747},
           // They may stand before what they are derivatives of.
           DerivativeCase{"g = dE/dw\nE = w^3\nweight w = 3", "g", 27},
           DerivativeCase{"weight w, v = 3, 2\nE = 5*v\ng = dE/dw", "g", 0},
           DerivativeCase{"weight w = -2\nE = relu(w)^2 + abs(w)\ng = dE/dw", "g", -1},
           DerivativeCase{"weight x, y = 1, 2\nf = x^2*y + y^3\nG = grad(f; x, y)\ns = G[2]", "s",
                          13},
           DerivativeCase{"weight x, y = 1, 2\nf = x^2*y + y^3\nH = hessian(f; x, y)\ns = H[1,2]",
                          "s", 2},
           DerivativeCase{
               "weight x, y = 1, 2\nu = x*y\nv = x + y^2\nJ = jacobian(u, v; x, y)\nd = det(J)",
               "d", 7},
           DerivativeCase{"weight W = [[1, 2], [3, 4]]\nE = sum(W.^3)\nG = grad(E; W)\ns = G[2,1]",
                          "s", 27},
           DerivativeCase{"weight W = [[1, 2], [3, 4]]\nE = sum(W.^3)\ng = dE/dW[2,1]", "g", 27},
           // Quantities of these names are quantities, and a quotient is one.
           DerivativeCase{"weight w = 3\nE = w^3\ndE = 8\ndw = 2\ng = dE/dw", "g", 4},
       })
    EXPECT_DOUBLE_EQ(value_of(solve_text(text), name), value) << text;
}

/// Second derivatives of random networks against differences of what the engine sweeps.
TEST(Derivatives, OfDerivativesAgreeWithDifferences) {
  const char* functions[] = {"sigmoid", "tanh", "softplus", "sin", "exp"};
  for (unsigned seed = 1; seed <= static_cast<unsigned>(testing::rounds(60)); ++seed) {
    testing::Random random(seed);
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    const auto number = [&] { return std::to_string(testing::uniform(random, -1, 1)); };
    const double w = testing::uniform(random, -1, 1);
    const std::string rest = "\nweight v = " + number() + "\ninput x, t = " + number() + ", " +
                             number() + "\nh = " + functions[testing::below(random, 5)] +
                             "(w*x + v)\ny = " + functions[testing::below(random, 5)] +
                             "(v*h + w)\nE = 1/2*(t - y)^2 + 0.1*w^2*v\n";
    const auto gradient = [&](double at) {
      return solve_text("weight w = " + std::to_string(at) + rest + "derive E wrt v")
          .gradients.at("E")
          .at("v");
    };
    const double here = std::stod(std::to_string(w)), step = 1e-5;
    const Solution solution = solve_text("weight w = " + std::to_string(w) + rest +
                                         "g = dE/dv\nk = dg/dw\nderive g wrt w");
    const double difference = (gradient(here + step) - gradient(here - step)) / (2 * step);
    EXPECT_NEAR(value_of(solution, "k"), difference, 1e-6 * (1 + std::abs(difference)));
    EXPECT_NEAR(solution.gradients.at("g").at("w"), difference, 1e-6 * (1 + std::abs(difference)));
    EXPECT_NEAR(value_of(solution, "g"), gradient(here), 1e-12);
  }
}

/// NumPy's linalg for the leading parts of a matrix.
TEST(Derivatives, NewtonsStepIsSolvedByHand) {
  const std::string matrix =
      "constant A = [[2, -1, 0.5, 1], [1, 3, -2, 0.25], [0, 1.5, 4, -1], [-1, 0.5, 2, 5]]\n"
      "constant b = [1, -2, 3, 0.5]\n";
  const auto of = [&](int n, const std::string& what) {
    const std::string end = ".." + std::to_string(n) + "]";
    return value_of(
        solve_text(matrix + "B = A[1.." + std::to_string(n) + ", 1" + end + "\nc = b[1" + end +
                   "\ns = solve(B, c)\nK = inverse(B)\nd = det(B)\ny = " + what),
        "y");
  };
  EXPECT_NEAR(of(2, "d"), 7, 1e-12);
  EXPECT_NEAR(of(3, "d"), 34.75, 1e-12);
  EXPECT_NEAR(of(4, "d"), 205.1875, 1e-11);
  EXPECT_NEAR(of(2, "s[1]"), 0.142857142857, 1e-12);
  EXPECT_NEAR(of(3, "s[3]"), 0.820143884892, 1e-12);
  EXPECT_NEAR(of(4, "s[4]"), -0.143161742309, 1e-12);
  EXPECT_NEAR(of(4, "K[1,2]"), 0.121839780688, 1e-12);
}

TEST(Derivatives, SaysWhatIsNone) {
  const std::string start = "weight w = 1\nE = w^2\n";
  EXPECT_EQ(
      errors_of("weight w = 1\nE = w^2 + dE/dw"),
      "test.chalk:2:11: error: dE/dw needs itself\n  E = w^2 + dE/dw\n            ^~~~~ it is "
      "used in the definition of what it is a derivative of\n");
  EXPECT_EQ(
      errors_of("weight w = [1, 2]\nE = sum(w)\ng = dE/dw"),
      "test.chalk:3:5: error: w is a vector of 2, and dE/dw would be one number\n  g = dE/dw\n"
      "      ^~~~~ write grad(E; w)\n");
  EXPECT_EQ(
      errors_of(start + "g = grad(E)"),
      "test.chalk:3:5: error: 'grad' is written grad(E; w1, w2)\n  g = grad(E)\n      ^~~~~~~\n");
  EXPECT_EQ(errors_of("constant A = [[1, 2], [3, 4], [5, 6]]\nd = det(A)"),
            "test.chalk:2:5: error: det of a 3 \u00D7 2 matrix\n  d = det(A)\n      ^~~~~~ a "
            "square matrix "
            "of at most 4 \u00D7 4 is needed\n");
  EXPECT_EQ(
      errors_of(
          "samples x, t\n1 2\n2 3\nweight w = 1\ny = w*x\nE = mean over samples of (y - t)^2\n"
          "k = dy/dw"),
      "test.chalk:7:5: error: 'y' has a value in each sample\n  k = dy/dw\n      ^~~~~\n");
}

}  // namespace
}  // namespace chalkgrad
