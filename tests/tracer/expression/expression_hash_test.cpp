#include "tracer/expression/expression_hash.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace chalkgrad {
namespace {

TEST(ExpressionHash, IsTheSameForEqualExpressions) {
  const Expr a = Expr::symbol("a"), b = Expr::symbol("b");
  const ExpressionHash hash;
  EXPECT_EQ(hash(Expr::number("0.40")), hash(Expr(0.4)));
  EXPECT_EQ(hash(a * b / (a - b)), hash(a * b / (a - b)));
  EXPECT_EQ(hash(a * b * exp(a)), hash(exp(a) * b * a));
}

TEST(ExpressionHash, TellsOthersApart) {
  const Expr a = Expr::symbol("a"), b = Expr::symbol("b");
  const std::vector<Expr> others = {a,
                                    b,
                                    a - b,
                                    b - a,
                                    a / b,
                                    b / a,
                                    a * b,
                                    pow(a, b),
                                    pow(b, a),
                                    sin(a),
                                    cos(a),
                                    Expr::derivative("a", "b"),
                                    Expr::derivative("b", "a")};
  for (std::size_t i = 0; i < others.size(); ++i)
    for (std::size_t k = 0; k < i; ++k)
      EXPECT_NE(ExpressionHash()(others[i]), ExpressionHash()(others[k])) << i << ", " << k;
}

}  // namespace
}  // namespace chalkgrad
