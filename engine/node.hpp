#pragma once

#include <array>
#include <cstdint>

#include "engine/ops/op.hpp"

/// Node: one elementary operation, as it was carried out.
///
/// 32 bytes, half a cache line: the value, the local derivatives with respect to both operands, and
/// in one word which nodes the operands are and which operation it was. That is all a reverse sweep
/// or a derivation needs; nothing about names, adjoints or the operation's code path is in here.
/// With eight bytes for its adjoint, an operation costs 40 bytes.
///
/// A multiplication whose product is added at once to the node before it is fused with that
/// addition into one node, of Op::multiply_add (engine/product.hpp says when): it stands for
///
///   before + a·b,  with the derivatives 1, b and a,
///
/// where `before` is the node with the id before its own, and `operand` and `derivative` are about
/// a and b. engine/expansion.hpp takes such nodes apart again.
namespace chalkgrad {

/// The number of a node in its graph. Ids start at 1; 0 means "none".
using NodeId = std::uint32_t;

struct Node {
  static constexpr int id_bits = 29;
  static constexpr NodeId largest_id = (NodeId{1} << id_bits) - 1;

  double value;
  double derivative[2];  ///< local, with respect to each operand; 0 where there is none
  std::uint64_t links;   ///< see `link`

  /// The first (0) or second (1) operand, in source order; 0 where there is none.
  [[nodiscard]] NodeId operand(int i) const {
    return static_cast<NodeId>(links >> (32 * i)) & largest_id;
  }
  [[nodiscard]] std::array<NodeId, 2> operands() const { return {operand(0), operand(1)}; }
  [[nodiscard]] Op op() const {
    const auto high = static_cast<unsigned>(links >> id_bits) & 7u;
    return static_cast<Op>(high << 3 | static_cast<unsigned>(links >> (32 + id_bits)));
  }
  [[nodiscard]] bool is_fused() const { return is_fused(links); }

  /// Each operand has 32 bits, of which the op takes the upper three: its higher octal digit stands
  /// above the first operand, its lower one above the second. Only Op::multiply_add has a 7 there,
  /// so the reverse sweep sees it by one comparison.
  [[nodiscard]] static constexpr std::uint64_t link(Op op, NodeId a, NodeId b) {
    const auto code = static_cast<NodeId>(op);
    const NodeId low = a | (code >> 3) << id_bits, high = b | (code & 7u) << id_bits;
    return low | std::uint64_t{high} << 32;
  }
  [[nodiscard]] static constexpr bool is_fused(std::uint64_t links) {
    return static_cast<NodeId>(links) >= NodeId{7} << id_bits;
  }
};
static_assert(sizeof(Node) == 32);
static_assert(static_cast<int>(Op::multiply_add) == 070 && static_cast<int>(last_operation) < 070);

}  // namespace chalkgrad
