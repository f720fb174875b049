#include <fmt/format.h>

#include <algorithm>

#include "tracer/picture/diagram.hpp"
#include "tracer/picture/layers.hpp"

namespace chalkgrad {

namespace {

/// One name, or the first and the last of several.
std::vector<Caption> names_of(const Diagram& diagram, const std::vector<std::size_t>& nodes) {
  std::vector<Caption> captions;
  for (const std::size_t node : {nodes.front(), nodes.back()}) {
    const auto& of_node = diagram.nodes[node].captions;
    if (!of_node.empty()) captions.push_back({.name = of_node.back().name});
    if (nodes.size() == 1) break;
  }
  return captions;
}

}  // namespace

Diagram make_outline(const Diagram& diagram) {
  const std::vector<std::size_t> all_columns = columns_of(diagram);
  std::vector<std::size_t> columns = all_columns;
  // A long chain, such as a unit unrolled a hundred times, is drawn in so many stretches.
  constexpr std::size_t most_columns = 16;
  const std::size_t count_of_columns =
      columns.empty() ? 0 : 1 + *std::max_element(columns.begin(), columns.end());
  if (count_of_columns > most_columns)
    for (std::size_t& column : columns) column = column * most_columns / count_of_columns;
  // A column may hold units of several kinds, such as the neurons of a layer and an error.
  std::map<std::pair<std::size_t, std::size_t>, std::vector<std::size_t>> layers;
  const auto layer_of = [&](std::size_t node) {
    return std::pair{columns[node], diagram.nodes[node].captions.size()};
  };
  const auto is_counted = [&](std::size_t node) {
    return diagram.nodes[node].shape != Diagram::Shape::small;
  };
  for (std::size_t i = 0; i < diagram.nodes.size(); ++i)
    if (is_counted(i)) layers[layer_of(i)].push_back(i);
  Diagram outline{.output = diagram.output, .remark = diagram.remark};
  outline.remark += fmt::format("{}an outline: {} nodes are more than a picture can show",
                                outline.remark.empty() ? "" : "; ", diagram.nodes.size());
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> place;
  for (auto& [key, nodes] : layers) {
    place[key] = outline.nodes.size();
    std::stable_sort(nodes.begin(), nodes.end(),
                     [&](std::size_t a, std::size_t b) { return all_columns[a] < all_columns[b]; });
    const std::string count = nodes.size() == 1 ? "1 node" : fmt::format("{} nodes", nodes.size());
    outline.nodes.push_back(
        {.shape = Diagram::Shape::layer, .captions = names_of(diagram, nodes), .sign = count});
  }
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> edges;
  for (const Diagram::Edge& edge : diagram.edges)
    if (is_counted(edge.from) && is_counted(edge.to) && layer_of(edge.from) != layer_of(edge.to))
      ++edges[{place[layer_of(edge.from)], place[layer_of(edge.to)]}];
  for (const auto& [ends, count] : edges) {
    Diagram::Edge edge{.from = ends.first, .to = ends.second};
    edge.captions.push_back({.words = count == 1 ? "1 edge" : fmt::format("{} edges", count)});
    outline.edges.push_back(std::move(edge));
  }
  return outline;
}

}  // namespace chalkgrad
