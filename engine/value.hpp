#pragma once

#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine/domain.hpp"
#include "engine/error.hpp"
#include "engine/functions.hpp"
#include "engine/graph.hpp"
#include "engine/ops.hpp"

/// Value: a number that remembers how it was computed.
///
/// A handle of 16 bytes: the number itself, the node that recorded it, and which graph that is in.
/// It is copied like a number, owns nothing, and must not outlive its graph. The usual operators
/// and functions (engine/functions.hpp) record one node for each operation. Values of two graphs
/// cannot be combined (GraphError); an operation outside its domain throws DomainError. A plain
/// number beside a Value becomes a constant of the same graph.
///
/// A product is the exception: a*b is a Product, which is recorded when it is first used. If it is
/// added on the spot, as in the sums of a neuron, to the value recorded last, then product and sum
/// are recorded as one node (Op::multiply_add): half the memory, half the sweep. In every other use
/// a Product is the Value that it converts to.
namespace chalkgrad {

class Value {
 public:
  Value() = default;  ///< belongs to no graph; can be assigned to, and nothing else
  Value(TapeId tape, NodeId id, double value)
      : value_(value), place_(std::uint64_t{tape} << 32 | id) {}

  [[nodiscard]] double value() const { return value_; }
  [[nodiscard]] NodeId id() const { return static_cast<NodeId>(place_); }
  [[nodiscard]] TapeId tape() const { return static_cast<TapeId>(place_ >> 32); }
  [[nodiscard]] bool shares_tape_with(Value other) const {
    return (place_ ^ other.place_) >> 32 == 0;
  }
  /// Throws GraphError if the graph was reset or destroyed.
  [[nodiscard]] Graph& graph() const;
  [[nodiscard]] std::string_view name() const { return graph().name(id()); }

  /// This value as a named quantity. If it has a name already, the result is a new quantity equal
  /// to it (`auto y = x.named("y")` is the definition y = x). Throws GraphError if the name is
  /// taken.
  [[nodiscard]] Value named(std::string_view name) const;

 private:
  double value_ = 0;
  std::uint64_t place_ = 0;  // the tape above, the id below
};
static_assert(sizeof(Value) == 16 && std::is_trivially_copyable_v<Value>);

/// Records an operation: the hot path. All that can go wrong is that the chunk is full.
[[gnu::always_inline]] inline Value record(TapeId tape, Op op, double value, NodeId a,
                                           double derivative_a, NodeId b = 0,
                                           double derivative_b = 0) {
  if (tapes[tape].room() == 0) [[unlikely]]
    extend_tape(tape);
  return {tape, tapes[tape].append(op, value, a, derivative_a, b, derivative_b), value};
}

/// Records O applied to x.
template <class O>
Value apply(Value x) {
  check_domain<O>(x.value());
  const double y = O::value(x.value());
  return record(x.tape(), O::code, y, x.id(), O::derivative(x.value(), y));
}

/// Records O applied to a and b.
template <class O>
Value apply(Value a, Value b) {
  if (!a.shares_tape_with(b)) [[unlikely]]
    refuse_mixture(a.tape(), b.tape());
  check_domain<O>(a.value(), b.value());
  const double y = O::value(a.value(), b.value());
  return record(a.tape(), O::code, y, a.id(), O::derivative_a(a.value(), b.value(), y), b.id(),
                O::derivative_b(a.value(), b.value(), y));
}

/// Records O applied to a value and a literal, which becomes a constant. The derivative with
/// respect to the literal is recorded as 0: nobody asks for it, and it need not exist, as in (−2)².
template <class O>
Value apply(Value a, double b) {
  check_domain<O>(a.value(), b);
  const double y = O::value(a.value(), b);
  const Value literal = record(a.tape(), Op::constant, b, 0, 0);
  return record(a.tape(), O::code, y, a.id(), O::derivative_a(a.value(), b, y), literal.id(), 0);
}
template <class O>
Value apply(double a, Value b) {
  check_domain<O>(a, b.value());
  const double y = O::value(a, b.value());
  const Value literal = record(b.tape(), Op::constant, a, 0, 0);
  return record(b.tape(), O::code, y, literal.id(), 0, b.id(), O::derivative_b(a, b.value(), y));
}

/// a·b, recorded when it is first used, and once.
class Product {
 public:
  Product(Value a, Value b) : a_(a), b_(b) {
    if (!a.shares_tape_with(b)) [[unlikely]]
      refuse_mixture(a.tape(), b.tape());
  }
  Product(const Product& other) : a_(other.a_), b_(other.b_), recorded_(other.recorded()) {}
  Product& operator=(const Product&) = delete;  // assign to a Value

  // NOLINTNEXTLINE(google-explicit-constructor): a product is a value
  operator Value() const { return recorded(); }
  [[nodiscard]] double value() const { return a_.value() * b_.value(); }
  [[nodiscard]] NodeId id() const { return recorded().id(); }
  [[nodiscard]] TapeId tape() const { return a_.tape(); }
  [[nodiscard]] Graph& graph() const { return a_.graph(); }
  [[nodiscard]] std::string_view name() const { return recorded().name(); }
  [[nodiscard]] Value named(std::string_view name) const { return recorded().named(name); }

  /// sum + a·b, for a product that nobody else can see.
  [[nodiscard]] Value added_to(Value sum) &&;

 private:
  [[nodiscard]] Value recorded() const {
    if (recorded_.id() == 0) recorded_ = apply<ops::Multiply>(a_, b_);
    return recorded_;
  }
  [[gnu::cold, gnu::noinline]] static Value add_separately(Value sum, Value a, Value b) {
    return apply<ops::Add>(sum, apply<ops::Multiply>(a, b));
  }

  Value a_, b_;
  mutable Value recorded_{};
};

/// The innermost loop of every neuron, sum += w·x. That it calls nothing with `sum` alive is why
/// the running sum stays in a register, and with it the speed.
[[gnu::always_inline]] inline Value Product::added_to(Value sum) && {
  if (recorded_.id() != 0) return apply<ops::Add>(sum, recorded_);
  const Value a = a_, b = b_;
  Tape& tape = tapes[sum.tape()];
  if (!sum.shares_tape_with(a) || tape.room() < 2) [[unlikely]]
    return add_separately(sum, a, b);
  const double product = a.value() * b.value(), total = sum.value() + product;
  Node* const node = tape.at(sum.id() + 1);
  if (node == tape.next) [[likely]] {
    tape.next = node + 1;
    *node = {total, {b.value(), a.value()}, Node::link(Op::multiply_add, a.id(), b.id())};
    return {sum.tape(), sum.id() + 1, total};
  }
  const NodeId id = tape.append(Op::multiply, product, a.id(), b.value(), b.id(), a.value());
  return {sum.tape(), tape.append(Op::add, total, sum.id(), 1, id, 1), total};
}

template <>
inline constexpr bool is_differentiable<Value> = true;
template <>
inline constexpr bool is_differentiable<Product> = true;
[[nodiscard]] inline Value operand(Value x) { return x; }
[[nodiscard]] inline Value operand(const Product& x) { return x; }

[[nodiscard]] inline Product multiply(Value a, Value b) { return {a, b}; }
[[nodiscard]] inline Value multiply(Value a, double b) { return apply<ops::Multiply>(a, b); }
[[nodiscard]] inline Value multiply(double a, Value b) { return apply<ops::Multiply>(a, b); }

template <Differentiable A>
[[gnu::always_inline]] inline Value operator+(const A& sum, Product&& product) {
  return std::move(product).added_to(operand(sum));
}
[[gnu::always_inline]] inline Value& operator+=(Value& sum, Product&& product) {
  return sum = std::move(product).added_to(sum);
}

// Better matches than std::min and std::max, where those are visible.
[[nodiscard]] inline Value min(Value a, Value b) { return apply<ops::Min>(a, b); }
[[nodiscard]] inline Value max(Value a, Value b) { return apply<ops::Max>(a, b); }

/// x1 + … + xn, left to right. Throws GraphError for an empty list.
[[nodiscard]] Value sum(std::span<const Value> terms);

/// ln(e^x1 + … + e^xn), without overflow: the largest is taken out first.
[[nodiscard]] Value log_sum_exp(std::span<const Value> terms);

/// e^xi / (e^x1 + … + e^xn) for each i, without overflow.
[[nodiscard]] std::vector<Value> softmax(std::span<const Value> terms);

}  // namespace chalkgrad
