#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "engine/node.hpp"

/// Tape: the end of a graph's record, where the next node goes.
///
/// What recording an operation touches, and nothing else, in a cache line of its own. The tapes of
/// all graphs stand in one array, so that a value can say in four bytes to which graph it
/// belongs. A graph that is reset takes another tape; the one before stays closed, that is full and
/// without a graph, so a value from before the reset is found out when it comes to record a node,
/// at no cost to the others. Closed tapes are used again, the longest closed first: values are not
/// recognised as stale any more after about 65,000 further graphs or resets.
///
/// Opening and closing is safe from several threads; a tape itself belongs to one thread at a time,
/// that of its graph.
namespace chalkgrad {

class Graph;

/// The place of a tape in `tapes`. 0 is that of values which belong to no graph.
using TapeId = std::uint32_t;

struct alignas(64) Tape {
  Node* next = nullptr;
  Node* end = nullptr;      ///< of the chunk that `next` points into
  std::uintptr_t base = 0;  ///< the address that node 0 would have if that chunk began with it
  Graph* graph = nullptr;   ///< none if the tape is closed

  [[nodiscard]] std::ptrdiff_t room() const { return end - next; }
  [[nodiscard]] NodeId next_id() const {
    return static_cast<NodeId>((reinterpret_cast<std::uintptr_t>(next) - base) / sizeof(Node));
  }
  /// Where node `id` stands, if it is in that chunk.
  [[nodiscard]] Node* at(NodeId id) const {
    return reinterpret_cast<Node*>(base + std::uintptr_t{id} * sizeof(Node));
  }
  /// Appends a node and returns its id; there must be room.
  [[gnu::always_inline]] NodeId append(Op op, double value, NodeId a, double derivative_a, NodeId b,
                                       double derivative_b) {
    const NodeId id = next_id();
    Node* const node = next++;
    node->value = value;
    node->derivative[0] = derivative_a;
    node->derivative[1] = derivative_b;
    node->links = Node::link(op, a, b);
    return id;
  }
};

inline constexpr TapeId tape_count = TapeId{1} << 16;
extern Tape tapes[tape_count];

/// The tape of a graph, open as long as this object lives.
class OpenTape {
 public:
  /// Throws GraphError if all tapes are in use.
  explicit OpenTape(Graph& graph);
  ~OpenTape();
  OpenTape(const OpenTape&) = delete;
  OpenTape& operator=(const OpenTape&) = delete;

  [[nodiscard]] TapeId id() const { return id_; }
  void swap(OpenTape& other) noexcept { std::swap(id_, other.id_); }

 private:
  TapeId id_;
};

/// Makes room on a tape that is full, for a node at least. Throws GraphError if the tape is closed
/// (its graph was reset or destroyed) or the graph cannot hold more nodes.
void extend_tape(TapeId id);

/// Throws the GraphError of values that do not belong together.
[[noreturn]] void refuse_mixture(TapeId a, TapeId b);

}  // namespace chalkgrad
