#include "tracer/plot/contours.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace chalkgrad {

namespace {

/// A side of a cell: from a corner of the grid to the right, or up. A line crosses it at most once.
struct GridSide {
  std::size_t column = 0, row = 0;
  bool up = false;

  auto operator<=>(const GridSide&) const = default;
};

class ContourTracer {
 public:
  ContourTracer(const ErrorSurface& surface, double level) : surface_(surface), level_(level) {}

  std::vector<std::vector<PlanePoint>> run() {
    for (std::size_t row = 0; row + 1 < surface_.rows; ++row)
      for (std::size_t column = 0; column + 1 < surface_.columns; ++column) add_cell(column, row);
    std::vector<std::vector<PlanePoint>> lines;
    // Open lines from their ends first; what is left then is closed.
    for (const bool closed : {false, true})
      for (const auto& [side, next] : neighbours_)
        if (!next.empty() && (closed || next.size() == 1)) lines.push_back(follow(side));
    return lines;
  }

 private:
  void connect(const GridSide& a, const GridSide& b) {
    neighbours_[a].push_back(b);
    neighbours_[b].push_back(a);
  }

  void add_cell(std::size_t column, std::size_t row) {
    // Corners and sides counter-clockwise from the lower left.
    const std::array corners = {surface_.at(column, row), surface_.at(column + 1, row),
                                surface_.at(column + 1, row + 1), surface_.at(column, row + 1)};
    for (const double corner : corners)
      if (std::isnan(corner)) return;
    const std::array sides = {GridSide{column, row, false}, GridSide{column + 1, row, true},
                              GridSide{column, row + 1, false}, GridSide{column, row, true}};
    std::vector<GridSide> crossed;
    for (std::size_t i = 0; i < sides.size(); ++i)
      if ((corners[i] >= level_) != (corners[(i + 1) % 4] >= level_)) crossed.push_back(sides[i]);
    if (crossed.size() == 2) connect(crossed[0], crossed[1]);
    if (crossed.size() != 4) return;
    const double mean = (corners[0] + corners[1] + corners[2] + corners[3]) / 4;
    // The lines cut off the corners that differ from the middle.
    const bool first_differs = (corners[0] >= level_) != (mean >= level_);
    connect(sides[0], sides[first_differs ? 3 : 1]);
    connect(sides[2], sides[first_differs ? 1 : 3]);
  }

  PlanePoint point_on(const GridSide& side) const {
    const std::size_t to_column = side.column + (side.up ? 0 : 1);
    const std::size_t to_row = side.row + (side.up ? 1 : 0);
    const double from = surface_.at(side.column, side.row), to = surface_.at(to_column, to_row);
    const double fraction = (level_ - from) / (to - from);
    const double column = static_cast<double>(side.column) + (side.up ? 0 : fraction);
    const double row = static_cast<double>(side.row) + (side.up ? fraction : 0);
    return {surface_.x.at(column / static_cast<double>(surface_.columns - 1)),
            surface_.y.at(row / static_cast<double>(surface_.rows - 1))};
  }

  /// Takes a line from the map, from this end on.
  std::vector<PlanePoint> follow(const GridSide& start) {
    std::vector<PlanePoint> line = {point_on(start)};
    GridSide here = start;
    while (!neighbours_[here].empty()) {
      const GridSide next = neighbours_[here].back();
      neighbours_[here].pop_back();
      auto& back = neighbours_[next];
      back.erase(std::find(back.begin(), back.end(), here));
      line.push_back(point_on(next));
      here = next;
    }
    return line;
  }

  const ErrorSurface& surface_;
  double level_;
  std::map<GridSide, std::vector<GridSide>> neighbours_;
};

}  // namespace

std::vector<std::vector<PlanePoint>> contour_lines(const ErrorSurface& surface, double level) {
  return ContourTracer(surface, level).run();
}

}  // namespace chalkgrad
