#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

#include "engine/ops.hpp"
#include "tests/golden/golden.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/expression/simplify.hpp"

/// docs/operations.md, written by the operations themselves, so that it cannot be out of date.
namespace chalkgrad {
namespace {

constexpr const char* introduction = R"(# The operations

Written by the operations themselves (`cmake --build build/release --target update_golden`), and compared with
them by a test. A derivative is the rule that the engine records and that a sheet shows, where y is the value;
what a rule leaves unsaid about cancellation and overflow is in [engine/ops](../engine/ops), beside each rule.
What is *refused* is a DomainError. *Far out* are the value and the derivative at −800 and at 800, or at the ends of the domain.

| operation | value | derivative | refused | at a kink | far out |
|---|---|---|---|---|---|
)";

std::string code(const Expr& e) {
  std::string text = print(simplify(e));
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2)
    text.replace(at, 1, "\\|");
  return "`" + text + "`";
}

/// The messages that an operation has for operands outside its domain.
template <class O>
std::string domain() {
  std::set<std::string> messages;
  for (const double a : {-800.0, -2.5, -1.0, 0.0, 2.5}) {
    for (const double b : {-0.5, 0.0, 0.5}) {
      const char* why = nullptr;
      if constexpr (requires { O::outside_domain(a); }) why = O::outside_domain(a);
      if constexpr (requires { O::outside_domain(a, b); }) why = O::outside_domain(a, b);
      if (why != nullptr) messages.insert(why);
    }
  }
  std::string text;
  for (const std::string& message : messages) text += (text.empty() ? "" : "; ") + message;
  return text.empty() ? "nothing" : text;
}

template <class O>
std::string far_out() {
  const auto in_domain = [](double x) {
    if constexpr (requires { O::outside_domain(x); }) return O::outside_domain(x) == nullptr;
    return true;
  };
  std::string text;
  const double low = in_domain(-800) ? -800 : in_domain(-1) ? -1 : in_domain(0) ? 0 : 1e-300;
  for (const double x : {low, in_domain(800) ? 800.0 : 1.0}) {
    const double y = O::value(x);
    text += fmt::format("{}{:.4g}: {:.4g}, {:.4g}", text.empty() ? "" : "; ", x, y,
                        O::derivative(x, y));
  }
  return text;
}

std::string row(Op op) {
  std::string text;
  with_operation(op, [&]<class O>(O) {
    std::string convention;
    if constexpr (requires { O::convention; }) convention = O::convention;
    const Expr y = Expr::symbol("y");
    if constexpr (is_unary<O>) {
      const Expr x = Expr::symbol("x");
      text = fmt::format("| `{}` | {} | {} | {} | {} | {} |\n", O::name, code(O::value(x)),
                         code(O::derivative(x, y)), domain<O>(), convention, far_out<O>());
    } else {
      const Expr a = Expr::symbol("a"), b = Expr::symbol("b");
      text = fmt::format("| `{}` | {} | {}, {} | {} | {} | |\n", O::name, code(O::value(a, b)),
                         code(O::derivative_a(a, b, y)), code(O::derivative_b(a, b, y)),
                         domain<O>(), convention);
    }
  });
  return text;
}

TEST(GoldenSheets, OperationsTableIsCurrent) {
  std::string table = introduction;
  for_each_operation([&]<class O>(O) { table += row(O::code); });
  table += R"(
`sum`, `log_sum_exp` and `softmax` of lists are made of these, with the largest term taken out before any
exponential (engine/value.hpp). An adjoint of 0 hands nothing on, whatever the derivative: 0·∞ is 0 there.
)";
  testing::expect_golden("docs/operations.md", table);
}

}  // namespace
}  // namespace chalkgrad
