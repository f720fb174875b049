#include "engine/value.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>
#include <type_traits>
#include <vector>

#include "engine/backward.hpp"

namespace chalkgrad {
namespace {

template <class F>
std::string domain_message(F f) {
  try {
    f();
  } catch (const DomainError& error) {
    return error.what();
  }
  return "no error";
}

TEST(Value, RefusesOperandsOutsideADomain) {
  Graph graph;
  const Value zero = graph.variable("zero", 0), minus = graph.variable("minus", -2),
              two = graph.variable("two", 2);
  const NodeId before = graph.size();
  EXPECT_EQ(domain_message([&] { (void)log(zero); }), "the logarithm needs a positive argument");
  EXPECT_EQ(domain_message([&] { (void)(two / zero); }), "division by zero");
  EXPECT_EQ(domain_message([&] { (void)sqrt(minus); }),
            "the square root needs an argument that is not negative");
  EXPECT_EQ(domain_message([&] { (void)asin(two); }),
            "the arc sine needs an argument from -1 to 1");
  EXPECT_EQ(domain_message([&] { (void)acos(minus); }),
            "the arc cosine needs an argument from -1 to 1");
  EXPECT_EQ(graph.size(), before) << "a refused operation leaves no node";
  EXPECT_EQ(domain_message([&] { (void)pow(minus, 0.5); }),
            "a negative base needs an integer exponent");
  EXPECT_EQ(domain_message([&] { (void)pow(zero, -1.0); }), "zero has no negative power");
  EXPECT_EQ(pow(minus, 3.0).value(), -8);
  EXPECT_EQ(sqrt(zero).value(), 0);
}

TEST(Value, IsAHandleThatCarriesItsNumber) {
  static_assert(sizeof(Value) == 16 && std::is_trivially_copyable_v<Value>);
  Graph graph;
  const Value x = graph.variable("x", 2);
  EXPECT_EQ((3 * x - 1).value(), 5);
  EXPECT_EQ(graph.at((3 * x - 1).id()).value(), 5);
  EXPECT_EQ(Value().value(), 0);
}

TEST(Value, AProductAddedOnTheSpotIsFused) {
  Graph graph;
  const Value w = graph.variable("w", 2), x = graph.variable("x", 3);
  Value sum = graph.constant(1);
  sum += w * x;
  const Node& node = graph.node(sum.id());
  EXPECT_EQ(node.op(), Op::multiply_add);
  EXPECT_EQ(node.operand(0), w.id());
  EXPECT_EQ(node.operand(1), x.id());
  EXPECT_EQ(node.derivative[0], 3);
  EXPECT_EQ(node.derivative[1], 2);
  EXPECT_EQ(sum.value(), 7);
  EXPECT_EQ(graph.size(), 4u);
  // Not so if the sum is not what was recorded last: then there are two nodes.
  const Value other = w + w * x;
  EXPECT_EQ(graph.op(other.id()), Op::add);
  EXPECT_EQ(graph.op(other.id() - 1), Op::multiply);
  EXPECT_EQ(backward(other)[w], 4);
  EXPECT_EQ(backward(sum)[x], 2);
}

TEST(Value, AProductIsRecordedOnceHoweverOftenItIsUsed) {
  Graph graph;
  const Value w = graph.variable("w", 2), x = graph.variable("x", 3);
  auto p = w * x;
  EXPECT_EQ(graph.size(), 2u) << "nothing has used it yet";
  const Value y = p + p;
  EXPECT_EQ(graph.size(), 4u);
  auto q = p;
  const Value z = q * p - p;
  EXPECT_EQ(z.value(), 30);
  EXPECT_EQ(graph.size(), 6u);
  EXPECT_EQ(backward(z)[p], 11);
  EXPECT_EQ(backward(y)[w], 6);
  EXPECT_EQ(p.named("p").name(), "p");
  EXPECT_EQ(p.name(), "p");
  // A product that somebody else can see is not fused away.
  std::vector<Value> seen;
  const auto neuron = [&] {
    auto product = w * x;
    seen.push_back(product);
    return product;
  };
  const Value sum = graph.constant(1) + neuron();
  EXPECT_EQ(seen.back().value(), 6);
  EXPECT_EQ(backward(sum)[seen.back()], 1);
}

TEST(Value, NamingANamedValueMakesANewQuantity) {
  Graph graph;
  const Value x = graph.variable("x", 2);
  const Value y = x.named("y");
  EXPECT_NE(x.id(), y.id());
  EXPECT_EQ(graph.op(y.id()), Op::identity);
  EXPECT_EQ(backward(y)[x], 1);
}

TEST(Value, SumAddsFromLeftToRight) {
  Graph graph;
  const std::array terms = {graph.variable("a", 1), graph.variable("b", 2), graph.variable("c", 4)};
  EXPECT_EQ(sum(terms).value(), 7);
  EXPECT_THROW((void)sum({}), GraphError);
  EXPECT_THROW((void)log_sum_exp({}), GraphError);
  EXPECT_THROW((void)softmax({}), GraphError);
}

// Reference values: mpmath at 50 digits.
TEST(Value, LogSumExpAndSoftmaxDoNotOverflow) {
  Graph graph;
  const std::array terms = {graph.variable("a", 1000), graph.variable("b", 1001),
                            graph.variable("c", 998)};
  const Value total = log_sum_exp(terms);
  EXPECT_DOUBLE_EQ(total.value(), 1001.34901221676819);
  const auto shares = softmax(terms);
  const std::array expected = {0.259496460342419117, 0.705384512698241158, 0.0351190269593397242};
  const Gradients slopes = backward(total);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(shares[i].value(), expected[i], 1e-15);
    // ∂ ln Σeˣ/∂xi is the softmax itself.
    EXPECT_NEAR(slopes[terms[i]], expected[i], 1e-15);
  }
  // ∂pi/∂xj = pi·(δij − pj)
  const Gradients first = backward(shares[0]);
  EXPECT_NEAR(first[terms[0]], expected[0] * (1 - expected[0]), 1e-15);
  EXPECT_NEAR(first[terms[1]], -expected[0] * expected[1], 1e-15);
}

}  // namespace
}  // namespace chalkgrad
