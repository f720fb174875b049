#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/ops.hpp"

/// Value: a number that remembers how it was computed.
///
/// A handle (graph and node id) with the usual operators and functions; each call records one node.
/// It is cheap to copy, owns nothing, and must not outlive its graph. Values of two graphs cannot
/// be combined (GraphError); an operation outside its domain throws DomainError. A plain double
/// beside a Value becomes a constant of the same graph.
namespace chalkgrad {

class Value {
 public:
  Value(Graph& graph, NodeId id) : graph_(&graph), id_(id) {}

  [[nodiscard]] Graph& graph() const { return *graph_; }
  [[nodiscard]] NodeId id() const { return id_; }
  [[nodiscard]] double value() const { return graph_->node(id_).value; }
  [[nodiscard]] std::string_view name() const { return graph_->name(id_); }

  /// This value as a named quantity. If it has a name already, the result is a new quantity equal
  /// to it (`auto y = x.named("y")` is the definition y = x). Throws GraphError if the name is
  /// taken.
  [[nodiscard]] Value named(std::string_view name) const;

 private:
  Graph* graph_;
  NodeId id_;
};

/// Records O applied to x.
template <class O>
Value apply(Value x) {
  const double operand = x.value();
  if constexpr (requires { O::outside_domain(operand); }) {
    if (const char* why = O::outside_domain(operand)) throw DomainError(O::code, operand, 0, why);
  }
  const double y = O::value(operand);
  return {x.graph(), x.graph().record(O::code, y, x.id(), O::derivative(operand, y))};
}

/// Throws DomainError if the operands lie outside the domain of O, if it has one.
template <class O>
void check_domain(double a, double b) {
  if constexpr (requires { O::outside_domain(a, b); }) {
    if (const char* why = O::outside_domain(a, b)) throw DomainError(O::code, a, b, why);
  }
}

/// Records O applied to a and b.
template <class O>
Value apply(Value a, Value b) {
  if (&a.graph() != &b.graph()) throw GraphError("values of two graphs cannot be combined");
  const double left = a.value(), right = b.value();
  check_domain<O>(left, right);
  const double y = O::value(left, right);
  return {a.graph(), a.graph().record(O::code, y, a.id(), O::derivative_a(left, right, y), b.id(),
                                      O::derivative_b(left, right, y))};
}

/// Records O applied to a value and a literal, which becomes a constant. The derivative with
/// respect to the literal is recorded as 0: nobody asks for it, and it need not exist, as in (−2)².
template <class O>
Value apply(Value a, double b) {
  check_domain<O>(a.value(), b);
  const double y = O::value(a.value(), b);
  const NodeId literal = a.graph().constant(b).id();
  return {a.graph(),
          a.graph().record(O::code, y, a.id(), O::derivative_a(a.value(), b, y), literal, 0)};
}
template <class O>
Value apply(double a, Value b) {
  check_domain<O>(a, b.value());
  const double y = O::value(a, b.value());
  const NodeId literal = b.graph().constant(a).id();
  return {b.graph(),
          b.graph().record(O::code, y, literal, 0, b.id(), O::derivative_b(a, b.value(), y))};
}

inline Value Value::named(std::string_view name) const {
  if (!this->name().empty()) return apply<ops::Identity>(*this).named(name);
  graph_->set_name(id_, name);
  return *this;
}

inline Value operator-(Value x) { return apply<ops::Negate>(x); }

// clang-format off
inline Value operator+(Value a, Value b) { return apply<ops::Add>(a, b); }
inline Value operator+(Value a, double b) { return apply<ops::Add>(a, b); }
inline Value operator+(double a, Value b) { return apply<ops::Add>(a, b); }
inline Value operator-(Value a, Value b) { return apply<ops::Subtract>(a, b); }
inline Value operator-(Value a, double b) { return apply<ops::Subtract>(a, b); }
inline Value operator-(double a, Value b) { return apply<ops::Subtract>(a, b); }
inline Value operator*(Value a, Value b) { return apply<ops::Multiply>(a, b); }
inline Value operator*(Value a, double b) { return apply<ops::Multiply>(a, b); }
inline Value operator*(double a, Value b) { return apply<ops::Multiply>(a, b); }
inline Value operator/(Value a, Value b) { return apply<ops::Divide>(a, b); }
inline Value operator/(Value a, double b) { return apply<ops::Divide>(a, b); }
inline Value operator/(double a, Value b) { return apply<ops::Divide>(a, b); }
inline Value pow(Value a, Value b) { return apply<ops::Power>(a, b); }
inline Value pow(Value a, double b) { return apply<ops::Power>(a, b); }
inline Value pow(double a, Value b) { return apply<ops::Power>(a, b); }
inline Value min(Value a, Value b) { return apply<ops::Min>(a, b); }
inline Value min(Value a, double b) { return apply<ops::Min>(a, b); }
inline Value min(double a, Value b) { return apply<ops::Min>(a, b); }
inline Value max(Value a, Value b) { return apply<ops::Max>(a, b); }
inline Value max(Value a, double b) { return apply<ops::Max>(a, b); }
inline Value max(double a, Value b) { return apply<ops::Max>(a, b); }

inline Value& operator+=(Value& a, Value b) { return a = a + b; }
inline Value& operator-=(Value& a, Value b) { return a = a - b; }
inline Value& operator*=(Value& a, Value b) { return a = a * b; }
inline Value& operator/=(Value& a, Value b) { return a = a / b; }

inline Value square(Value x) { return apply<ops::Square>(x); }
inline Value sqrt(Value x) { return apply<ops::Sqrt>(x); }
inline Value exp(Value x) { return apply<ops::Exp>(x); }
inline Value log(Value x) { return apply<ops::Log>(x); }
inline Value sin(Value x) { return apply<ops::Sin>(x); }
inline Value cos(Value x) { return apply<ops::Cos>(x); }
inline Value tan(Value x) { return apply<ops::Tan>(x); }
inline Value sinh(Value x) { return apply<ops::Sinh>(x); }
inline Value cosh(Value x) { return apply<ops::Cosh>(x); }
inline Value tanh(Value x) { return apply<ops::Tanh>(x); }
inline Value asin(Value x) { return apply<ops::Asin>(x); }
inline Value acos(Value x) { return apply<ops::Acos>(x); }
inline Value atan(Value x) { return apply<ops::Atan>(x); }
inline Value erf(Value x) { return apply<ops::Erf>(x); }
inline Value sigmoid(Value x) { return apply<ops::Sigmoid>(x); }
inline Value softplus(Value x) { return apply<ops::Softplus>(x); }
inline Value gelu(Value x) { return apply<ops::Gelu>(x); }
inline Value relu(Value x) { return apply<ops::Relu>(x); }
inline Value leaky_relu(Value x) { return apply<ops::LeakyRelu>(x); }
inline Value elu(Value x) { return apply<ops::Elu>(x); }
inline Value abs(Value x) { return apply<ops::Abs>(x); }
inline Value sign(Value x) { return apply<ops::Sign>(x); }
inline Value step(Value x) { return apply<ops::Step>(x); }
// clang-format on

/// x1 + … + xn, left to right. Throws GraphError for an empty list.
[[nodiscard]] Value sum(std::span<const Value> terms);

/// ln(e^x1 + … + e^xn), without overflow: the largest is taken out first.
[[nodiscard]] Value log_sum_exp(std::span<const Value> terms);

/// e^xi / (e^x1 + … + e^xn) for each i, without overflow.
[[nodiscard]] std::vector<Value> softmax(std::span<const Value> terms);

}  // namespace chalkgrad
