#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "engine/backward.hpp"
#include "engine/expansion.hpp"
#include "engine/forward.hpp"
#include "engine/gradient_check.hpp"
#include "engine/higher.hpp"
#include "engine/replay.hpp"
#include "tests/support/random_graph.hpp"
#include "tests/support/reference.hpp"

/// Every way to a derivative gives the same: reverse, forward, replay, recorded, and a reference in
/// extended precision.
namespace chalkgrad {
namespace {

using testing::Extended;
using testing::Random;
using testing::random_recipes;
using testing::Recipe;
using testing::reference;
using testing::uniform;

/// A random graph of plain Values with every operation, and its inputs.
struct Sample {
  explicit Sample(unsigned seed, double scale = 1) {
    Random random(seed);
    std::set<Op> used;
    const std::vector<Recipe> recipes = random_recipes(random, used);
    for (std::size_t i = 0; i < testing::random_graph_inputs; ++i)
      x.push_back(graph.variable("x" + std::to_string(i), scale * uniform(random, -1.5, 1.5)));
    y = testing::record(recipes, x);
    // Neurons, so that fused nodes occur.
    y = (y + x[0] * x[1] + y * x[2] + x[2] * x[2]) + 0.25 * x[0];
  }

  Graph graph;
  std::vector<Value> x{};
  Value y{};
};

constexpr unsigned first_graph = 5000, graph_count = 600;

TEST(DerivativeProperty, ReverseEqualsForwardEqualsReplay) {
  for (unsigned seed = first_graph; seed < first_graph + graph_count; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Sample sample(seed);
    const Gradients reverse = backward(sample.y);
    Replay replay(sample.y);
    EXPECT_EQ(replay.run(), sample.y.value()) << "bit for bit";
    for (const Value& x : sample.x) {
      EXPECT_EQ(replay[x], reverse[x]) << "bit for bit";
      EXPECT_NEAR(forward(x)[sample.y], reverse[x], 1e-13 * (1 + std::abs(reverse[x])));
    }
    // And at another point, against recording there.
    const Sample elsewhere(seed, 0.5);
    for (std::size_t i = 0; i < sample.x.size(); ++i)
      replay.set(sample.x[i], elsewhere.x[i].value());
    EXPECT_EQ(replay.run(), elsewhere.y.value());
    const Gradients there = backward(elsewhere.y);
    for (std::size_t i = 0; i < sample.x.size(); ++i)
      EXPECT_EQ(replay[sample.x[i]], there[elsewhere.x[i]]);
  }
}

/// The record of a graph, carried out in extended precision with reference rules: the value, the
/// derivative with respect to x, and the sum of the sizes of all its paths.
struct ExtendedTangent {
  Extended value = 0, tangent = 0, size = 0;
  bool at_kink = false;
};

ExtendedTangent in_extended_precision(const Graph& graph, NodeId y, NodeId x) {
  std::vector<ExtendedTangent> all(graph.size() + std::size_t{1});
  for (NodeId id = 1; id <= y; ++id) {
    const Node& node = graph.node(id);
    const ExtendedTangent &a = all[node.operand(0)], &b = all[node.operand(1)];
    ExtendedTangent& result = all[id];
    if (!is_operation(node.op())) {
      result = {node.value, id == x ? 1.0L : 0.0L, id == x ? 1.0L : 0.0L, false};
      continue;
    }
    const auto [value, derivative] = reference(node.op(), a.value, b.value);
    result.value = value;
    result.at_kink = a.at_kink || b.at_kink;
    with_operation(node.op(), [&]<class O>(O) {
      if constexpr (requires { O::convention; }) {
        const Extended distance = std::abs(is_unary<O> ? a.value : a.value - b.value);
        result.at_kink = result.at_kink || distance < 1e-9L;
      }
    });
    const auto hand_on = [&](const ExtendedTangent& from, Extended by) {
      if (from.tangent != 0) result.tangent += by * from.tangent;
      if (from.size != 0) result.size += std::abs(by) * from.size;
    };
    hand_on(a, derivative[0]);
    if (arity_of(node.op()) == 2) hand_on(b, derivative[1]);
  }
  return all[y];
}

TEST(DerivativeProperty, GradientsAgreeWithExtendedPrecision) {
  int compared = 0, within = 0;
  for (unsigned seed = first_graph; seed < first_graph + graph_count; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Sample sample(seed);
    const Expansion expansion = expand(sample.graph);
    const Gradients reverse = backward(sample.y);
    for (const Value& x : sample.x) {
      const auto expected = in_extended_precision(*expansion.graph, expansion.places[sample.y.id()],
                                                  expansion.places[x.id()]);
      if (expected.at_kink) continue;
      ++compared;
      // Paths that cancel lose digits that no way of adding them up in double can keep.
      const double off = std::abs(static_cast<double>(expected.tangent - Extended{reverse[x]}));
      const double size = static_cast<double>(expected.size);
      if (off <= 1e-13 * size) ++within;
      EXPECT_LE(off, 1e-11 * size);
    }
  }
  EXPECT_GT(compared, 1200);
  EXPECT_GE(within, compared * 99 / 100) << within << " of " << compared;
}

TEST(DerivativeProperty, RecordedDerivativesAndTheirDerivatives) {
  int compared = 0;
  for (unsigned seed = first_graph; seed < first_graph + graph_count / 2; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Sample sample(seed);
    const Gradients reverse = backward(sample.y);
    std::vector<Value> slopes;
    try {
      slopes = differentiate(sample.y, sample.x);
    } catch (const DomainError&) {
      continue;  // x^y at x = 0
    }
    for (std::size_t i = 0; i < slopes.size(); ++i) {
      const double expected = reverse[sample.x[i]];
      EXPECT_NEAR(slopes[i].value(), expected, 1e-12 * (1 + std::abs(expected)));
      // The second derivatives, against differences of the first ones; and they are symmetric.
      for (const GradientComparison& one : check_gradient(slopes[i], sample.x)) {
        ++compared;
        EXPECT_NE(one.verdict, GradientVerdict::differs)
            << one.gradient << " or " << one.difference << " ± " << one.error;
      }
    }
    const auto rows = hessian(sample.y, sample.x);
    for (std::size_t i = 0; i < rows.size(); ++i)
      for (std::size_t k = 0; k < i; ++k)
        EXPECT_NEAR(rows[i][k], rows[k][i], 1e-9 * (1 + std::abs(rows[i][k])));
  }
  EXPECT_GT(compared, 2000);
}

TEST(DerivativeProperty, GradientChecksNeitherCryWolfNorSleep) {
  int agreed = 0, differed = 0, all = 0;
  for (unsigned seed = first_graph; seed < first_graph + graph_count; ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    Sample sample(seed);
    const Gradients reverse = backward(sample.y);
    std::vector<double> wrong;
    for (const Value& x : sample.x) wrong.push_back(reverse[x] * 1.01);
    const auto right = check_gradient(sample.y, sample.x);
    const auto planted = check_gradient(sample.y, sample.x, wrong);
    for (std::size_t i = 0; i < right.size(); ++i) {
      EXPECT_NE(right[i].verdict, GradientVerdict::differs)
          << right[i].gradient << " or " << right[i].difference << " ± " << right[i].error;
      if (wrong[i] == 0) continue;
      EXPECT_NE(planted[i].verdict, GradientVerdict::agrees);
      ++all;
      agreed += right[i].verdict == GradientVerdict::agrees;
      differed += planted[i].verdict == GradientVerdict::differs;
    }
  }
  EXPECT_GT(agreed, all * 95 / 100) << agreed << " of " << all;
  EXPECT_GT(differed, all * 95 / 100) << differed << " of " << all;
}

}  // namespace
}  // namespace chalkgrad
