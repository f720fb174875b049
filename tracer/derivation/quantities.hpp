#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/graph.hpp"
#include "tracer/derivation/rounding_error.hpp"
#include "tracer/expression/expression.hpp"

/// The named quantities of a graph, and how each is defined by others.
///
/// A quantity is a named node. Its definition is read back from the graph: the expression over
/// other quantities and literals that the operations between them record, in source order. A node
/// without a name that is used more than once, or that would nest deeper than a page can show, gets
/// an automatic name v1, v2, …; one that repeats the operation of an earlier named node is that
/// quantity.
///
/// Quantities are numbered in topological order (by node id): a definition refers to smaller
/// numbers only. Invariant: between two quantities the graph is a tree, so definitions are as long
/// as what was written. The graph must outlive this object, not change under it, and have no fused
/// nodes (engine/expansion.hpp).
namespace chalkgrad {

/// How literals and given numbers were typed, by node: 0.10 stays 0.10.
using Spellings = std::unordered_map<NodeId, std::string>;

/// The number of a quantity in its Quantities.
using QuantityIndex = std::size_t;

/// Where a node is used: as the first (0) or second (1) operand of an operation.
struct Use {
  NodeId user = 0;
  int operand = 0;

  auto operator<=>(const Use&) const = default;
};

struct Quantity {
  NodeId node = 0;
  std::string name{};
  bool automatic = false;                 ///< the name is v1, v2, …
  bool given = false;                     ///< a leaf: it has no definition
  double value = 0;                       ///< NaN if unknown
  double error = 0;                       ///< a bound on its rounding error
  std::string spelling{};                 ///< of a given number, as typed; may be empty
  std::vector<QuantityIndex> operands{};  ///< the quantities in its definition, each once
  std::vector<QuantityIndex> users{};     ///< those whose definition it is in, in order
  /// Where the operands stand in the definition: by operand, then in source order.
  std::vector<std::pair<QuantityIndex, Use>> occurrences{};
};

class Quantities {
 public:
  /// The quantities that the nodes `outputs` depend on, and they themselves; time and memory are
  /// proportional to the nodes up to the last of them.
  Quantities(const Graph& graph, std::span<const NodeId> outputs, Spellings spellings = {});

  [[nodiscard]] std::size_t size() const { return list_.size(); }
  [[nodiscard]] const Quantity& operator[](QuantityIndex i) const { return list_[i]; }
  [[nodiscard]] std::optional<QuantityIndex> find(std::string_view name) const;
  [[nodiscard]] const Graph& graph() const { return graph_; }

  /// The definition; the symbol itself for a given quantity. Linear in its length.
  [[nodiscard]] Expr definition(QuantityIndex i) const;

  /// The expression that a node stands for: a symbol, a literal, or what its operations write.
  [[nodiscard]] Expr read(NodeId node) const;
  /// As read, but the node's own operation even if the node is a quantity.
  [[nodiscard]] Expr read_operation(NodeId node) const;

  /// The quantity that this node is or repeats, if any.
  [[nodiscard]] std::optional<QuantityIndex> quantity_at(NodeId node) const;

  /// Where an operation that is no quantity is used, in the definition it belongs to.
  [[nodiscard]] Use use_of(NodeId operation) const { return use_[operation]; }
  /// The last operation of the run of sums and differences that this one belongs to, as a − b is of
  /// (a − b) + c; itself if there is no such run.
  [[nodiscard]] NodeId end_of_sum(NodeId operation) const { return end_of_sum_[operation]; }
  /// The last difference of a run that ends in a sum, or the other way round; 0 if there is none.
  [[nodiscard]] NodeId other_of_sum(NodeId end) const { return other_of_sum_[end]; }

 private:
  void find_repetitions(const std::vector<bool>& reached);
  void name_shared_nodes(const std::vector<bool>& reached, std::span<const NodeId> outputs);
  void collect_operands(QuantityIndex i);
  void find_runs_of_sums();
  Expr read_chain(NodeId node, Op one, Op other) const;

  const Graph& graph_;
  Spellings spellings_;
  std::vector<Quantity> list_;
  static constexpr QuantityIndex none = ~QuantityIndex{0};
  std::vector<QuantityIndex> by_node_;  // the quantity that a node is or repeats, or none
  std::unordered_map<std::string, QuantityIndex> by_name_;
  std::vector<Expr> symbols_;  // of the quantities, which share them wherever they are read
  std::unordered_map<NodeId, NodeId> repeats_;  // a node without a name → the named one it repeats
  std::vector<Use> use_;                        // by node, as are the following
  std::vector<NodeId> end_of_sum_, other_of_sum_;
};

/// The value of an expression over quantities, with its error; a symbol that is no quantity counts
/// as 0.
[[nodiscard]] Approximation evaluate_with_error(const Expr& e, const Quantities& quantities);

/// The sides of the condition left − right > 0 that a case of a definition was recorded with
/// (ops::When): a − b > 0 is a > b.
[[nodiscard]] std::pair<Expr, Expr> sides_of_condition(const Expr& difference);

}  // namespace chalkgrad
