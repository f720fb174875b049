#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "tracer/picture/diagram.hpp"

namespace chalkgrad {

namespace {

constexpr std::size_t most_units = 8;

/// "vector of 12", "3 × 4 matrix".
std::string words_for(const Shape& shape) {
  std::string words = describe(shape);
  return words.substr(words.find(' ') + 1);
}

class BoxMaker {
 public:
  BoxMaker(const Diagram& diagram, const std::vector<Array>& arrays) : diagram_(diagram) {
    for (const Array& array : arrays)
      for (const std::string& element : array.elements) array_of_.emplace(element, &array);
  }

  Diagram run() {
    Diagram boxed{.output = diagram_.output, .remark = diagram_.remark, .sample = diagram_.sample};
    place_nodes(boxed);
    place_edges(boxed);
    for (const auto& [use, drawn] : diagram_.uses) {
      Diagram::Use& now = boxed.uses[use];
      for (const std::size_t node : drawn.nodes) add_once(now.nodes, node_place_[node]);
      for (const std::size_t edge : drawn.edges)
        if (edge_place_[edge] != none) add_once(now.edges, edge_place_[edge]);
    }
    return boxed;
  }

 private:
  static constexpr std::size_t none = ~std::size_t{0};

  static void add_once(std::vector<std::size_t>& list, std::size_t item) {
    if (std::find(list.begin(), list.end(), item) == list.end()) list.push_back(item);
  }

  /// The array that a quantity is an element of, if it is drawn as a box.
  const Array* box_of(const std::string& quantity) const {
    const auto found = array_of_.find(quantity);
    const bool large = found != array_of_.end() && found->second->shape.size() > most_units;
    return large ? found->second : nullptr;
  }

  /// A neuron belongs to the array of its out, or else to that of its net.
  const Array* box_of(const Diagram::Node& node) const {
    const Array* array = nullptr;
    for (const Caption& caption : node.captions)
      if (const Array* of_caption = box_of(caption.name)) array = of_caption;
    return array;
  }

  void place_nodes(Diagram& boxed) {
    std::map<const Array*, std::size_t> box;
    for (const Diagram::Node& node : diagram_.nodes) {
      const Array* array = box_of(node);
      const auto known = box.find(array);
      if (array != nullptr && known != box.end()) {
        node_place_.push_back(known->second);
        continue;
      }
      node_place_.push_back(boxed.nodes.size());
      boxed.nodes.push_back(node);
      if (array == nullptr) continue;
      box.emplace(array, boxed.nodes.size() - 1);
      boxed.nodes.back() = {.shape = Diagram::Shape::layer,
                            .captions = {{.name = array->shown}},
                            .sign = words_for(array->shape)};
    }
  }

  /// Edges between the same two nodes become one, with what the weights on them are elements of.
  void place_edges(Diagram& boxed) {
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> edge_between;
    std::set<std::pair<std::size_t, std::string>> written;
    for (const Diagram::Edge& edge : diagram_.edges) {
      const std::size_t from = node_place_[edge.from], to = node_place_[edge.to];
      if (from == to) {
        edge_place_.push_back(none);
        continue;
      }
      const bool is_boxed = boxed.nodes[from].shape == Diagram::Shape::layer ||
                            boxed.nodes[to].shape == Diagram::Shape::layer;
      const auto known = edge_between.find({from, to});
      const std::size_t place =
          known != edge_between.end() && is_boxed ? known->second : boxed.edges.size();
      edge_place_.push_back(place);
      if (place == boxed.edges.size()) {
        boxed.edges.push_back({.from = from, .to = to});
        edge_between.emplace(std::pair{from, to}, place);
      }
      for (const Caption& caption : edge.captions) {
        const auto array = is_boxed ? array_of_.find(caption.name) : array_of_.end();
        if (array == array_of_.end())
          boxed.edges[place].captions.push_back(caption);
        else if (written.emplace(place, array->second->shown).second)
          boxed.edges[place].captions.push_back({.name = array->second->shown});
      }
    }
  }

  const Diagram& diagram_;
  std::unordered_map<std::string, const Array*> array_of_;
  std::vector<std::size_t> node_place_, edge_place_;
};

}  // namespace

Diagram with_boxes(const Diagram& diagram, const std::vector<Array>& arrays) {
  return BoxMaker(diagram, arrays).run();
}

}  // namespace chalkgrad
