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

/// The writer's names for arrays, from their numbers and from what is left. By hand: z = [1.2,
/// −0.2].
TEST(CheckOfArrays, LearnsTheWritersNames) {
  const Solution solution = testing::solve_text(
      "input x = [1, -2]\nweight W = [[0.5, -0.3], [0.8, 0.6]]\nbias b = [0.1, 0.2]\n"
      "weight v = [0.7, -0.4]\nbias c = 0.05\ntarget t = -1\nz = W*x + b\nh = relu(z)\n"
      "s = dot(v, h) + c\nL = max(0, 1 - t*s)\nderive L wrt W, b, v, c\n");
  Checker checker(solution, {});
  const auto judged = [&](const std::string& text) {
    const FileReport report = checker.check("answer.txt", text);
    std::string said;
    for (const std::string& one : report.conventions) said += one + "; ";
    std::size_t right = 0, others = 0;
    for (const Finding& one : report.findings) ++(is_wrong(one) ? others : right);
    return said + std::to_string(right) + "+" + std::to_string(others);
  };
  // z1 is an element of z in the problem, and the array for this writer.
  EXPECT_EQ(judged(">>> W1 = np.array([[0.5, -0.3], [0.8, 0.6]])\n>>> z1 = W1 @ x + b1\n>>> z1\n"
                   "array([ 1.2, -0.2])\n"),
            "read as: W1 = W, z1 = z, b1 = b; 8+0");
  EXPECT_EQ(judged("a = (1.2, -0.2)\n∂L/∂a = (0.7, 0)\nq = max(0, a) = (1.2, 0)\nq_2 = 0"),
            "read as: a = z, q = h; 9+0");
  EXPECT_EQ(judged(">>> dz = -t * v * (z > 0)\n>>> dz\narray([0.7, 0. ])\n"), "4+0");
  EXPECT_EQ(judged("$z = \\begin{pmatrix}0.5 & -0.3\\\\ 0.8 & 0.6\\end{pmatrix}"
                   "\\begin{pmatrix}1\\\\-2\\end{pmatrix} + b = "
                   "\\begin{pmatrix}1.2\\\\-0.2\\end{pmatrix}$"),
            "4+0");
  EXPECT_EQ(judged("L = max(0; 1 − (−1)·0,89) = 1,89"), "2+0");
  // Numbers of no array: a name of her own.
  EXPECT_EQ(judged("g = (1.5, 0.3)\n∂L/∂g = (0.7, 0)"), "0+1");
}

/// z¹ and a² are those of layers where nobody would write a power. By Python: a² = 0.74754447,
/// δ² = −0.25245553, dW² = (−0.13558113, −0.21754678), L = 0.29096148.
TEST(CheckOfArrays, TakesRaisedNumbersForLayers) {
  const Solution solution = testing::solve_text(array_problem);
  Checker checker(solution, {});
  const FileReport report = checker.check(
      "answer.txt",
      "Z¹ = W¹X + b¹ = [0.6; 1.3]\nA¹ = tanh(Z¹) = [0.5370; 0.8617]\nZ² = W²A¹ + b²\n"
      "A² = σ(Z²) = [0.7475]\nδ² = A² − y = [-0.2525]\ndW² = δ² (A¹)ᵀ = [[-0.1356, -0.2175]]\n");
  std::string said;
  for (const std::string& one : report.conventions) said += one;
  EXPECT_EQ(said, "a number above a name is that of its layer");
  for (const Finding& one : report.findings)
    EXPECT_FALSE(is_wrong(one)) << one.subject << " " << one.message;
  // A power stays one: nobody has said a¹.
  EXPECT_EQ(judged_arrays("L = 0.2910\nq = 2*Z1[1]²"), "1");
}

/// What is said of any index is said of each; numbers that are put in belong to one of them.
TEST(GenericIndices, StandForEachThatTheProblemHas) {
  const Solution solution = testing::solve_text(
      "input x = 1\nweight w1, w2 = 2, 1\ntarget y1, y2 = 1, 0\nz1 = w1*x\nz2 = w2*x\n"
      "p1, p2 = softmax(z1, z2)\nL = cross_entropy(y1, y2; p1, p2)\nderive L wrt all\n");
  Checker checker(solution, {});
  const auto judged = [&](const std::string& text) {
    const FileReport report = checker.check("answer.txt", text);
    std::string all;
    for (const Finding& one : report.findings)
      all += (all.empty() ? "" : "; ") + one.subject + " " + std::string(verdict_name(one.verdict));
    return all;
  };
  EXPECT_EQ(judged("\\frac{\\partial L}{\\partial z_i} = p_i - y_i"), "∂L/∂z1 ok; ∂L/∂z2 ok");
  EXPECT_EQ(judged("dL/dw_j = (p_j - y_j)*x"), "∂L/∂w1 ok; ∂L/∂w2 ok");
  EXPECT_EQ(judged("dL/dz_k = y_k - p_k"), "∂L/∂z1 wrong; ∂L/∂z2 wrong");
  EXPECT_EQ(judged("z_i = 2.0"), " unreadable");
  EXPECT_EQ(judged("q = p_i - y_i"), " unreadable");
}

/// h is (h1, h2) where the problem has single quantities. By Python: h = [0.46211716, −0.25429553].
TEST(CheckOfArrays, ReadsVectorsOfSingleQuantities) {
  const Solution solution = testing::solve_text(
      "input x = 0.8\ntarget t = 1.2\nweight u1, u2 = 0.5, -0.7\nbias c1, c2 = 0.1, 0.3\n"
      "weight v1, v2 = 0.9, 0.4\nbias d = -0.2\nz1 = u1*x + c1\nz2 = u2*x + c2\nh1 = tanh(z1)\n"
      "h2 = tanh(z2)\ny = v1*h1 + v2*h2 + d\nE = half_squared_error(t; y)\nderive E wrt all\n");
  Checker checker(solution, {});
  const auto judged = [&](const std::string& text) {
    std::size_t right = 0;
    std::string others;
    for (const Finding& one : checker.check("answer.txt", text).findings) {
      if (is_wrong(one)) others += "; " + one.place + " of " + one.subject;
      if (!is_wrong(one)) ++right;
    }
    return std::to_string(right) + others;
  };
  EXPECT_EQ(judged("h = tanh(u*x + c) = (0.4621, -0.2543)"), "4");
  EXPECT_EQ(judged("$\\nabla_{\\mathbf{v}} E = (y - t)\\mathbf{h} = "
                   "\\begin{pmatrix}-0.5018\\\\0.2761\\end{pmatrix}$"),
            "4");
  EXPECT_EQ(judged(">>> h = torch.tanh(U*x + c); h\ntensor([ 0.4621, -0.2553])\n"),
            "3; element 2 of h2");
  EXPECT_EQ(judged(">>> y_pred = v @ h + d\n>>> y_pred\ntensor(0.1142)\n>>> v.grad\n"
                   "tensor([-0.5018, 0.2761])\n"),
            "4");
  EXPECT_EQ(judged("E = 1/2 (1.2 - 0.1142)^2 = 0.5895"), "2");
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
