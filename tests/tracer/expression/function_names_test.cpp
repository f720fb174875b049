#include "tracer/expression/function_names.hpp"

#include <gtest/gtest.h>

#include "engine/ops.hpp"

namespace chalkgrad {
namespace {

TEST(FunctionNames, AFileKnowsNamesAndSymbols) {
  EXPECT_EQ(function_named("sigmoid"), Op::sigmoid);
  EXPECT_EQ(function_named("σ"), Op::sigmoid);
  EXPECT_EQ(function_named("ln"), Op::log);
  EXPECT_EQ(function_named("arctan"), Op::atan);
  EXPECT_EQ(function_named("Sigmoid"), std::nullopt);
  EXPECT_EQ(function_named("logistic"), std::nullopt);
  EXPECT_EQ(function_named("add"), std::nullopt);
}

TEST(FunctionNames, PeopleKnowMore) {
  struct Case {
    const char* written;
    Op op;
  };
  for (const auto& [written, op] :
       {Case{"ReLU", Op::relu}, Case{"RELU", Op::relu}, Case{"LeakyReLU", Op::leaky_relu},
        Case{"logistic", Op::sigmoid}, Case{"sig", Op::sigmoid}, Case{"Sigma", Op::sigmoid},
        Case{"sgn", Op::sign}, Case{"heaviside", Op::step}, Case{"GELU", Op::gelu},
        Case{"Tanh", Op::tanh}})
    EXPECT_EQ(function_known_as(written), op) << written;
  EXPECT_EQ(function_known_as("nothing"), std::nullopt);
}

/// No two operations are known by one name.
TEST(FunctionNames, EachNameMeansOne) {
  for_each_operation([]<class O>(O) {
    if (!function_named(O::name)) return;  // written with a sign
    EXPECT_EQ(function_named(O::name), O::code) << O::name;
    EXPECT_EQ(function_known_as(O::name), O::code) << O::name;
  });
}

TEST(FunctionNames, HintsLeadToWhatWasMeant) {
  const std::vector<KnownFunction> further = {{"mean_squared_error", "mse"}, {"softmax", {}}};
  struct Case {
    const char *written, *hint;
  };
  for (const auto& [written, hint] :
       {Case{"sig", "did you mean 'sigmoid'?"}, Case{"ReLU", "did you mean 'relu'?"},
        Case{"MSE", "did you mean 'mean_squared_error'?"},
        Case{"Softmax", "did you mean 'softmax'?"},
        Case{"MeanSquaredError", "did you mean 'mean_squared_error'?"},
        Case{"log2", "write ln(x)/ln(2)"}, Case{"silu", "write x*sigmoid(x)"},
        Case{"sigmiod", "did you mean 'sigmoid'?"}, Case{"frobnicate", ""}})
    EXPECT_EQ(hint_for_function(written, further), hint) << written;
}

}  // namespace
}  // namespace chalkgrad
