#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/value.hpp"

/// Replay: a recorded computation, run again for other values of its leaves.
///
/// Recording writes down what was computed; a replay computes it anew, without recording: for one
/// point, or for many samples eight at a time, side by side in the lanes of vector registers. It is
/// what training, batches and checks at random points run on. A replay is made from what y depends
/// on at that moment, and is independent of the graph afterwards.
///
/// Every operation is carried out as engine/ops.hpp defines it, on the new operands: a ReLU or a
/// maximum branches afresh, an operation that leaves its domain throws DomainError. What is frozen
/// is which operations there are: a C++ `if` that the recording went through is not seen, and the
/// shift that keeps log_sum_exp and softmax from overflowing is that of the recorded point.
///
/// `run` gives the same bits as sweeping the record, and as recording and sweeping again at the new
/// point as long as the same products are fused (at the end of a chunk one may not be). Sums over
/// samples add the samples of each lane first, then the lanes, so their last bits depend on the
/// number of lanes.
namespace chalkgrad {

class Replay {
 public:
  /// How many samples are computed side by side.
  static constexpr int lanes = 8;

  /// Time and memory proportional to the nodes up to y. Throws GraphError if y belongs to no graph.
  explicit Replay(Value y);

  /// A new value for a leaf; stays until it is set again. No effect if y does not depend on it.
  /// Throws GraphError if it is an operation on the way to y, or of another graph.
  void set(Value leaf, double value);

  /// y for the values of the leaves as they are, without derivatives.
  double value();
  /// y and its derivatives for the values of the leaves as they are.
  double run();
  /// Σ y and Σ ∂y/∂leaf over samples. Each row has the values of `inputs`, in their order; the
  /// values that these leaves had come back afterwards. Throws GraphError if there are no inputs or
  /// the rows are not whole.
  double run(std::span<const Value> inputs, std::span<const double> rows);

  /// ∂y/∂leaf, from the last run; 0 if y does not depend on it. Errors as for `set`.
  [[nodiscard]] double operator[](Value leaf) const;

 private:
  using Slot = std::uint32_t;  // where a value and its adjoint stand, in each lane

  /// An operation; or a run of multiplications and additions, out = a + Σ left·right.
  struct Instruction {
    Op op;
    Slot out, a, b;
    std::uint32_t first = 0, count = 0;  // of a run: its pairs
  };
  struct Pair {
    Slot left, right;
  };
  template <int L>
  struct Machine;

  void compile(const Graph& graph, NodeId y);
  [[nodiscard]] Slot leaf_slot(Value leaf) const;
  [[nodiscard]] bool extends_run(NodeId before, const std::vector<std::uint8_t>& uses) const;
  void sum_gradients(std::size_t width);

  TapeId tape_;
  Slot output_ = 0;
  std::vector<Slot> slots_{};          // by node id; 0 where y does not depend on the node
  std::vector<Slot> leaves_{};         // the slots of leaves
  std::vector<bool> is_leaf_{};        // by slot
  std::vector<double> leaf_values_{};  // by slot
  std::vector<double> gradient_{};     // by slot, of leaves
  std::vector<Instruction> program_{};
  std::vector<Pair> pairs_{};
  std::vector<double> values_{}, adjoints_{};  // by slot and lane
};

}  // namespace chalkgrad
