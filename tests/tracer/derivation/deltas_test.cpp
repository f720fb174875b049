#include "tracer/derivation/deltas.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/problems.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

/// "δ_o = (y − t)·…; ∂E/∂w = δ_o·x", for the output and the parameters named.
std::string sweep(const std::string& text, const std::string& y,
                  const std::vector<std::string>& xs) {
  const Solution solution = testing::solve_text(text);
  const Quantities& quantities = *solution.quantities;
  std::vector<QuantityIndex> indices;
  for (const std::string& x : xs) indices.push_back(*quantities.find(x));
  const DeltaSweep found = delta_sweep(quantities, *quantities.find(y), indices);
  std::string list;
  for (const Delta& delta : found.deltas) list += delta.name + " = " + print(delta.expr) + "; ";
  for (std::size_t i = 0; i < xs.size(); ++i)
    list += xs[i] + ": " + print(found.gradients[i].expr) + "; ";
  return list;
}

TEST(Deltas, AreThoseOfTheBooks) {
  // Backpropagation as in Rumelhart, Hinton and Williams (1986), with the squared error.
  EXPECT_EQ(sweep(testing::file_text(testing::source_path("worked_examples/mazur.chalk")),
                  "E_total", {"w5", "w1"}),
            "δ_o1 = −(t1 − out_o1)·out_o1·(1 − out_o1); δ_o2 = −(t2 − out_o2)·out_o2·(1 − out_o2); "
            "δ_h1 = (δ_o1·w5 + δ_o2·w7)·out_h1·(1 − out_h1); w5: δ_o1·out_h1; w1: δ_h1·i1; ");
}

TEST(Deltas, HaveNamesOfTheirOwn) {
  EXPECT_EQ(sweep("input x = 1\nweight w = 2\nδ_a = 3\nnet_a = w*x + δ_a\nE = net_a^2", "E", {"w"}),
            "δ_net_a = 2·net_a; w: δ_net_a·x; ");
}

TEST(Deltas, AreNotGivenWhereNothingIsWorkedOut) {
  EXPECT_EQ(sweep("input a = 1, b = 2\ny = a*b + sin(a)", "y", {"a", "b"}),
            "a: b + cos(a); b: a; ");
  EXPECT_EQ(sweep("input a = 1\nb = a + a\nc = b*b", "c", {"a"}), "δ_b = 2·b; a: 2·δ_b; ");
}

TEST(Deltas, KeepTheExpressionsShort) {
  std::string text = "weight w = 0.5\na0 = w\n";
  for (int i = 1; i <= 400; ++i)
    text += "a" + std::to_string(i) + " = sin(a" + std::to_string(i - 1) + ")\n";
  const Solution solution = testing::solve_text(text);
  const Quantities& quantities = *solution.quantities;
  const std::vector<QuantityIndex> xs = {*quantities.find("w")};
  const DeltaSweep found = delta_sweep(quantities, *quantities.find("a400"), xs);
  for (const Delta& delta : found.deltas) EXPECT_LT(delta.expr.size(), 60u);
  double value = 0.5, slope = 1;
  for (int i = 0; i < 400; ++i) {
    slope *= std::cos(value);
    value = std::sin(value);
  }
  EXPECT_NEAR(found.gradients[0].value.value, slope, 1e-15);
}

}  // namespace
}  // namespace chalkgrad
