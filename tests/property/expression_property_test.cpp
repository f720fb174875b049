#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "tests/support/mathml_reader.hpp"
#include "tests/support/random_expression.hpp"
#include "tests/support/slow_build.hpp"
#include "tracer/expression/parser.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/expression/simplify.hpp"

namespace chalkgrad {
namespace {

using testing::Random;
using testing::random_expression;

const std::vector<std::string> symbols = {"x", "y", "w5", "out_o1", "E_total", "if", "d"};

ParseContext context() {
  return {[](std::string_view name) {
    return std::find(symbols.begin(), symbols.end(), name) != symbols.end();
  }};
}

TEST(ExpressionProperty, ParseUndoesPrint) {
  const unsigned seed = 424242;
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  Random random(seed);
  for (int i = 0; i < testing::rounds(5000); ++i) {
    const Expr e = random_expression(random, symbols, 1 + i % 5);
    const std::string text = print(e);
    EXPECT_EQ(parse_expression(text), e) << text;
    EXPECT_EQ(print(parse_expression(text)), text);
  }
}

TEST(ExpressionProperty, ParseUndoesAsciiPrint) {
  const unsigned seed = 434343;
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  Random random(seed);
  for (int i = 0; i < testing::rounds(5000); ++i) {
    // In ASCII an updated name looks like a sum, and can only stand alone before a relation.
    const Expr e = substitute(random_expression(random, symbols, 1 + i % 5), [](const Expr& leaf) {
      return leaf.is(Expr::Kind::symbol) && leaf.text().ends_with("⁺") ? Expr::symbol("x") : leaf;
    });
    const std::string text = print(e, ascii_dialect());
    EXPECT_EQ(parse_expression(text, context()), e) << text;
  }
}

/// A number of its own for every name and derivative.
double value_of_leaf(const Expr& leaf, std::map<std::string, double>& values) {
  return values.try_emplace(print(leaf), 0.5 + 0.25 * static_cast<double>(values.size()))
      .first->second;
}

TEST(ExpressionProperty, MathmlMeansTheSame) {
  const unsigned seed = 474747;
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  Random random(seed);
  int compared = 0;
  for (int i = 0; i < testing::rounds(5000); ++i) {
    const Expr e = random_expression(random, symbols, 1 + i % 5);
    const std::string mathml = print(e, mathml_dialect()), text = testing::text_of_mathml(mathml);
    Expr read = 0.0;
    try {
      read = parse_expression(text, context());
    } catch (const std::exception& error) {
      FAIL() << print(e) << "\n" << mathml << "\n" << text << "\n" << error.what();
    }
    std::map<std::string, double> values;
    const auto value_of = [&](const Expr& leaf) { return value_of_leaf(leaf, values); };
    if (::testing::Test::HasFailure()) return;  // the first one says enough
    const double wanted = evaluate(e, value_of);
    const std::size_t leaves = values.size();
    const double found = evaluate(read, value_of);
    EXPECT_EQ(values.size(), leaves) << "other names: " << print(e) << "\n" << text;
    if (std::isnan(wanted)) {
      EXPECT_TRUE(std::isnan(found)) << print(e) << "\n" << text;
    } else if (std::isinf(wanted) || std::abs(wanted) > 1e100) {
      EXPECT_GT(std::abs(found), 1e99) << print(e) << "\n" << text;
    } else {
      ++compared;
      EXPECT_NEAR(found, wanted, 1e-9 * (1e-3 + std::abs(wanted))) << print(e) << "\n" << text;
    }
  }
  EXPECT_GT(compared, testing::rounds(2500));
}

TEST(ExpressionProperty, SimplifyKeepsTheValueAndIsIdempotent) {
  const unsigned seed = 454545;
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  Random random(seed);
  int compared = 0;
  for (int i = 0; i < testing::rounds(5000); ++i) {
    // Beside literals of 2e30 nothing remains of small terms, and what does says nothing about
    // rules; nor does whether d/1e-9 and 1e9·d are both whole, which decides about (-1)^(d/1e-9).
    const Expr e = substitute(random_expression(random, symbols, 1 + i % 4), [](const Expr& leaf) {
      const double size = leaf.is(Expr::Kind::number) ? std::abs(leaf.value()) : 1;
      return size > 1e6 || (size > 0 && size < 1e-6) ? Expr::number("7") : leaf;
    });
    const Expr simple = simplify(e);
    EXPECT_EQ(print(simplify(simple)), print(simple)) << print(e);
    std::map<std::string, double> values;
    const auto value_of = [&](const Expr& leaf) {
      const std::string name = print(leaf);
      return values.try_emplace(name, 0.5 + 0.25 * static_cast<double>(values.size()))
          .first->second;
    };
    const double before = evaluate(e, value_of), after = evaluate(simple, value_of);
    if (!std::isfinite(before) || std::abs(before) > 1e6) continue;
    ++compared;
    EXPECT_NEAR(after, before, 1e-6 * (1 + std::abs(before))) << print(e) << " → " << print(simple);
  }
  EXPECT_GT(compared, testing::rounds(2500));
}

}  // namespace
}  // namespace chalkgrad
