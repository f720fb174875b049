#include "tracer/check/slips/mutation.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tracer/expression/parser.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

/// Every mutation as "slip: formula".
std::vector<std::string> all(const std::string& formula) {
  std::vector<std::string> list;
  const auto confusions = [](const Expr& leaf) {
    std::vector<Confusion> others;
    if (leaf.text() == "w5") others.push_back({slip::updated, Expr::symbol("w5⁺"), ""});
    return others;
  };
  for (const Mutation& one : mutations(parse_expression(formula), Expr::symbol("η"), confusions))
    list.push_back(std::string(one.slip) + ": " + print(one.expr));
  return list;
}

TEST(Mutation, HasEverySingleSlip) {
  const struct {
    const char *formula, *expected;
  } table[] = {
      {"o*(1 - o)", "missing-complement: o"},
      {"o*(1 - o)", "sign: −o·(1 − o)"},
      {"o*(1 - o)", "added: o + (1 − o)"},
      {"a*b*c", "added: (a + b)·c"},
      {"a*b*c", "added: a·(b + c)"},
      {"1/2*(t - o)^2", "half: (t − o)^2"},
      {"2*x", "half: x"},
      {"w - η*g", "rate: w − g"},
      {"w5*h", "updated-weight: w5⁺·h"},
      {"a + b", "missing-term: a"},
      {"a - b", "sign: a + b"},
      {"a + b + c", "mean-for-sum: (a + b + c)/3"},
      {"1/3*(a + b)", "sum-for-mean: 1·(a + b)"},
      {"ln(p)", "log10: ln(p)/2.302585092994046"},
      {"∂E/∂o*∂o/∂n*∂n/∂w", "missing-factor: ∂E/∂o · ∂n/∂w"},
      {"∂a/∂x + ∂b/∂x", "missing-path: ∂b/∂x"},
  };
  for (const auto& row : table) {
    const auto list = all(row.formula);
    std::string found;
    for (const std::string& one : list) found += one + "\n";
    EXPECT_TRUE(std::find(list.begin(), list.end(), row.expected) != list.end())
        << row.expected << " is not in\n"
        << found;
  }
}

}  // namespace
}  // namespace chalkgrad
