#include "tracer/picture/layers.hpp"

#include <algorithm>
#include <numeric>

namespace chalkgrad {

std::vector<std::size_t> columns_of(const Diagram& diagram) {
  const std::size_t count = diagram.nodes.size();
  std::vector<std::size_t> columns(count), open(count);
  std::vector<std::vector<std::size_t>> out(count);
  for (std::size_t e = 0; e < diagram.edges.size(); ++e) {
    if (diagram.nodes[diagram.edges[e].from].attached) continue;
    out[diagram.edges[e].from].push_back(e);
    ++open[diagram.edges[e].to];
  }
  const std::vector<std::size_t> incoming = open;
  std::vector<std::size_t> ready;
  for (std::size_t i = 0; i < count; ++i)
    if (open[i] == 0) ready.push_back(i);
  for (std::size_t next = 0; next < ready.size(); ++next) {
    for (const std::size_t e : out[ready[next]]) {
      const std::size_t to = diagram.edges[e].to;
      columns[to] = std::max(columns[to], columns[ready[next]] + 1);
      if (--open[to] == 0) ready.push_back(to);
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (incoming[i] > 0 || out[i].empty()) continue;
    std::size_t first = columns[diagram.edges[out[i].front()].to];
    for (const std::size_t e : out[i]) first = std::min(first, columns[diagram.edges[e].to]);
    columns[i] = first - 1;
  }
  for (const Diagram::Edge& edge : diagram.edges)
    if (diagram.nodes[edge.from].attached) columns[edge.from] = columns[edge.to];
  return columns;
}

namespace {

/// Where each item stands in its column.
std::vector<std::size_t> places_of(const Columns& columns) {
  std::size_t count = 0;
  for (const auto& column : columns)
    for (const std::size_t item : column) count = std::max(count, item + 1);
  std::vector<std::size_t> places(count);
  for (const auto& column : columns)
    for (std::size_t i = 0; i < column.size(); ++i) places[column[i]] = i;
  return places;
}

/// The links by the column that they lead to.
std::vector<Links> links_by_column(const Columns& columns, const Links& links) {
  std::vector<std::size_t> column_of(places_of(columns).size());
  for (std::size_t c = 0; c < columns.size(); ++c)
    for (const std::size_t item : columns[c]) column_of[item] = c;
  std::vector<Links> result(columns.size());
  for (const auto& link : links) result[column_of[link.second]].push_back(link);
  return result;
}

std::size_t count(const std::vector<Links>& by_column, const std::vector<std::size_t>& places) {
  std::size_t crossings = 0;
  for (const Links& links : by_column) {
    for (std::size_t a = 0; a < links.size(); ++a) {
      for (std::size_t b = 0; b < a; ++b) {
        const auto left = static_cast<std::ptrdiff_t>(places[links[a].first]) -
                          static_cast<std::ptrdiff_t>(places[links[b].first]);
        const auto right = static_cast<std::ptrdiff_t>(places[links[a].second]) -
                           static_cast<std::ptrdiff_t>(places[links[b].second]);
        if (left * right < 0) ++crossings;
      }
    }
  }
  return crossings;
}

/// Sorts a column by the mean place of the neighbours on one side; who has none keeps its place.
void sort_by_neighbours(std::vector<std::size_t>& column, const Links& links, bool by_left,
                        const std::vector<std::size_t>& places) {
  std::vector<std::pair<double, std::size_t>> keys;
  for (const std::size_t item : column) {
    double sum = 0;
    std::size_t neighbours = 0;
    for (const auto& [from, to] : links) {
      if ((by_left ? to : from) != item) continue;
      sum += static_cast<double>(places[by_left ? from : to]);
      ++neighbours;
    }
    const double mean = sum / static_cast<double>(neighbours);
    keys.emplace_back(neighbours == 0 ? static_cast<double>(places[item]) : mean, item);
  }
  std::stable_sort(keys.begin(), keys.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < column.size(); ++i) column[i] = keys[i].second;
}

/// Exchanges neighbours in a column as long as that helps.
bool exchange_neighbours(Columns& columns, const std::vector<Links>& by_column,
                         std::size_t& fewest) {
  bool helped = false;
  for (auto& column : columns) {
    for (std::size_t i = 0; i + 1 < column.size(); ++i) {
      std::swap(column[i], column[i + 1]);
      const std::size_t crossings = count(by_column, places_of(columns));
      if (crossings < fewest) {
        fewest = crossings;
        helped = true;
      } else {
        std::swap(column[i], column[i + 1]);
      }
    }
  }
  return helped;
}

}  // namespace

std::size_t count_crossings(const Columns& columns, const Links& links) {
  return count(links_by_column(columns, links), places_of(columns));
}

Columns with_few_crossings(Columns columns, const Links& links) {
  constexpr int sweeps = 16;
  const std::vector<Links> by_column = links_by_column(columns, links);
  Columns best = columns;
  std::size_t fewest = count(by_column, places_of(columns));
  for (int sweep = 0; sweep < sweeps && fewest > 0; ++sweep) {
    const bool rightwards = sweep % 2 == 0;
    for (std::size_t k = 1; k < columns.size(); ++k) {
      const std::size_t c = rightwards ? k : columns.size() - 1 - k;
      sort_by_neighbours(columns[c], by_column[rightwards ? c : c + 1], rightwards,
                         places_of(columns));
    }
    const std::size_t crossings = count(by_column, places_of(columns));
    if (crossings >= fewest) continue;
    fewest = crossings;
    best = columns;
  }
  for (int round = 0; round < 4 && fewest > 0; ++round)
    if (!exchange_neighbours(best, by_column, fewest)) break;
  return best;
}

}  // namespace chalkgrad
