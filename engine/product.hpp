#pragma once

#include <string_view>
#include <utility>

#include "engine/value.hpp"

/// Product: a·b of two Values, recorded when it is first used.
///
/// If that use is an addition on the spot, as in the sums of a neuron, to the value recorded last,
/// then product and sum are recorded as one node (Op::multiply_add, engine/node.hpp): half the
/// memory, half the sweep. Nothing is lost, as nobody else can see the product. In every other use
/// a Product is the Value that it converts to, recorded once however often it is used. Only where a
/// type is deduced from several things does it show: write Value there, `const Value all[] = {x,
/// x*x}`.
namespace chalkgrad {

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
inline constexpr bool is_differentiable<Product> = true;
[[nodiscard]] inline Value operand(const Product& x) { return x; }

[[nodiscard]] inline Product multiply(Value a, Value b) { return {a, b}; }

template <Differentiable A>
[[gnu::always_inline]] inline Value operator+(const A& sum, Product&& product) {
  return std::move(product).added_to(operand(sum));
}
[[gnu::always_inline]] inline Value& operator+=(Value& sum, Product&& product) {
  return sum = std::move(product).added_to(sum);
}

}  // namespace chalkgrad
