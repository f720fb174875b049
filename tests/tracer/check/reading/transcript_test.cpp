#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/check/check.hpp"
#include "tracer/check/reading/transcript.hpp"

/// Sessions with an interpreter, as relations, and where what is said of them stands.
namespace chalkgrad {
namespace {

struct SessionText {
  const char *written, *expected;
};

TEST(Transcript, SaysThatWhatWasAskedIsWhatWasAnswered) {
  for (const auto& [written, expected] : {
           SessionText{">>> h\narray([0.5, -0.3])\n", "h = [0.5, -0.3]\n"},
           SessionText{">>> W\narray([[0.1, 0.2],\n       [0.3, 0.4]], dtype=float32)\n",
                       "W = [[0.1, 0.2],        [0.3, 0.4]]\n"},
           SessionText{">>> y = v @ h + d\n>>> y\ntensor(0.1142, grad_fn=<AddBackward0>)\n",
                       "y = v @ h + d\ny = 0.1142\n"},
           SessionText{">>> L = 0.5*(y - t)**2; L.item()\n0.5895\n",
                       "L = 0.5*(y - t)**2\nL = 0.5895\n"},
           SessionText{">>> x.grad, y.grad\n(-0.07, tensor([0.1, 0.2]))\n",
                       "x.grad = -0.07\ny.grad = [0.1, 0.2]\n"},
           SessionText{">>> L.backward()\n>>> w\nValue(data=-1.0, grad=0.25)\n",
                       "L.backward()\nw = -1.0\nw.grad = 0.25\n"},
           // Before the sweep the gradient is not worked out.
           SessionText{">>> w\nValue(data=-1.0, grad=0.0)\n", "w = -1.0\n"},
           SessionText{">>> x = Value(3.0); w = torch.tensor(0.5, requires_grad=True)\n",
                       "x = 3.0\nw = 0.5\n"},
           SessionText{">>> print(z)\n0.5\n>>> print(f'z = {z}')\nz = 0.5\n", "z = 0.5\nz = 0.5\n"},
           SessionText{">>> round(z, 4)\n0.5\n>>> np.float64(2)\n2.0\n",
                       "z = 0.5\nnp.float64(2) = 2.0\n"},
           SessionText{">>> for i in range(2):\n...     print(i)\n0\n1\n", "0\n1\n"},
           SessionText{"In [3]: z\nOut[3]: 0.5\n", "z = 0.5\n"},
           SessionText{"In [7]: z\nOut[7]:\narray([0.6, 1.3])", "z = [0.6, 1.3]\n"},
           SessionText{">>> z\n0.5\n\nSo z is 0.5.", "z = 0.5\n\nSo z is 0.5.\n"},
           SessionText{">> z = W*x + b\n\nz =\n\n    0.7500\n   -1.0000\n",
                       "z = W*x + b\n\nz = [0.7500, -1.0000]\n"},
           SessionText{">> a = [1 2; 3 4]; b = X'*(p - y)/2\n",
                       "a = [[1 2], [3 4]]\nb = Xᵀ*(p - y)/2\n"},
           SessionText{">> X'*d\n\nans =\n\n   1.0e-03 *\n\n    0.2500   -0.5000\n",
                       "Xᵀ*d\n\nXᵀ*d = 1.0e-03 *[0.2500   -0.5000]\n"},
           SessionText{
               "> x <- c(1.5, -0.5)\n> sum(w*x)\n[1] 0.3\n> -log(p); t(W) %*% d\n[1] 0.5 0.2\n",
               "x = [1.5, -0.5]\nsum(w*x) = 0.3\n(-log(p))\n(W)ᵀ * d = [0.5 0.2]\n"},
           SessionText{"> print(W)\n     [,1] [,2]\n[1,]  0.1  0.2\n[2,]  0.3  0.4\n> -z\n[1] 1\n",
                       "W = [[0.1  0.2], [0.3  0.4]]\n(-z) = 1\n"},
           // A quotation is none, whatever a reference looks like; a comment is no statement.
           SessionText{">>> y  # the output; E\n0.323\n", "y = 0.323\n"},
           SessionText{">>> round(a, 4) + round(b, 4)\n0.9607\n>>> a == 0.5\nFalse\n",
                       "round(a, 4) + round(b, 4) = 0.9607\nFalse\n"},
           SessionText{">>> a, b = f(x, y), 2\n>>> g = lambda z: z\n", "a = f(x, y)\nb = 2\n"},
           SessionText{">> z = 0.7*a(2) - W(1,:)*exp(1)\n", "z = 0.7*a[2] - W[1,:]*exp(1)\n"},
           SessionText{"dv = d*a';   % 1.2\n\ndv =\n\n    1.2000\n",
                       "dv = d*aᵀ =  1.2\n\ndv = 1.2000\n"},
       }) {
    const auto session = session_as_relations(written);
    ASSERT_TRUE(session) << written;
    EXPECT_EQ(session->text(), expected) << written;
  }
}

TEST(Transcript, LeavesOtherTextsAlone) {
  for (const char* text :
       {"", "z = 0.5\n", "The weight w =\nis not known.", "a >> b", "z =\n\nnext",
        "> quoted: z = 0.5\n[2] is a reference", "> y is 0.9\n[1] Bishop, p. 241",
        "z1 =\n0.18\nE = 0.2292, which is 23 % of y'(z)", "In [brackets]"})
    EXPECT_FALSE(session_as_relations(text)) << text;
}

/// What is written is found in its own place, and what was added stands between its neighbours.
TEST(Transcript, KnowsWhereEverythingStood) {
  const std::string text = ">>> a; h\n[0.5,\n -0.3]\n>> \n\nz =\n\n  1.5\n\n>>> h.item()\n";
  const auto session = session_as_relations(text);
  ASSERT_TRUE(session);
  std::size_t before = 0;
  for (std::size_t at = 0; at < session->size(); ++at) {
    const std::size_t origin = session->origin(at);
    ASSERT_LT(origin, text.size());
    EXPECT_GE(origin, before) << at;
    before = origin;
    const char c = session->text()[at];
    const bool written = c == '0' || c == '5' || c == '3' || c == 'h' || c == 'z';
    EXPECT_TRUE(!written || text[origin] == c) << at;
  }
}

TEST(Transcript, EndsWithWhateverIsThere) {
  for (const char* text :
       {">>> ", ">>>", ">> ", "In [1]:", "In [1]", ">>> x\n>>> ", ">>> (((\n1\n", ">>> x,y\n(1\n",
        ">>> \n\n\n", "z =\n", "z =\n\n", "z =\n1.0e-3 *\n", ">>> x = \"a;b\n", ">>> x.round(\n2\n",
        ">>> Value(\nValue(data=)\n", ">> [1 2; 3", "ans =\n\n 1\n", "In [1]: \nOut[1]: "}) {
    const auto session = session_as_relations(text);
    EXPECT_LE(session ? session->size() : 0, 4 * std::string(text).size() + 20) << text;
  }
}

/// The wrong number of an array that is printed is marked in its own line. By hand: z = 0.75 and
/// −1.
TEST(Transcript, MarksWhatIsWrongInItsPlace) {
  const Solution solution = testing::solve_text(
      "samples x1, x2, y\n        1.5, -0.5, 1\n        -1, 2, 0\nweight w1, w2 = 0.3, -0.4\n"
      "bias b = 0.1\nz = w1*x1 + w2*x2 + b\np = sigmoid(z)\n"
      "L = mean over samples of binary_cross_entropy(y; p)\nderive L wrt w1, w2, b\n");
  Checker checker(solution, {});
  const std::string right =
      ">> X = [1.5 -0.5; -1 2]; w = [0.3; -0.4]; b = 0.1;\n>> z = X*w + b\n\n"
      "z =\n\n    0.7500\n   -1.0000\n";
  for (const Finding& one : checker.check("", right).findings)
    EXPECT_EQ(one.verdict, Verdict::ok) << one.subject << one.message;
  std::string wrong = right;
  wrong.replace(wrong.find("-1.0000"), 7, "-1.5000");
  std::string found;
  for (const Finding& one : checker.check("", wrong).findings)
    if (one.verdict == Verdict::wrong)
      found += one.subject + " " + wrong.substr(one.span.begin, one.span.end - one.span.begin);
  EXPECT_EQ(found, "z⁽²⁾ -1.5000");
}

}  // namespace
}  // namespace chalkgrad
