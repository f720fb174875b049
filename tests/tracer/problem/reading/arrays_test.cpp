#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/support/problems.hpp"
#include "tracer/formats/json.hpp"

/// The language of arrays: what is asked of the JSON, whose numbers are NumPy's, and what is
/// refused.
namespace chalkgrad {
namespace {

nlohmann::json json_of(const std::string& text) {
  return nlohmann::json::parse(render_json(testing::solve_text(text), {}));
}

/// Nested lists, number by number, to the digits that NumPy has printed.
void expect_near(const nlohmann::json& found, const nlohmann::json& expected,
                 const std::string& what) {
  if (!expected.is_array()) {
    ASSERT_TRUE(found.is_number()) << what << ": " << found;
    EXPECT_NEAR(found.get<double>(), expected.get<double>(),
                1e-8 * (1 + std::abs(expected.get<double>())))
        << what;
    return;
  }
  ASSERT_TRUE(found.is_array() && found.size() == expected.size()) << what << ": " << found;
  for (std::size_t i = 0; i < expected.size(); ++i) expect_near(found[i], expected[i], what);
}

struct ValueCase {
  const char *text, *name, *expected;
};

TEST(Arrays, HaveTheValuesThatNumPyHas) {
  const std::string given =
      "input x = [1, 2], X = [[1, 2], [-1, 1]]\nweight W = [[0.1, 0.2], [0.3, -0.4]]\nbias b = "
      "[0.5, -0.5]\n";
  for (const auto& [text, name, expected] : {
           ValueCase{"y = W*x + b", "y", "[1.0, -1.0]"},
           ValueCase{"y = X*W + b", "y", "[[1.2, -1.1], [0.7, -1.1]]"},
           ValueCase{"y = W^T*x", "y", "[0.7, -0.6]"},
           ValueCase{"y = x^T*W*x", "y", "-0.5"},
           ValueCase{"y = x*b^T", "y", "[[0.5, -0.5], [1.0, -1.0]]"},
           ValueCase{"y = W .* X ./ 2", "y", "[[0.05, 0.2], [-0.15, -0.2]]"},
           ValueCase{"y = W.^2", "y", "[[0.01, 0.04], [0.09, 0.16]]"},
           ValueCase{"y = softmax(X)", "y",
                     "[[0.2689414214, 0.7310585786], [0.1192029220, 0.8807970780]]"},
           ValueCase{"y = W[2,:]", "y", "[0.3, -0.4]"},
           ValueCase{"y = W[:,1]", "y", "[0.1, 0.3]"},
           ValueCase{"y = W[2]", "y", "[0.3, -0.4]"},
           ValueCase{"y = W[1,2] + x[2]", "y", "2.2"},
           ValueCase{"y = norm(x)", "y", "2.2360679775"},
           ValueCase{"y = max(W)", "y", "0.3"},
           ValueCase{"y = mean_squared_error(x; b)", "y", "3.25"},
           ValueCase{"y = conv(X, W)", "y", "-0.2"},
           ValueCase{"y = conv(x, b, padding 1)", "y", "[-0.5, -0.5, 1.0]"},
           ValueCase{"y = max_pool([3, 1, 2, 5], 2)", "y", "[3, 5]"},
           ValueCase{"y = concat(x, b)", "y", "[1, 2, 0.5, -0.5]"},
           ValueCase{"y = flatten(X)", "y", "[1, 2, -1, 1]"},
           ValueCase{"f(z) = z*z\ny = f(x)", "y", "[1, 4]"},
           ValueCase{"y = [x; b]", "y", "[[1, 2], [0.5, -0.5]]"},
       }) {
    const nlohmann::json values = json_of(given + text + "\n")["values"];
    const nlohmann::json& found = values.at(name);
    const nlohmann::json wanted = nlohmann::json::parse(expected);
    expect_near(found.is_array() && !wanted.is_array() && found.size() == 1 ? found[0][0] : found,
                wanted, text);
  }
}

/// Those of a single number go through an array element by element; one that uses arrays of the
/// file is what it says of the whole argument. The numbers are worked out by hand.
TEST(Arrays, GoThroughFunctionsOfTheFile) {
  const std::string given =
      "input x = [1, 2]\nweight W = [[0.5, -0.2], [0.1, 0.3]]\nbias b = [0.25, 0.5]\n";
  for (const auto& [text, name, expected] :
       {ValueCase{"f(v) = W*v", "y", "[0.1, 0.7]"}, ValueCase{"f(v) = v + b", "y", "[1.25, 2.5]"},
        ValueCase{"f(v) = W*v + b", "y", "[0.35, 1.2]"},
        ValueCase{"f(v) = v + W[1]", "y", "[1.5, 1.8]"},
        ValueCase{"f(v) = v + b[1]", "y", "[1.25, 2.25]"},
        ValueCase{"f(v) = max(v, 4 .* b)", "y", "[1, 2]"},
        ValueCase{"f(v) = M*v\nM = W*W", "y", "[-0.09, 0.22]"},
        ValueCase{"g(z) = z - b\nf(v) = g(v) + 1", "y", "[1.75, 2.5]"},
        ValueCase{"q(z) = z^2 + 1\nf(u) = q(u)^2 - u", "y", "[3, 23]"},
        ValueCase{"q(z) = z^2\nf(u) = u/sum(q(u))", "y", "[0.2, 0.4]"}})
    expect_near(json_of(given + text + "\ny = f(x)\n")["values"][name],
                nlohmann::json::parse(expected), text);
  // With δ = 1 the derivative is that of the sum over i of (W·x)_i.
  const auto json = json_of(given + "f(v) = W*v\ny = f(x)\nE = sum(y)\nderive E wrt W, x\n");
  expect_near(json["gradients"]["E"]["W"], nlohmann::json::parse("[[1, 2], [1, 2]]"), "W");
  expect_near(json["gradients"]["E"]["x"], nlohmann::json::parse("[0.6, 0.1]"), "x");
}

TEST(Arrays, AreInTheJsonUnderTheirNamesAndThoseOfTheirElements) {
  const nlohmann::json json = json_of(
      "input x = [0.05, 0.10]\nweight W = [[0.15, 0.20], [0.25, 0.30]]\nbias b = [0.35, 0.35]\n"
      "target t = [0.01, 0.99]\nz = W*x + b\nh = sigmoid(z)\nE = half_squared_error(t; h)\n"
      "derive E wrt W, b\nupdate all rate 0.5\n");
  // NumPy.
  expect_near(json["values"]["h"], {0.5932699921071872, 0.596884378259767}, "h");
  expect_near(json["values"]["h[2]"], 0.596884378259767, "h[2]");
  expect_near(json["gradients"]["E"]["W"],
              nlohmann::json::parse("[[0.007037173119, 0.014074346238], [-0.004729444656, "
                                    "-0.009458889312]]"),
              "gradient");
  expect_near(json["gradients"]["E"]["W[2,1]"], -0.004729444656, "W[2,1]");
  expect_near(json["updates"]["b"], {0.279628268808, 0.397294446560}, "update");
  expect_near(json["updates"]["W[1,2]"], 0.192962826881, "W[1,2]");
}

TEST(Arrays, OfSamplesHaveTheSampleFirst) {
  const nlohmann::json values = json_of(
      "samples x[2], t\n1, 2, 1\n0, 1, 0\nweight W = [[0.1, 0.2], [0.3, -0.4]]\nh = W*x\n"
      "y = sum(h)\nE = mean over samples of (y - t)^2\nderive E wrt W\nexpect h[2][1] = 0.2\n"
      "expect h[1] = [0.5, -0.5]\n")["values"];
  expect_near(values["h[2][1]"], 0.2, "h[2][1]");
  expect_near(values["h[2]"], {0.2, -0.4}, "h[2]");
}

TEST(Arrays, OverTimeAreWrittenOnce) {
  const std::string given = "input x = [1, -1, 2]\ninput h[0] = 0.5\nweight w = 0.3, u = 0.7\n";
  const std::string asked = "derive h[3] wrt w, u\n";
  const Solution looped = testing::solve_text(
      given + "for s in 1..3:\n  a[s] = u*x[s] + w*h[s-1]\n  h[s] = tanh(a[s])\n" + asked);
  const Solution written = testing::solve_text(
      "input x1 = 1, x2 = -1, x3 = 2\ninput h0 = 0.5\nweight w = 0.3, u = 0.7\n"
      "a1 = u*x1 + w*h0\nh1 = tanh(a1)\na2 = u*x2 + w*h1\nh2 = tanh(a2)\na3 = u*x3 + w*h2\n"
      "h3 = tanh(a3)\nderive h3 wrt w, u\n");
  for (const std::string name : {"w", "u"})
    EXPECT_EQ(looped.gradients.begin()->second.at(name), written.gradients.at("h3").at(name));
}

TEST(Arrays, CanBeSetAsWholesAndByElements) {
  const std::string text = "weight W = [[1, 2], [3, 4]]\ny = sum(W)\nderive y wrt W\n";
  const auto total = [&](const std::vector<std::string>& settings) {
    Source source("test.chalk", text);
    for (const std::string& one : settings) source.add_setting("--set", one);
    return nlohmann::json::parse(render_json(solve(read_problem(source)), {}))["values"]["y"];
  };
  EXPECT_EQ(total({"W[1,2]=0.5"}), 8.5);
  EXPECT_EQ(total({"W=[[0, 0], [0, 7]]"}), 7);
}

struct RefusalCase {
  const char *text, *message;
};

TEST(Arrays, SayWhatDoesNotFit) {
  for (const auto& [text, message] : {
           RefusalCase{"input x = [1, 2, 3]\nweight W = [[1, 2], [3, 4]]\nz = W*x\nE = sum(z)",
                       "test.chalk:3:5: error: W·x: a 2 × 2 matrix times a vector of 3 does not "
                       "fit\n  z = W*x\n      ^~~ the columns of the first are as many as the rows "
                       "of the second\n"},
           RefusalCase{"weight W = [[1, 2], [3]]\nE = sum(W)",
                       "test.chalk:1:21: error: this row has 1 element, the first has 2\n  weight "
                       "W = [[1, 2], [3]]\n                      ^~~ the rows of a matrix are of "
                       "equal length\n"},
           RefusalCase{"weight x = [1, 2], y = [3, 4]\nE = x*y",
                       "test.chalk:2:5: error: x·y: two vectors side by side are no product\n  E = "
                       "x*y\n      ^~~ write dot(x, y), x .* y element by element, or x*y^T\n"},
           RefusalCase{
               "weight W = [[1, 2], [3, 4]]\nE = sum(W^2)",
               "test.chalk:2:9: error: a 2 × 2 matrix has no power\n  E = sum(W^2)\n        "
               "  ^~~ write .^ element by element\n"},
           RefusalCase{"weight W = [[1, 2], [3, 4]]\nE = W[3,1]",
                       "test.chalk:2:7: error: 'W' is a 2 × 2 matrix: its rows are counted from 1 "
                       "to 2\n  E = W[3,1]\n        ^\n"},
           RefusalCase{"weight x = []\nE = sum(x)",
                       "test.chalk:1:12: error: an array has at least one element\n  weight x = "
                       "[]\n             ^~\n"},
           RefusalCase{"weight W[1000, 1000] = 0\nE = sum(W)",
                       "test.chalk:1:8: error: an array has at most 100000 elements\n  weight "
                       "W[1000, 1000] = 0\n         ^~~~~~~~~~~~\n"},
           RefusalCase{"weight w = 0.5\nfor s in 1..3: h[s] = tanh(w*h[s-1])\nE = h[3]^2",
                       "test.chalk:2:30: error: there is no h[0]\n  for s in 1..3: h[s] = "
                       "tanh(w*h[s-1])\n                               ^~~~~~ give it, as in input "
                       "h[0] = 0\n"},
           RefusalCase{"weight w = 0.5\ninput h[0] = 1\nfor s in 1..3: h[s] = tanh(w*h[s])\nE = "
                       "h[3]^2",
                       "test.chalk:3:16: error: 'h[1]' needs itself: h[1] needs h[1]\n  for s in "
                       "1..3: h[s] = tanh(w*h[s])\n                 ^~~~ a definition cannot go in "
                       "a circle\n"},
           RefusalCase{"weight W = [[1, 2], [3, 4]]\nW = 3\nE = sum(W)",
                       "test.chalk:2:1: error: 'W' is an array already\n  W = 3\n  ^ in line 1\n"},
           RefusalCase{"input x [1, 2]\nE = sum(x)",
                       "test.chalk:1:9: error: the shape stands right behind the name\n  input x "
                       "[1, 2]\n          ^ as in W[2, 3]\n"},
           RefusalCase{"input x = [1, 2]\nweight w = [1, 2]\nE = dot(w, x)\nderive E wrt w\nupdate "
                       "w rate x",
                       "test.chalk:5:1: error: 'x' is a vector of 2, but the update needs a "
                       "number\n  update w rate x\n  ^~~~~~ name one element, as in x[1]\n"},
       })
    EXPECT_EQ(testing::errors_of(text), message) << text;
}

TEST(ArrayLiterals, GoOverLines) {
  const std::string text =
      "weight W = [\n  [0.15, 0.20],   # first\n  [0.25, 0.30]\n]\nx = [1,\n 2]\ny = W*x\nz = "
      "2.^y\n"
      "E = sum(z)\nderive E wrt W\n";
  EXPECT_EQ(testing::errors_of(text), "");
  EXPECT_EQ(
      testing::errors_of("weight W = [[1, 2],\n [3]]\ny = sum(W)\nderive y wrt W\n").substr(0, 25),
      "test.chalk:1:12: error: t");
  EXPECT_EQ(testing::errors_of("weight h = [1, 2]\nh[1] = 5\ny = sum(h)\nderive y wrt h\n"),
            "test.chalk:2:1: error: 'h[1]' is an element of the array 'h'\n  h[1] = 5\n  ^~~~ h is "
            "defined "
            "in line 1; a family of arrays begins with h[0] or has no h of its own\n");
}

}  // namespace
}  // namespace chalkgrad
