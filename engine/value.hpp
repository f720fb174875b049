#pragma once

#include <span>
#include <string_view>
#include <type_traits>
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
/// The product of two Values is a Product (engine/product.hpp): a Value in every use, but recorded
/// only then.
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

template <>
inline constexpr bool is_differentiable<Value> = true;
[[nodiscard]] inline Value operand(Value x) { return x; }

[[nodiscard]] inline Value multiply(Value a, double b) { return apply<ops::Multiply>(a, b); }
[[nodiscard]] inline Value multiply(double a, Value b) { return apply<ops::Multiply>(a, b); }

// Better matches than std::min and std::max, where those are visible.
[[nodiscard]] inline Value min(Value a, Value b) { return apply<ops::Min>(a, b); }
[[nodiscard]] inline Value max(Value a, Value b) { return apply<ops::Max>(a, b); }

/// x1 + … + xn, left to right. Throws GraphError for an empty list.
[[nodiscard]] Value sum(std::span<const Value> terms);

/// ln(e^x1 + … + e^xn), without overflow: the largest is taken out first. It is taken out as a
/// literal, so a replay at a point far from this one may overflow.
[[nodiscard]] Value log_sum_exp(std::span<const Value> terms);

/// e^xi / (e^x1 + … + e^xn) for each i, without overflow; a replay as above.
[[nodiscard]] std::vector<Value> softmax(std::span<const Value> terms);

}  // namespace chalkgrad

#include "engine/product.hpp"  // IWYU pragma: export
