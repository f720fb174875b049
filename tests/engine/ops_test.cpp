#include "engine/ops.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>
#include <string>

#include "engine/value.hpp"
#include "tests/support/random_expression.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/slow_build.hpp"
#include "tracer/derivation/local.hpp"

namespace chalkgrad {
namespace {

using testing::Random;
using testing::uniform;

struct Interval {
  double low, high;
};

/// Where an operation may be tried: inside its domain, away from where its derivative explodes.
Interval domain_of(Op op) {
  switch (op) {
    case Op::log: return {0.05, 5};
    case Op::sqrt: return {0.05, 5};
    case Op::asin:
    case Op::acos: return {-0.95, 0.95};
    case Op::tan: return {-1.3, 1.3};
    case Op::power: return {0.2, 3};
    case Op::divide: return {0.3, 3};
    default: return {-3, 3};
  }
}

/// Richardson-extrapolated central difference; error about h⁴.
template <class F>
double difference(F f, double x) {
  const double h = 1e-3;
  const auto slope = [&](double step) { return (f(x + step) - f(x - step)) / (2 * step); };
  return (4 * slope(h / 2) - slope(h)) / 3;
}

double symbolic(const Expr& rule, const std::map<std::string, double>& values) {
  return evaluate(rule, [&](const Expr& leaf) { return values.at(leaf.text()); });
}

TEST(Ops, RecordedDerivativeIsTheSymbolicOneAndTheDifferenceQuotient) {
  const unsigned seed = 20260101;
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  Random random(seed);
  for_each_operation([&]<class O>(O) {
    const Interval domain = domain_of(O::code);
    for (int i = 0; i < testing::rounds(200); ++i) {
      double a = uniform(random, domain.low, domain.high);
      const double b = uniform(random, domain.low, domain.high);
      // A kink inside the difference quotient proves nothing.
      if constexpr (requires { O::convention; })
        if (std::abs(is_unary<O> ? a : a - b) < 0.01) continue;
      SCOPED_TRACE(::testing::Message() << O::name << " at " << a << ", " << b);
      Graph graph;
      const Value x = graph.variable("a", a);
      if constexpr (is_unary<O>) {
        const Value y = apply<O>(x);
        const double recorded = graph.node(y.id()).derivative[0];
        const double written = symbolic(symbolic_rule(O::code, 0), {{"x", a}, {"y", y.value()}});
        EXPECT_NEAR(recorded, written, 1e-14 * (1 + std::abs(recorded)));
        // What is treated as a constant has the derivative 0 in spite of its value.
        if (!description_of(O::code).is_constant) {
          EXPECT_NEAR(recorded, difference([](double v) { return O::value(v); }, a),
                      1e-8 * (1 + std::abs(recorded)));
        }
      } else {
        const Value z = graph.variable("b", b);
        const Value y = apply<O>(x, z);
        const double difference_a = difference([&](double v) { return O::value(v, b); }, a);
        const double difference_b = difference([&](double v) { return O::value(a, v); }, b);
        for (int k = 0; k < 2; ++k) {
          const double recorded = graph.node(y.id()).derivative[k];
          const double written =
              symbolic(symbolic_rule(O::code, k), {{"a", a}, {"b", b}, {"y", y.value()}});
          EXPECT_NEAR(recorded, written, 1e-14 * (1 + std::abs(recorded)));
          EXPECT_NEAR(recorded, k == 0 ? difference_a : difference_b,
                      1e-8 * (1 + std::abs(recorded)));
        }
      }
    }
  });
}

/// Where an operation is tried widely: all that a double can reasonably hold of it.
Interval wide_domain_of(Op op) {
  switch (op) {
    case Op::log:
    case Op::sqrt: return {1e-300, 1e3};
    case Op::asin:
    case Op::acos: return {-1, 1};
    case Op::power: return {1e-3, 30};
    case Op::exp:
    case Op::sinh:
    case Op::cosh: return {-700, 700};
    case Op::sin:
    case Op::cos:
    case Op::tan: return {-100, 100};
    case Op::gelu:
    case Op::erf: return {-25, 25};
    default: return {-300, 300};
  }
}

/// Value and derivatives to 1e-13 relative, near and far; the reference is in extended precision.
TEST(Ops, AgreeWithExtendedPrecision) {
  const unsigned seed = 20260102;
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  Random random(seed);
  const auto expect_close = [](double is, long double expected, const char* what) {
    const auto wanted = static_cast<double>(expected);
    EXPECT_NEAR(is, wanted, 1e-13 * std::abs(wanted) + 1e-300) << what;
  };
  for_each_operation([&]<class O>(O) {
    // The numbers of an unspecified function are nobody's business: they tell formulas apart.
    if (O::code == Op::unspecified || O::code == Op::arguments) return;
    for (const Interval domain : {domain_of(O::code), wide_domain_of(O::code)}) {
      for (int i = 0; i < testing::rounds(500); ++i) {
        const double a = uniform(random, domain.low, domain.high);
        const double b = uniform(random, domain.low, domain.high);
        SCOPED_TRACE(::testing::Message() << O::name << " at " << a << ", " << b);
        const auto expected = testing::reference(O::code, a, b);
        if constexpr (is_unary<O>) {
          const double y = O::value(a);
          // Where a sum crosses zero (gelu' near −0.75, mish' near −1.19) no relative bound can
          // hold.
          const bool is_sum = O::code == Op::gelu || O::code == Op::mish;
          if (is_sum && std::abs(static_cast<double>(expected.derivative[0])) < 1e-3) continue;
          expect_close(y, expected.value, "value");
          expect_close(O::derivative(a, y), expected.derivative[0], "derivative");
        } else {
          const double y = O::value(a, b);
          expect_close(y, expected.value, "value");
          expect_close(O::derivative_a(a, b, y), expected.derivative[0], "first derivative");
          expect_close(O::derivative_b(a, b, y), expected.derivative[1], "second derivative");
        }
      }
    }
  });
}

TEST(Ops, EveryOperationHasItsOwnNameAndCode) {
  std::map<std::string_view, Op> names;
  for_each_operation([&]<class O>(O) {
    EXPECT_TRUE(names.emplace(O::name, O::code).second) << O::name;
    EXPECT_EQ(name_of(O::code), O::name);
    EXPECT_EQ(arity_of(O::code), is_unary<O> ? 1 : 2);
  });
  EXPECT_EQ(names.size(), operation_count);
  EXPECT_EQ(name_of(Op::variable), "");
  EXPECT_EQ(arity_of(Op::constant), 0);
}

// Reference values: mpmath at 50 digits.
TEST(Ops, KnownValues) {
  EXPECT_DOUBLE_EQ(ops::Sigmoid::value(0.3775), 0.593269992107187255);
  EXPECT_DOUBLE_EQ(ops::Softplus::value(1.0), 1.31326168751822283);
  EXPECT_DOUBLE_EQ(ops::Gelu::value(1.0), 0.841344746068542949);
  EXPECT_DOUBLE_EQ(ops::Gelu::derivative(1.0, ops::Gelu::value(1.0)), 1.0833154705876863);
  EXPECT_DOUBLE_EQ(ops::Elu::value(-1.0), -0.632120558828557678);
  EXPECT_DOUBLE_EQ(ops::Erf::derivative(0.5, 0.0), 0.878782578935444794);
}

TEST(Ops, ExtremeArgumentsStayFinite) {
  EXPECT_EQ(ops::Sigmoid::value(-800.0), 0);
  EXPECT_EQ(ops::Sigmoid::value(800.0), 1);
  EXPECT_EQ(ops::Sigmoid::derivative(-800.0, 0.0), 0);
  EXPECT_EQ(ops::Softplus::value(800.0), 800);
  EXPECT_EQ(ops::Softplus::value(-800.0), 0);
  EXPECT_EQ(ops::Softplus::derivative(-800.0, 0.0), 0);
  EXPECT_EQ(ops::Tanh::value(400.0), 1);
  EXPECT_EQ(ops::Divide::derivative_b(1e-200, 1e-170, 1e-30), -1e140);
  EXPECT_EQ(ops::Tanh::derivative(400.0, 1.0), 0);
  EXPECT_EQ(ops::Sigmoid::derivative(800.0, 1.0), 0);
  EXPECT_EQ(ops::Gelu::value(-800.0), 0);
  EXPECT_EQ(ops::Elu::value(-800.0), -1);
  EXPECT_EQ(ops::Power::value(0.0, 0.0), 1);
  EXPECT_EQ(ops::Power::derivative_a(0.0, 0.0, 1.0), 0);
  EXPECT_EQ(ops::Power::value(-2.0, 3.0), -8);
  EXPECT_EQ(ops::Power::derivative_a(-2.0, 3.0, -8.0), 12);
  // Far out in the tail, where 1 − σ and 1 − tanh² would have cancelled; Python's decimal at 50
  // digits.
  EXPECT_DOUBLE_EQ(ops::Sigmoid::derivative(40.0, 1.0), 4.248354255291588977e-18);
  EXPECT_DOUBLE_EQ(ops::Tanh::derivative(20.0, 1.0), 1.6993417021166355178e-17);
}

TEST(Ops, KinksFollowTheConvention) {
  EXPECT_EQ(ops::Relu::derivative(0.0, 0.0), 0);
  EXPECT_EQ(ops::LeakyRelu::derivative(0.0, 0.0), 0.01);
  EXPECT_EQ(ops::Abs::derivative(0.0, 0.0), 0);
  EXPECT_EQ(ops::Elu::derivative(0.0, 0.0), 1);
  EXPECT_EQ(ops::Step::value(0.0), 1);
  EXPECT_EQ(ops::Sign::value(0.0), 0);
  EXPECT_EQ(ops::Max::derivative_a(2.0, 2.0, 2.0), 1);
  EXPECT_EQ(ops::Max::derivative_b(2.0, 2.0, 2.0), 0);
  EXPECT_EQ(ops::Min::derivative_a(2.0, 2.0, 2.0), 1);
  EXPECT_EQ(ops::Min::derivative_b(1.0, 2.0, 1.0), 0);
}

TEST(Ops, NotANumberStaysNotANumber) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for_each_operation([&]<class O>(O) {
    if constexpr (is_unary<O>) {
      EXPECT_TRUE(std::isnan(O::value(nan))) << O::name;
    } else {
      EXPECT_TRUE(std::isnan(O::value(nan, 0.5))) << O::name;
    }
  });
}

}  // namespace
}  // namespace chalkgrad
