#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/check/check.hpp"

/// Answers in vectors and matrices: how they are written, and where in them something is wrong. The
/// figures are NumPy's: z = [0.6, 1.3], tanh z = [0.5370495670, 0.8617231593].
namespace chalkgrad {
namespace {

constexpr const char* array_problem =
    "input X = [1, 2]\nweight W1 = [[0.1, 0.2], [0.3, 0.4]], W2 = [[0.5, 0.6]]\nbias b1 = [0.1, "
    "0.2], b2 = [0.3]\ntarget y = [1]\nZ1 = W1*X + b1\nA1 = tanh(Z1)\nZ2 = W2*A1 + b2\nA2 = "
    "sigmoid(Z2)\nL = binary_cross_entropy(y; A2)\nderive L wrt all\n";

/// What is right, and what is said of the rest: place and verdict.
std::string judged_arrays(const std::string& text) {
  const Solution solution = testing::solve_text(array_problem);
  Checker checker(solution, {});
  std::size_t right = 0;
  std::string others;
  for (const Finding& finding : checker.check("answer.txt", text).findings) {
    if (finding.verdict == Verdict::ok || finding.verdict == Verdict::ok_digits ||
        finding.verdict == Verdict::ok_carried) {
      ++right;
    } else {
      others += "; " + finding.place + ": " + std::string(verdict_name(finding.verdict)) +
                (finding.verdict == Verdict::unreadable ? ", " + finding.message : "");
    }
  }
  return std::to_string(right) + others;
}

struct ArrayAnswer {
  const char *written, *expected;
};

TEST(CheckOfArrays, ReadsThemAsTheyAreWritten) {
  for (const auto& [written, expected] : {
           ArrayAnswer{"Z1 = W1 @ X + b1 = [0.6, 1.3]", "4"},
           ArrayAnswer{"Z1 = [[0.6], [1.3]]", "2"},
           ArrayAnswer{"Z1 = [0.6 1.3]", "2"},
           ArrayAnswer{"Z1 = np.array([0.6, 1.3])", "2"},
           ArrayAnswer{"Z1 = tensor([0.6000, 1.3000], dtype=torch.float64)", "2"},
           ArrayAnswer{"W1 = [[0.1, 0.2],\n      [0.3, 0.4]]", "4"},
           ArrayAnswer{"W1 = [[0.1 0.2]\n [0.3 0.4]]", "4"},
           ArrayAnswer{"$Z_1 = \\begin{pmatrix} 0.6 \\\\ 1.3 \\end{pmatrix}$", "2"},
           ArrayAnswer{"$W_1^\\top = \\begin{bmatrix} 0.1 & 0.3 \\\\ 0.2 & 0.4 \\end{bmatrix}$",
                       "4"},
           ArrayAnswer{"dA1 = W2.T @ dZ2", "2"},
           ArrayAnswer{"dZ1 = dA1 * (1 - A1**2)\nZ1 = W1 @ X + b1", "4"},
           ArrayAnswer{"dW1 = dZ1 @ X.T", "4"},
           ArrayAnswer{"∇_W1 L = δ_Z1·Xᵀ", "4"},
           ArrayAnswer{"W1 = np.array([[0.1, 0.2], [0.3, 0.4]])", "4"},
           ArrayAnswer{"W1 = torch.tensor([[0.1, 0.2],\n   [0.3, 0.4]], grad_fn=<A>)", "4"},
           ArrayAnswer{"W1: [[0.1, 0.2], [0.3, 0.4]]", "4"},
           ArrayAnswer{">>> W1\narray([[0.1, 0.2],\n       [0.3, 0.4]])", "4"},
           ArrayAnswer{"In [7]: Z1\nOut[7]:\narray([0.6, 1.3])", "2"},
           ArrayAnswer{"Z1 = np.dot(W1, X) + b1", "2"},
           ArrayAnswer{"dZ1 = np.multiply(W2.T.dot(dZ2), 1 - np.power(A1, 2))", "2"},
           ArrayAnswer{"$\\delta^{(2)} = A_2 - y$", "1"},
           ArrayAnswer{"dL/dW1[1,2] = δ_Z1[1]*X[2]", "1"},
       })
    EXPECT_EQ(judged_arrays(written), expected) << written;
}

/// With rows and columns exchanged, by the shape or by the numbers: one mistake.
TEST(CheckOfArrays, NamesWhatIsTransposed) {
  const Solution solution = testing::solve_text(array_problem);
  Checker checker(solution, {});
  const auto said = [&](const std::string& text) {
    std::string all;
    for (const Finding& one : checker.check("answer.txt", text).findings)
      if (!one.slip.empty()) all += one.subject + " " + one.slip + ": " + one.message;
    return all;
  };
  EXPECT_EQ(said("dW1 = X @ dZ1.T"),
            "∂L/∂W1 transposed: the product is the wrong way round: what comes out is transposed");
  EXPECT_EQ(said("dW1 = np.outer(X, dZ1)"),
            "∂L/∂W1 transposed: the product is the wrong way round: what comes out is transposed");
  EXPECT_EQ(said("W1 = [[0.1, 0.3], [0.2, 0.4]]"),
            "W1 transposed: it is transposed: its rows are the columns of what is asked for");
  EXPECT_EQ(said("W2 = [[0.5], [0.6]]"),
            "W2 transposed: it is transposed: its rows are the columns of what is asked for");
  EXPECT_EQ(said("W1 = [[0.1, 0.2], [0.3, 0.4]]"), "");
}

TEST(CheckOfArrays, SaysWhichElementIsWrong) {
  EXPECT_EQ(judged_arrays("Z1 = [0.6, 1.4]"), "1; element 2: wrong");
  EXPECT_EQ(judged_arrays("W1 = [[0.1, 0.2], [0.5, 0.4]]"), "3; row 2, column 1: wrong");
  EXPECT_EQ(judged_arrays("Z1 = [0.6, 1.3, 2]"),
            "0; : unreadable, this is a vector of 3, but Z1 is a vector of 2");
}

/// W^T·h is a matrix of one column; beside a vector it is one. 0.5347 and the gradient are NumPy's.
TEST(ArraysAsVectors, ALossHasNoMeanOverRowsOfOne) {
  const Solution solution = testing::solve_text(
      "input x = [1, 0.5]\nweight W = [[0.3, -0.2]]\nh = sigmoid(W*x)\nxhat = W^T*h\n"
      "L = half_squared_error(x; xhat)\nderive L wrt W\n");
  const Quantities& all = *solution.quantities;
  EXPECT_NEAR(all[*all.find("L")].value, 0.534683833, 1e-8);
}

/// The square of a length has a derivative where the length is 0.
TEST(ArraysAsVectors, ASquaredNormHasADerivativeAtZero) {
  const Solution solution = testing::solve_text(
      "input x = [1, 0.5]\nweight w = [0, 0]\nL = 1/2*(1 - dot(w, x))^2 + 0.1*norm(w)^2\nderive L "
      "wrt w\n");
  EXPECT_EQ(solution.gradients.at("L").begin()->second, -1);
  EXPECT_EQ(solution.gradients.at("L").rbegin()->second, -0.5);
}

}  // namespace
}  // namespace chalkgrad
