#include <algorithm>

#include "engine/ops.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/picture/captions.hpp"
#include "tracer/picture/diagram.hpp"

namespace chalkgrad {

namespace {

std::string sign_of(Op op) {
  const auto description = description_of(op);
  for (const std::string_view sign : {description.symbol, description.text})
    if (!sign.empty()) return std::string(sign);
  return std::string(name_of(op));
}

/// Builds the picture of the bare graph.
class CircuitBuilder {
 public:
  CircuitBuilder(const Solution& solution, const PictureOptions& options)
      : graph_(*solution.evaluation.graph),
        all_(*solution.quantities),
        captions_(solution, options) {
    diagram_.is_circuit = true;
    diagram_.output = captions_.output();
  }

  Diagram run() {
    if (diagram_.output.empty()) return std::move(diagram_);
    const NodeId last = all_[*all_.find(diagram_.output)].node;
    std::vector<bool> reached(last + 1);
    reached[last] = true;
    for (NodeId id = last; id > 0; --id)
      if (reached[id])
        for (const NodeId operand : graph_.node(id).operands()) reached[operand] = true;
    place_.assign(last + 1, 0);
    for (NodeId id = 1; id <= last; ++id)
      if (reached[id]) add(id);
    for (QuantityIndex i = 0; i < all_.size(); ++i)
      if (!all_[i].given && all_[i].node <= last && reached[all_[i].node]) add_uses(i);
    return std::move(diagram_);
  }

 private:
  /// The quantity that is this very node.
  std::optional<QuantityIndex> quantity(NodeId id) const {
    const auto i = all_.quantity_at(id);
    return i && all_[*i].node == id && !all_[*i].automatic ? i : std::nullopt;
  }

  void add(NodeId id) {
    place_[id] = diagram_.nodes.size();
    const auto i = quantity(id);
    Diagram::Node node{.shape = Diagram::Shape::operation,
                       .captions = {i ? captions_.of_quantity(*i) : captions_.of_node(id)}};
    const bool leaf = graph_.op(id) < first_operation;
    if (!leaf) {
      node.sign = sign_of(graph_.op(id));
    } else if (!i) {  // a literal, whose value is its sign
      node.literal = all_.read(id);
      node.sign = print(*node.literal);
      node.captions.clear();
    }
    diagram_.nodes.push_back(std::move(node));
    for (const NodeId operand : graph_.node(id).operands()) {
      if (operand == 0) continue;
      const std::size_t edge = diagram_.edges.size();
      diagram_.edges.push_back({.from = place_[operand], .to = place_[id]});
      edges_[{operand, id}].push_back(edge);
    }
  }

  /// The wires of a definition: between two quantities the graph is a tree, so each wire belongs to
  /// the quantities that it leads up from.
  void add_uses(QuantityIndex i) {
    struct Visit {
      NodeId node;
      std::vector<std::size_t> wires;  // from this node up to the quantity
    };
    std::vector<Visit> open = {{all_[i].node, {}}};
    while (!open.empty()) {
      const Visit visit = std::move(open.back());
      open.pop_back();
      const auto known = all_.quantity_at(visit.node);
      if (!visit.wires.empty() && known) {
        auto& wires = diagram_.uses[{all_[*known].name, all_[i].name}].edges;
        wires.insert(wires.end(), visit.wires.begin(), visit.wires.end());
        std::sort(wires.begin(), wires.end());
        wires.erase(std::unique(wires.begin(), wires.end()), wires.end());
        continue;
      }
      auto& captions = diagram_.nodes[place_[visit.node]].captions;
      if (!captions.empty() && captions[0].name.empty()) captions[0].within = all_[i].name;
      NodeId before = 0;
      for (const NodeId operand : graph_.node(visit.node).operands()) {
        if (operand == 0 || operand == before) continue;
        before = operand;
        Visit next{operand, visit.wires};
        const auto& between = edges_[{operand, visit.node}];
        next.wires.insert(next.wires.end(), between.begin(), between.end());
        open.push_back(std::move(next));
      }
    }
  }

  const Graph& graph_;
  const Quantities& all_;
  Captions captions_;
  Diagram diagram_;
  std::vector<std::size_t> place_;  // of a graph's node: its node here
  std::map<std::pair<NodeId, NodeId>, std::vector<std::size_t>> edges_;
};

}  // namespace

Diagram make_circuit(const Solution& solution, const PictureOptions& options) {
  return CircuitBuilder(solution, options).run();
}

}  // namespace chalkgrad
