#include "tracer/picture/layout.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tracer/picture/label_placement.hpp"
#include "tracer/picture/layers.hpp"
#include "tracer/picture/sizes.hpp"
#include "tracer/picture/spread.hpp"

namespace chalkgrad {

namespace {

constexpr double margin = 24;
constexpr double row_gap = 44;         // between nodes of a column
constexpr double attachment_gap = 14;  // between a node and what is attached to it
constexpr double column_gap = 56;      // between columns, beside the labels
constexpr double passage_height = 14;  // what an edge needs that passes through a column

/// Items are the nodes of the diagram, and a passage for each column that an edge passes through.
class Placer {
 public:
  explicit Placer(const Diagram& diagram) : diagram_(diagram), column_(columns_of(diagram)) {
    layout_.edges.resize(diagram.edges.size());
    layout_.labels.resize(diagram.edges.size());
    for (const Diagram::Node& node : diagram.nodes) {
      layout_.nodes.push_back(size_of(node));
      layout_.signs.push_back(node.shape == Diagram::Shape::operation ? sign_width(node) : 0);
    }
    for (std::size_t e = 0; e < diagram.edges.size(); ++e) {
      const auto& captions = diagram.edges[e].captions;
      if (captions.empty()) continue;
      Box label = size_of_lines(captions);
      label.width += 6;
      label.height += 2;
      layout_.labels[e] = label;
    }
    make_sizes_equal();
    attach();
    find_passages();
    columns_ = with_few_crossings(std::move(columns_), links_);
  }

  Layout run() {
    if (!grow(6, 1.0, 1.15, LabelOrder::in_line) && grow(40, 1.12, 1.05, LabelOrder::any))
      uncover_edges();
    trim();
    return std::move(layout_);
  }

  /// As near as columns and rows may be, whatever lies on what then.
  Layout run_closely() {
    wide_ = 3;
    tall_ = 0.6;
    arrange(LabelOrder::any);
    trim();
    return std::move(layout_);
  }

 private:
  /// Widens the columns and the rows by these factors until everything has its place.
  bool grow(int attempts, double wider, double taller, LabelOrder order) {
    wide_ = tall_ = 1;
    for (int attempt = 0; attempt < attempts; ++attempt) {
      if (arrange(order)) return true;
      wide_ *= wider;
      tall_ *= taller;
    }
    return false;
  }

  /// Whether everything has its place.
  bool arrange(LabelOrder order) {
    place_columns();
    place_rows();
    draw_edges();
    return place_labels(layout_, column_of_edges(), order) && !an_edge_covers_a_node();
  }

  /// Between columns that are further apart there is more room beside the edges: takes the layout
  /// in which labels lie on the fewest.
  void uncover_edges() {
    constexpr int attempts = 5;
    constexpr double wider = 1.15, taller = 1.1;
    Layout best = layout_;
    std::size_t fewest = covered_edges(best);
    for (int attempt = 0; attempt < attempts && fewest > 0; ++attempt) {
      wide_ *= wider;
      tall_ *= taller;
      if (!arrange(LabelOrder::any)) continue;
      const std::size_t covered = covered_edges(layout_);
      if (covered >= fewest) continue;
      fewest = covered;
      best = layout_;
    }
    layout_ = std::move(best);
  }

  /// Units with equally many captions are equally large.
  void make_sizes_equal() {
    for (std::size_t captions = 1; captions <= 2; ++captions) {
      Box largest;
      const auto each = [&](const auto& change) {
        for (std::size_t i = 0; i < diagram_.nodes.size(); ++i)
          if (diagram_.nodes[i].shape == Diagram::Shape::unit &&
              diagram_.nodes[i].captions.size() == captions)
            change(layout_.nodes[i]);
      };
      each([&](const Box& box) {
        largest.width = std::max(largest.width, box.width);
        largest.height = std::max(largest.height, box.height);
      });
      each([&](Box& box) {
        box.width = largest.width;
        box.height = largest.height;
      });
    }
  }

  /// What is attached to a node takes turns above and below it.
  void attach() {
    attached_.resize(diagram_.nodes.size());
    for (const Diagram::Edge& edge : diagram_.edges)
      if (diagram_.nodes[edge.from].attached) attached_[edge.to].push_back(edge.from);
  }

  /// How much room an item takes above and below its centre.
  std::pair<double, double> extent(std::size_t item) const {
    if (item >= diagram_.nodes.size()) return {passage_height / 2, passage_height / 2};
    double above = layout_.nodes[item].height / 2, below = above;
    for (std::size_t k = 0; k < attached_[item].size(); ++k)
      (k % 2 == 0 ? above : below) += layout_.nodes[attached_[item][k]].height + attachment_gap;
    return {above, below};
  }

  void find_passages() {
    std::size_t count = 0;
    for (const std::size_t column : column_) count = std::max(count, column + 1);
    columns_.resize(count);
    std::vector<std::size_t> small;
    for (std::size_t i = 0; i < diagram_.nodes.size(); ++i) {
      if (diagram_.nodes[i].attached) continue;
      // A bias of a whole layer stands below the units beside it.
      if (diagram_.nodes[i].shape == Diagram::Shape::small) {
        small.push_back(i);
      } else {
        columns_[column_[i]].push_back(i);
      }
    }
    for (const std::size_t i : small) columns_[column_[i]].push_back(i);
    find_places_of_edges();
    items_ = diagram_.nodes.size();
    passages_.resize(diagram_.edges.size());
    for (std::size_t e = 0; e < diagram_.edges.size(); ++e) {
      const auto& [from, to, captions] = diagram_.edges[e];
      if (diagram_.nodes[from].attached) continue;
      std::size_t before = from;
      for (std::size_t c = column_[from] + 1; c < column_[to]; ++c) {
        passages_[e].push_back(items_);
        columns_[c].push_back(items_);
        links_.emplace_back(before, items_);
        before = items_++;
      }
      links_.emplace_back(before, to);
    }
    if (diagram_.is_circuit && !diagram_.nodes.empty()) put_operands_in_order();
  }

  /// Which operand of its user an edge of a circuit brings, and of how many.
  void find_places_of_edges() {
    operands_.resize(diagram_.nodes.size());
    for (std::size_t e = 0; e < diagram_.edges.size(); ++e)
      operands_[diagram_.edges[e].to].push_back(e);
  }

  /// a ÷ b is read from top to bottom: the columns begin in the order in which a walk from the
  /// result back through first and second operands meets their items.
  void put_operands_in_order() {
    std::vector<std::size_t> met(items_, items_);
    std::size_t count = 0;
    std::vector<std::size_t> open;  // edges
    const auto meet = [&](std::size_t node) {
      if (met[node] != items_) return;
      met[node] = count++;
      for (auto e = operands_[node].rbegin(); e != operands_[node].rend(); ++e) open.push_back(*e);
    };
    meet(diagram_.nodes.size() - 1);
    while (!open.empty()) {
      const std::size_t e = open.back();
      open.pop_back();
      for (const std::size_t passage : passages_[e]) met[passage] = count++;
      meet(diagram_.edges[e].from);
    }
    for (auto& column : columns_)
      std::stable_sort(column.begin(), column.end(),
                       [&](std::size_t a, std::size_t b) { return met[a] < met[b]; });
  }

  void place_columns() {
    std::vector<double> widths(columns_.size()), labels(columns_.size());
    for (std::size_t i = 0; i < diagram_.nodes.size(); ++i)
      widths[column_[i]] = std::max(widths[column_[i]], layout_.nodes[i].width);
    for (std::size_t e = 0; e < diagram_.edges.size(); ++e)
      if (const auto& label = layout_.labels[e])
        labels[column_[diagram_.edges[e].from]] =
            std::max(labels[column_[diagram_.edges[e].from]], label->width);
    left_.assign(columns_.size(), 0);
    right_.assign(columns_.size(), 0);
    double x = 0;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      left_[c] = x;
      right_[c] = x + widths[c];
      x = right_[c] + wide_ * (labels[c] > 0 ? column_gap + 1.8 * labels[c] : 1.2 * column_gap);
    }
    for (std::size_t i = 0; i < diagram_.nodes.size(); ++i) {
      Box& box = layout_.nodes[i];
      // Circuits are read along their wires, so signs stand below each other.
      box.x = diagram_.is_circuit ? left_[column_[i]] + box.width / 2
                                  : (left_[column_[i]] + right_[column_[i]]) / 2;
    }
  }

  /// Each item as near as possible to the middle of its neighbours.
  void place_rows() {
    constexpr int rounds = 24;
    row_.assign(items_, 0);
    for (const auto& column : columns_) settle(column, std::vector<double>(column.size(), 0.0));
    std::vector<std::vector<std::size_t>> neighbours(items_);
    for (const auto& [from, to] : links_) {
      neighbours[from].push_back(to);
      // A bias goes where its neurons are, they do not come to it.
      const bool small =
          from < diagram_.nodes.size() && diagram_.nodes[from].shape == Diagram::Shape::small;
      if (!small) neighbours[to].push_back(from);
    }
    for (int round = 0; round < rounds; ++round) {
      for (std::size_t k = 0; k < columns_.size(); ++k) {
        const auto& column = columns_[round % 2 == 0 ? k : columns_.size() - 1 - k];
        std::vector<double> wanted;
        for (const std::size_t item : column) {
          double sum = 0;
          for (const std::size_t other : neighbours[item]) sum += row_[other];
          wanted.push_back(neighbours[item].empty()
                               ? row_[item]
                               : sum / static_cast<double>(neighbours[item].size()));
        }
        settle(column, wanted);
      }
    }
    for (std::size_t i = 0; i < diagram_.nodes.size(); ++i) {
      if (diagram_.nodes[i].attached) continue;
      layout_.nodes[i].y = row_[i];
      place_attached(i);
    }
  }

  void settle(const std::vector<std::size_t>& column, const std::vector<double>& wanted) {
    std::vector<double> apart;
    for (std::size_t i = 0; i + 1 < column.size(); ++i)
      apart.push_back(extent(column[i]).second + extent(column[i + 1]).first + row_gap * tall_);
    const std::vector<double> rows = spread(wanted, apart);
    for (std::size_t i = 0; i < column.size(); ++i) row_[column[i]] = rows[i];
  }

  void place_attached(std::size_t node) {
    double above = layout_.nodes[node].top(), below = layout_.nodes[node].bottom();
    for (std::size_t k = 0; k < attached_[node].size(); ++k) {
      Box& box = layout_.nodes[attached_[node][k]];
      const double height = box.height + attachment_gap;
      box.y = k % 2 == 0 ? above - attachment_gap - box.height / 2
                         : below + attachment_gap + box.height / 2;
      (k % 2 == 0 ? above : below) += k % 2 == 0 ? -height : height;
    }
  }

  /// The point on a node's border towards another point: ends of units are round.
  Point border(std::size_t node, bool at_left, Point towards) const {
    const Box& box = layout_.nodes[node];
    const Diagram::Shape shape = diagram_.nodes[node].shape;
    const bool round =
        shape == Diagram::Shape::unit || (shape == Diagram::Shape::operation && at_left);
    const double x = at_left ? box.left() : box.right();
    if (!round) return {x, box.y};
    const double radius = end_radius(node);
    const Point centre{at_left ? x + radius : x - radius, box.y};
    const double length = std::hypot(towards.x - centre.x, towards.y - centre.y);
    return {centre.x + radius * (towards.x - centre.x) / length,
            centre.y + radius * (towards.y - centre.y) / length};
  }

  double end_radius(std::size_t node) const {
    const bool sign = diagram_.nodes[node].shape == Diagram::Shape::operation;
    const double height = sign ? 36 : layout_.nodes[node].height;
    return std::min(height, sign ? layout_.signs[node] : layout_.nodes[node].width) / 2;
  }

  Point centre_of_end(std::size_t node, bool at_left) const {
    const Box& box = layout_.nodes[node];
    const Diagram::Shape shape = diagram_.nodes[node].shape;
    const bool round =
        shape == Diagram::Shape::unit || (shape == Diagram::Shape::operation && at_left);
    const double inwards = round ? end_radius(node) : 0;
    return {at_left ? box.left() + inwards : box.right() - inwards, box.y};
  }

  void draw_edges() {
    for (std::size_t e = 0; e < diagram_.edges.size(); ++e) {
      const auto& [from, to, captions] = diagram_.edges[e];
      std::vector<Point>& points = layout_.edges[e];
      points.clear();
      if (diagram_.nodes[from].attached) {
        const Box &small = layout_.nodes[from], &unit = layout_.nodes[to];
        const bool above = small.y < unit.y;
        points = {{small.x, above ? small.bottom() : small.top()},
                  {small.x, above ? unit.top() : unit.bottom()}};
        continue;
      }
      std::vector<Point> through;
      for (std::size_t k = 0; k < passages_[e].size(); ++k) {
        const std::size_t column = column_[from] + 1 + k;
        through.push_back({left_[column], row_[passages_[e][k]]});
        through.push_back({right_[column], row_[passages_[e][k]]});
      }
      points.push_back(
          border(from, false, through.empty() ? centre_of_end(to, true) : through.front()));
      points.insert(points.end(), through.begin(), through.end());
      points.push_back(
          has_two_operands(to)
              ? entrance(to, operands_[to].front() == e)
              : border(to, true, through.empty() ? centre_of_end(from, false) : through.back()));
    }
  }

  bool has_two_operands(std::size_t node) const {
    return diagram_.is_circuit && operands_[node].size() == 2;
  }

  /// The first operand of an operation enters above the second, wherever it comes from.
  Point entrance(std::size_t node, bool first) const {
    const Point centre = centre_of_end(node, true);
    const double radius = end_radius(node);
    constexpr double sine = 0.5, cosine = 0.866;
    return {centre.x - cosine * radius, centre.y + (first ? -sine : sine) * radius};
  }

  std::vector<std::size_t> column_of_edges() const {
    std::vector<std::size_t> columns;
    for (const Diagram::Edge& edge : diagram_.edges) columns.push_back(column_[edge.from]);
    return columns;
  }

  bool an_edge_covers_a_node() const {
    for (std::size_t e = 0; e < layout_.edges.size(); ++e) {
      const auto& edge = layout_.edges[e];
      for (std::size_t i = 0; i < layout_.nodes.size(); ++i) {
        if (i == diagram_.edges[e].from || i == diagram_.edges[e].to) continue;
        for (std::size_t k = 0; k + 1 < edge.size(); ++k)
          if (passes(edge[k], edge[k + 1], layout_.nodes[i])) return true;
      }
    }
    return false;
  }

  /// Moves everything so that it begins at the margin.
  void trim() {
    double left = HUGE_VAL, top = HUGE_VAL, right = -HUGE_VAL, bottom = -HUGE_VAL;
    const auto include = [&](const Box& box) {
      left = std::min(left, box.left());
      right = std::max(right, box.right());
      top = std::min(top, box.top());
      bottom = std::max(bottom, box.bottom());
    };
    for (const Box& box : layout_.nodes) include(box);
    for (const auto& label : layout_.labels)
      if (label) include(*label);
    for (const auto& edge : layout_.edges)
      for (const Point& point : edge) include({point.x, point.y, 0, 0});
    if (layout_.nodes.empty()) left = top = right = bottom = 0;
    const double x = margin - left, y = margin - top;
    for (Box& box : layout_.nodes) box = {box.x + x, box.y + y, box.width, box.height};
    for (auto& label : layout_.labels)
      if (label) label = Box{label->x + x, label->y + y, label->width, label->height};
    for (auto& edge : layout_.edges)
      for (Point& point : edge) point = {point.x + x, point.y + y};
    layout_.width = right - left + 2 * margin;
    layout_.height = bottom - top + 2 * margin;
  }

  const Diagram& diagram_;
  std::vector<std::size_t> column_;  // of each node
  Layout layout_;
  std::vector<std::vector<std::size_t>> attached_;  // to each node
  std::size_t items_ = 0;
  Columns columns_;
  std::vector<std::vector<std::size_t>> operands_;  // of each node, its edges
  Links links_;
  std::vector<std::vector<std::size_t>> passages_;  // of each edge
  std::vector<double> left_, right_;                // of each column
  std::vector<double> row_;                         // of each item
  double wide_ = 1, tall_ = 1;
};

}  // namespace

bool Box::meets(const Box& other, double apart) const {
  return std::abs(x - other.x) < (width + other.width) / 2 + apart &&
         std::abs(y - other.y) < (height + other.height) / 2 + apart;
}

Layout lay_out(const Diagram& diagram) { return Placer(diagram).run(); }

Layout lay_out_closely(const Diagram& diagram) {
  // Edges that leave a node, and those that end in one, are well apart here.
  constexpr double part = 0.42;
  Diagram bare = diagram;
  for (Diagram::Edge& edge : bare.edges) edge.captions.clear();
  Layout layout = Placer(bare).run_closely();
  for (std::size_t e = 0; e < diagram.edges.size(); ++e) {
    if (diagram.edges[e].captions.empty()) continue;
    const Point &from = layout.edges[e].front(), &to = layout.edges[e][1];
    Box label = size_of_lines(diagram.edges[e].captions);
    label.x = from.x + part * (to.x - from.x);
    label.y = from.y + part * (to.y - from.y);
    layout.labels[e] = label;
  }
  return layout;
}

}  // namespace chalkgrad
