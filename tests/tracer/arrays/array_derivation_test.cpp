#include "tracer/arrays/array_derivation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/support/problems.hpp"
#include "tests/support/random_expression.hpp"
#include "tests/support/slow_build.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/problem/array_solution.hpp"

/// Derivatives over arrays as lines of a book, and held to the scalar ones element by element.
namespace chalkgrad {
namespace {

/// δ_z = …; ∂E/∂W = …, or a name alone where there is no rule.
std::string derived(const std::string& text, const std::vector<std::string>& wanted) {
  const Solution solution = testing::solve_text(text);
  const std::string y = solution.problem.derivations.front().output;
  const ArraySolution arrays = solve_over_arrays(solution, y, wanted);
  std::string lines;
  for (const ArrayStep& step : arrays.derivation.deltas)
    lines += step.name + " = " + (step.formula ? print(*step.formula) : "?") + "; ";
  for (const ArrayStep& step : arrays.derivation.gradients)
    lines += "d" + step.symbol + " = " + (step.formula ? print(*step.formula) : "?") + "; ";
  return lines;
}

struct DerivationCase {
  const char* text;
  std::vector<std::string> wanted;
  const char* expected;
};

TEST(ArrayDerivation, IsWrittenAsOnTheBoard) {
  const DerivationCase table[] = {
      {"input x = [1, 2], t = [0, 1]\nweight W = [[1, 2], [3, 4]]\nbias b = [0, 0]\nz = W*x + b\n"
       "h = sigmoid(z)\nE = half_squared_error(t; h)\nderive E wrt W, b",
       {"W", "b"},
       "δ_z = (h − t) ⊙ h ⊙ (1 − h); dW = δ_z·xᵀ; db = δ_z; "},
      {"input X = [[1, 2], [-1, 1]], T = [[1, 0], [0, 1]]\nweight W = [[1, 2], [3, 4]]\nbias b = "
       "[0, 0]\nZ = X*W + b\nP = softmax(Z)\nL = cross_entropy(T; P)\nderive L wrt W, b",
       {"W", "b"},
       "δ_Z = (P − T)/2; dW = Xᵀ·δ_Z; db = column_sums(δ_Z); "},
      // Targets that do not sum to 1 have no short form.
      {"input x = [1, 2], t = [1, 1]\nweight W = [[1, 2], [3, 4]]\nz = W*x\np = softmax(z)\nL = "
       "cross_entropy(t; p)\nderive L wrt W",
       {"W"},
       "δ_z = p ⊙ (−t ⊘ p − dot(−t ⊘ p, p)); dW = δ_z·xᵀ; "},
      {"constant A = [[2, 1], [0, 3]]\nweight x = [1, -1]\nf = x^T*A*x\nderive f wrt x",
       {"x"},
       "dx = (A + Aᵀ)·x; "},
      {"weight W = [[1, 2], [3, 4]]\nJ = sum(W.^2)/2\nderive J wrt W", {"W"}, "dW = W; "},
      {"input X = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]\nweight K = [[1, 0], [-1, 1]]\nZ = conv(X, "
       "K)\nE = sum(Z.^2)\nderive E wrt K, X",
       {"K", "X"},
       "δ_Z = 2·Z; dK = conv(X, δ_Z); dX = conv(δ_Z, turned(K), padding 1); "},
      // A part of an array reaches the whole in its place.
      {"input X = [[1, 0], [0, 1]], t = [1, 0]\nweight W = [[1, 2], [3, 4]]\nO = X*W\nL = "
       "half_squared_error(t; O[2])\nderive L wrt W",
       {"W"},
       "δ_O = [0, 1]·(O[2,:] − t)ᵀ; dW = Xᵀ·δ_O; "},
      {"weight v = 2, h = [3, 4]\nL = v*h[1]^2\nderive L wrt h", {"h"}, "dh = v·2·h1·[1, 0]; "},
      // A function of the file that has one of its arrays in it.
      {"input x = [1, 2]\nweight W = [[1, 2], [3, 4]]\nf(v) = tanh(W*v)\ny = f(x)\nE = sum(y)\n"
       "derive E wrt W",
       {"W"},
       "δ_net_y = ones(2) ⊙ (1 − y.^2); dW = δ_net_y·xᵀ; "},
      // Logarithms of softmax and sigmoid, however they are written.
      {"input f = [1, 2, 3]\np = softmax(f)\nL = -log(p[2])\nderive L wrt f",
       {"f"},
       "df = p − [0, 1, 0]; "},
      {"input f = [1, 2, 3]\nconstant G = 2\np = softmax(f)\nJ = G*log(p[2])\nderive J wrt f",
       {"f"},
       "df = G·([0, 1, 0] − p); "},
      {"input f = [1, 2, 3]\np = log_softmax(f)\nL = -p[2]\nderive L wrt f",
       {"f"},
       "df = softmax(f) − [0, 1, 0]; "},
      {"input Z = [[1, 2], [3, 1]], T = [[1, 0], [0, 1]]\nP = softmax(Z)\nE = -sum(T .* "
       "log(P))/2\nderive E wrt Z",
       {"Z"},
       "dZ = (P − T)/2; "},
      {"input z = [1, 2], y = [0, 1]\nh = sigmoid(z)\nJ = -sum(y .* log(h) + (1 - y) .* log(1 - "
       "h))\nderive J wrt z",
       {"z"},
       "dz = h − y; "},
      {"weight u = [1, 2], v = [3, -1]\nJ = -log(sigmoid(-dot(u, v)))\nderive J wrt u",
       {"u"},
       "du = (1 − σ(−dot(u, v)))·v; "},
      {"input X = [[1, 2], [3, -1]], A = [[2, 0], [1, 1]]\nY = X - column_means(X)\nE = sum(A .* "
       "Y)\nderive E wrt X",
       {"X"},
       "δ_Y = A; dX = −column_sums(δ_Y)/2 + δ_Y; "},
      {"input x = [1, 2]\nweight w = [3, -1]\nQ = dot(w, x)\ny = stop(1 + Q)\nL = 1/2*(y - "
       "Q)^2\nderive L wrt w",
       {"w"},
       "δ_Q = −(y − Q); dw = δ_Q·x; "},
      {"input t = [1, 2]\nweight z = [3, -1]\nE = max(0, 1 - dot(z, t))\nderive E wrt z",
       {"z"},
       "dz = −relu′(1 − dot(z, t))·t; "},
  };
  for (const DerivationCase& one : table)
    EXPECT_EQ(derived(one.text, one.wanted), one.expected) << one.text;
}

/// Layers with random shapes, functions and losses.
std::string random_program(testing::Random& random) {
  const auto whole = [&](int low, int high) {
    return low + testing::below(random, high - low + 1);
  };
  const auto size = [&] { return std::to_string(whole(1, 4)); };
  std::string rows = size(), text, last = "x";
  text = "seed " + std::to_string(whole(1, 1000)) + "\ninput x[" + rows + "] = random(-1, 1)\n";
  const int layers = whole(1, 3);
  for (int k = 1; k <= layers; ++k) {
    const std::string n = std::to_string(k), units = std::to_string(whole(2, 4));
    const char* functions[] = {"tanh", "sigmoid", "softplus", "exp", "sin", "softmax", "relu"};
    text += "weight W" + n + "[" + units + "," + rows + "] = random(-1, 1, step 0.01)\nbias b" + n +
            "[" + units + "] = random(-1, 1)\nz" + n + " = W" + n + "*" + last + " + b" + n +
            "\nh" + n + " = " + functions[whole(0, 6)] + "(z" + n + ")" +
            (whole(0, 2) == 0 ? " .* z" + n : "") + "\n";
    last = "h" + n;
    rows = units;
  }
  const char* ends[] = {"half_squared_error(t; ", "squared_error(t; ", "mean_squared_error(t; ",
                        "sum("};
  const int end = whole(0, 3);
  text += "target t[" + rows + "] = random(-1, 1)\nE = " + ends[end] + last + ")" +
          (whole(0, 1) == 0 ? " + 0.1*sum(W1.^2)" : "") + "\nderive E wrt all, x\n";
  return text;
}

/// Every formula gives what the engine gives; solve_over_arrays would drop it otherwise.
TEST(ArrayDerivation, HasAFormulaForEveryArrayOfRandomNetworks) {
  for (unsigned seed = 1; seed <= static_cast<unsigned>(testing::rounds(200)); ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    testing::Random random(seed);
    const std::string text = random_program(random);
    const Solution solution = testing::solve_text(text);
    std::vector<std::string> wanted;
    for (const Array& array : solution.problem.arrays)
      if (!array.definition && array.name != "t") wanted.push_back(array.shown);
    const ArraySolution arrays = solve_over_arrays(solution, "E", wanted);
    for (const ArrayStep& step : arrays.derivation.deltas)
      EXPECT_TRUE(step.formula.has_value()) << step.name << "\n" << text;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      EXPECT_TRUE(arrays.derivation.gradients[i].formula.has_value()) << wanted[i] << "\n" << text;
      const Array& array =
          *std::find_if(solution.problem.arrays.begin(), solution.problem.arrays.end(),
                        [&](const Array& one) { return one.shown == wanted[i]; });
      for (std::size_t k = 0; k < array.elements.size(); ++k)
        EXPECT_NEAR(arrays.gradients[i][k], solution.gradients.at("E").at(array.elements[k]),
                    1e-9 * (1 + std::abs(arrays.gradients[i][k])));
    }
  }
}

/// The elements are what a file of scalars has, to the last bit.
TEST(ArrayDerivation, LeavesTheScalarsAsTheyAre) {
  for (unsigned seed = 1; seed <= static_cast<unsigned>(testing::rounds(60)); ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    testing::Random random(seed);
    const Solution arrays = testing::solve_text(random_program(random));
    std::string scalars;
    for (const Item& item : arrays.problem.items)
      scalars += (item.definition ? "" : std::string(role_name(item.role)) + " ") + item.name +
                 " = " + print(item.definition ? *item.definition : *item.number, ascii_dialect()) +
                 "\n";
    scalars += "derive E wrt ";
    for (const std::string& name : arrays.problem.derivations.front().wrt)
      scalars += (scalars.ends_with("wrt ") ? "" : ", ") + name;
    const Solution written = testing::solve_text(scalars + "\n");
    EXPECT_EQ(written.gradients, arrays.gradients) << scalars;
  }
}

}  // namespace
}  // namespace chalkgrad
