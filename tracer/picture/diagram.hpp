#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tracer/expression/expression.hpp"
#include "tracer/numerals/numerals.hpp"
#include "tracer/problem/solution.hpp"

/// Diagram: what a picture of a problem shows, as data.
///
/// Nodes, the edges between them, and what is written on both. A neuron's net and out are one node
/// with two captions, a weight is a caption on the edge it multiplies, biases and targets are small
/// nodes. Where nothing is a network, every elementary operation is a node: a circuit, as in
/// lecture notes. A diagram knows neither positions (layout.hpp) nor formats (svg.hpp and its
/// neighbours).
///
/// Invariants: edges lead from a node to a later user of it, so there is no circle; `attached`
/// nodes have exactly one edge, to the node that they are attached to.
namespace chalkgrad {

/// A quantity as it is written in a picture.
struct Caption {
  std::string name{};              ///< of the quantity; empty for an operation without a name
  std::optional<Expr> value{};     ///< a number
  std::optional<Expr> gradient{};  ///< ∂output/∂name, a number
  std::string words{};             ///< instead of all this: "12 edges"
  /// The quantity in whose line the number of an operation without a name is worked out.
  std::string within{};

  /// The quantity with which the numbers appear.
  [[nodiscard]] const std::string& owner() const { return name.empty() ? within : name; }
};

struct Diagram {
  enum class Shape {
    unit,       ///< an input, a neuron, an error: one caption, or two (net and out)
    small,      ///< a bias, a target, a constant
    operation,  ///< of a circuit: a sign, with its captions on the wires
    layer,      ///< many units in one box
  };
  struct Node {
    Shape shape = Shape::unit;
    std::vector<Caption> captions{};
    std::string sign{};             ///< of an operation: +, ×, σ; of a layer: how many units
    bool attached = false;          ///< stands close above or below its user
    std::optional<Expr> literal{};  ///< of an operation that is none: the number that is its sign
  };
  struct Edge {
    std::size_t from = 0, to = 0;
    std::vector<Caption> captions{};
  };
  std::vector<Node> nodes{};
  std::vector<Edge> edges{};

  /// What is drawn of a quantity's use: `first` stands in the definition of `second`.
  struct Use {
    std::vector<std::size_t> nodes{}, edges{};
  };
  std::map<std::pair<std::string, std::string>, Use> uses{};

  std::string output{};     ///< what is differentiated: gradients are ∂output/∂…
  std::string remark{};     ///< "the first of 4 samples"; may be empty
  std::size_t sample = 0;   ///< of a mini-batch, the one that is drawn; 0 if there is none
  bool is_circuit = false;  ///< captions of nodes stand on their wires
};

struct PictureOptions {
  Numerals numerals{};
  bool given = false;      ///< with the numbers that are given
  bool values = false;     ///< also with those of the forward pass
  bool gradients = false;  ///< with ∂output/∂…
  bool expanded = false;   ///< every elementary operation by itself
};

/// More nodes than these are not legible.
inline constexpr std::size_t most_nodes = 60;

/// The picture of a problem. Linear in the size of the graph.
[[nodiscard]] Diagram make_diagram(const Solution& solution, const PictureOptions& options);

/// The bare graph, one node for each elementary operation.
[[nodiscard]] Diagram make_circuit(const Solution& solution, const PictureOptions& options);

/// The elements of each array of more than 8 as one box, with the name of the array and its shape;
/// the edges between two boxes as one. `make_diagram` does so for networks.
[[nodiscard]] Diagram with_boxes(const Diagram& diagram, const std::vector<Array>& arrays);

/// One node for each layer of a picture that is too large.
[[nodiscard]] Diagram make_outline(const Diagram& diagram);

}  // namespace chalkgrad
