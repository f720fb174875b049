#include "tracer/formats/workbook.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/problems.hpp"

namespace chalkgrad {
namespace {

/// Row number, name, and what is in the cell.
std::string cells_of(const Workbook& workbook) {
  std::string text;
  for (std::size_t i = 0; i < workbook.rows.size(); ++i) {
    const Workbook::Row& row = workbook.rows[i];
    if (row.kind == Workbook::Row::Kind::heading) {
      text += fmt::format("{}\n", row.name);
      continue;
    }
    text +=
        fmt::format("{} {} | {} | {}{:.6g} | {}\n", i + Workbook::first_row, row.name, row.written,
                    row.formula.empty() ? "" : "=" + row.formula + " ", row.value, row.remark);
  }
  return text;
}

Workbook workbook_of(const std::string& text, const SheetOptions& options = {}) {
  return make_workbook(testing::solve_text(text), options);
}

TEST(Workbook, HasTheWholeStepInCells) {
  EXPECT_EQ(cells_of(workbook_of("input x = 2\nweight w = 1/2\ntarget t = 0.8\nnet = w*x\n"
                                 "out = sigmoid(net)\nE = 1/2*(t - out)^2\nderive E wrt w\n"
                                 "update w rate 0.5")),
            "Given\n"
            "5 x |  | 2 | input\n"
            "6 w | 1/2 | =1/2 0.5 | weight\n"
            "7 t |  | 0.8 | target\n"
            "8 η |  | 0.5 | learning rate\n"
            "Forward pass\n"
            "10 net | w·x | =C6*C5 1 | \n"
            "11 out | σ(net) | =1/(1+EXP(-C10)) 0.731059 | \n"
            "12 E | 1/2·(t − out)^2 | =1/2*(C7-C11)^2 0.00237646 | \n"
            "Derivatives\n"
            "14 ∂E/∂out | −(t − out) | =-(C7-C11) -0.0689414 | power rule\n"
            "15 ∂out/∂net | out·(1 − out) | =C11*(1-C11) 0.196612 | derivative of σ\n"
            "16 ∂net/∂w | x | =C5 2 | \n"
            "17 ∂E/∂w | ∂E/∂out · ∂out/∂net · ∂net/∂w | =C14*C15*C16 -0.0271094 | chain rule\n"
            "Update\n"
            "19 w⁺ | w − η·∂E/∂w | =C6-C8*C17 0.513555 | \n"
            "Forward pass after the update\n"
            "21 net⁺ | w⁺·x | =C19*C5 1.02711 | \n"
            "22 out⁺ | σ(net⁺) | =1/(1+EXP(-C21)) 0.736355 | \n"
            "23 E⁺ | 1/2·(t − out⁺)^2 | =1/2*(C7-C22)^2 0.00202534 | \n");
}

TEST(Workbook, SamplesCasesAndElementsOfArraysAreRows) {
  const std::string cells = cells_of(
      workbook_of("huber(r) = 1/2*r^2 if |r| <= 1, |r| - 1/2 otherwise\nweight w = 0.5\n"
                  "samples x, t\n1, 0.9\n2, 4\ny = w*x\nE = mean over samples of huber(y - t)\n"
                  "derive E wrt w"));
  EXPECT_NE(cells.find("5 x⁽¹⁾ |  | 1 | input\n"), std::string::npos) << cells;
  EXPECT_NE(cells.find("=IF(ABS(C11-C6) <= 1,1/2*(C11-C6)^2,ABS(C11-C6)-1/2) 0.08"),
            std::string::npos)
      << cells;
  EXPECT_NE(cells_of(workbook_of("weight W = [[1, 2], [3, 4]]\ninput x = [5, 6]\nz = W*x\n"))
                .find("z1 | w11·x1 + w12·x2 | =C7*C5+C8*C6 17 | \n"),
            std::string::npos);
}

TEST(Workbook, NumbersHaveTheDigitsAskedFor) {
  const std::string problem = "input x = 8\na = 1/x\nb = x/30000\nc = x*1e9\nd = x/1e9 + 1e-10";
  const auto formats = [&](const Numerals& numerals) {
    std::string text;
    for (const Workbook::Row& row : workbook_of(problem, {.numerals = numerals}).rows)
      if (row.kind == Workbook::Row::Kind::computed) text += row.number_format + " ";
    return text;
  };
  EXPECT_EQ(formats({}), "0.0000 0.0000000 0.0000 0.0E+00 ");
  EXPECT_EQ(formats({.precision = Precision::decimals, .count = 2}), "0.00 0.00 0.00 0.00 ");
  EXPECT_EQ(formats({.precision = Precision::significant, .count = 2}), "0.00 0.00000 0 0.0E+00 ");
}

TEST(Workbook, NeedsNumbersAndRoom) {
  const auto message = [](const std::string& text) -> std::string {
    try {
      (void)workbook_of(text);
      return "";
    } catch (const std::runtime_error& error) {
      return error.what();
    }
  };
  EXPECT_EQ(message("input x\nweight w = 2\ny = w*x\nderive y wrt w"),
            "a spreadsheet needs numbers, and 'x' has none");
  std::string sum = "input x = 1\ny = x";
  for (int i = 0; i < 4000; ++i) sum += " + x";
  EXPECT_EQ(message(sum),
            "the formula of 'y' is longer than the 8192 characters that a cell of a spreadsheet "
            "can have");
}

TEST(Workbook, WhatIsTooLargeOnTheWayStaysANumber) {
  const Workbook workbook = workbook_of("input x = -800\ny = sigmoid(x)");
  EXPECT_EQ(workbook.rows.back().formula, "");
  EXPECT_EQ(workbook.rows.back().value, 0);
  EXPECT_EQ(workbook.rows.back().remark,
            "a number: what leads to it is too large for a spreadsheet");
}

}  // namespace
}  // namespace chalkgrad
