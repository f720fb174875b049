#include "tracer/derivation/evaluation_trace.hpp"

#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

/// "v1 = ln(x1): x̄1 …" for each line.
std::string lines(const EvaluationTrace& trace) {
  std::string list;
  for (const TraceLine& line : trace.lines) {
    list += line.name;
    if (!line.input) list += " = " + print(line.expr);
    if (line.derivative_name.is(Expr::Kind::symbol))
      list += " | " + print(line.derivative_name) + " = " + print(line.derivative);
    list += "\n";
  }
  return list;
}

// Baydin et al., tables 2 and 3, but for the order of the nodes: there sin(x2) comes before the
// sum.
const char* const example = "input x1 = 2, x2 = 5\ny = ln(x1) + x1*x2 - sin(x2)";

TEST(EvaluationTrace, ReverseIsThatOfTheLiterature) {
  const Solution solution = testing::solve_text(example);
  const Quantities& quantities = *solution.quantities;
  const std::vector<QuantityIndex> xs = {*quantities.find("x1"), *quantities.find("x2")};
  const EvaluationTrace trace = reverse_trace(quantities, *quantities.find("y"), xs);
  EXPECT_EQ(lines(trace),
            "x1 | x̄1 = v̄1/x1 + v̄2·x2\n"
            "x2 | x̄2 = v̄2·x1 + v̄4·cos(x2)\n"
            "v1 = ln(x1) | v̄1 = v̄3\n"
            "v2 = x1·x2 | v̄2 = v̄3\n"
            "v3 = v1 + v2 | v̄3 = v̄5\n"
            "v4 = sin(x2) | v̄4 = −v̄5\n"
            "v5 = v3 − v4 | v̄5 = 1\n");
  EXPECT_NEAR(trace.lines[0].derivative_value.value, 5.5, 1e-15);
  EXPECT_NEAR(trace.lines[1].derivative_value.value, 1.7163378145367738, 1e-15);  // 2 − cos 5
  EXPECT_EQ(trace.lines.back().quantity, "y");
}

TEST(EvaluationTrace, ForwardIsThatOfTheLiterature) {
  const Solution solution = testing::solve_text(example);
  const Quantities& quantities = *solution.quantities;
  const EvaluationTrace trace =
      forward_trace(quantities, *quantities.find("y"), *quantities.find("x1"));
  EXPECT_EQ(lines(trace),
            "x1 | ẋ1 = 1\n"
            "v1 = ln(x1) | v̇1 = ẋ1/x1\n"
            "v2 = x1·x2 | v̇2 = ẋ1·x2\n"
            "v3 = v1 + v2 | v̇3 = v̇1 + v̇2\n"
            "v4 = sin(x2)\n"
            "v5 = v3 − v4 | v̇5 = v̇3\n");
}

/// The two operations that cases are recorded as are no functions that anybody knows.
TEST(EvaluationTrace, CasesAreReadable) {
  const Solution solution = testing::solve_text("input x = 2\ny = x^2 if x > 1, 3*x otherwise");
  const Quantities& quantities = *solution.quantities;
  const EvaluationTrace trace =
      forward_trace(quantities, *quantities.find("y"), *quantities.find("x"));
  EXPECT_EQ(lines(trace),
            "x | ẋ = 1\n"
            "v1 = 3·x | v̇1 = 3·ẋ\n"
            "v2 = x − 1 | v̇2 = ẋ\n"
            "v3 = (0 if v2 > 0, else v1) | v̇3 = v̇1·(0 if v2 > 0, else 1)\n"
            "v4 = x^2 | v̇4 = 2·ẋ·x\n"
            "v5 = x − 1 | v̇5 = ẋ\n"
            "v6 = (v4 if v5 > 0, else 0) | v̇6 = v̇4·(1 if v5 > 0, else 0)\n"
            "v7 = v6 + v3 | v̇7 = v̇6 + v̇3\n");
}

TEST(EvaluationTrace, LeavesLiteralsAndTakenNamesAlone) {
  const Solution solution = testing::solve_text("input v1 = 2\ny = 1/2*v1^2 + v1^3");
  const Quantities& quantities = *solution.quantities;
  const EvaluationTrace trace =
      forward_trace(quantities, *quantities.find("y"), *quantities.find("v1"));
  EXPECT_EQ(lines(trace),
            "v1 | v̇1 = 1\n"
            "u1 = v1^2 | u̇1 = 2·v̇1·v1\n"
            "u2 = 1/2·u1 | u̇2 = 1/2·u̇1\n"
            "u3 = v1^3 | u̇3 = 3·v̇1·v1^2\n"
            "u4 = u2 + u3 | u̇4 = u̇2 + u̇3\n");
}

}  // namespace
}  // namespace chalkgrad
