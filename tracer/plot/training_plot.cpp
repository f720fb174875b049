#include "tracer/plot/training_plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tracer/expression/markup.hpp"
#include "tracer/plot/contours.hpp"
#include "tracer/plot/frame.hpp"
#include "tracer/typesetting/svg_name.hpp"

namespace chalkgrad {

namespace {

/// So many points that more would not be seen: of each stretch of steps the least and the greatest
/// error, in their order.
std::vector<PlanePoint> thinned(const std::vector<PlanePoint>& points) {
  constexpr std::size_t stretches = 1000;
  if (points.size() <= 2 * stretches) return points;
  std::vector<PlanePoint> result = {points.front()};
  for (std::size_t i = 0; i < stretches; ++i) {
    const auto begin = points.begin() + static_cast<long>(i * points.size() / stretches);
    const auto end = points.begin() + static_cast<long>((i + 1) * points.size() / stretches);
    auto [least, greatest] = std::minmax_element(
        begin, end, [](const PlanePoint& a, const PlanePoint& b) { return a.y < b.y; });
    if (greatest < least) std::swap(least, greatest);
    result.push_back(*least);
    result.push_back(*greatest);
  }
  result.push_back(points.back());
  return result;
}

/// What is shown of an axis with these values; a single value stands in the middle.
Interval around(double low, double high, Scale scale) {
  if (scale == Scale::logarithmic) return rounded_out({low, high}, scale);
  if (low >= 0 && low < 0.6 * high) low = 0;
  if (high - low <= 1e-12 * std::max(std::abs(low), std::abs(high))) {
    const double room = high == 0 ? 1 : std::abs(high) / 10;
    return {low - room, high + room};
  }
  return rounded_out({low, high}, scale);
}

/// The extent of values with room around it, so that a short way does not fill the plot.
Interval with_room(const std::vector<PlanePoint>& path, double PlanePoint::*coordinate) {
  const auto [least, greatest] = std::minmax_element(
      path.begin(), path.end(),
      [&](const PlanePoint& a, const PlanePoint& b) { return a.*coordinate < b.*coordinate; });
  const double low = (*least).*coordinate, high = (*greatest).*coordinate;
  const double size = std::max({std::abs(low), std::abs(high), 1e-6});
  const double room = std::max(0.4 * (high - low), 0.02 * size);
  constexpr double most = 1e308;
  return {std::max(low - room, -most), std::min(high + room, most)};
}

/// Where on a contour line its number stands, so that numbers keep apart.
class LabelPlaces {
 public:
  explicit LabelPlaces(const PlotFrame& frame) : frame_(frame) {}

  /// A point of the page.
  void keep_free(const PlanePoint& place) { taken_.push_back(place); }

  /// A point of the line, or its end if there is no place.
  std::vector<PlanePoint>::const_iterator find(const std::vector<PlanePoint>& line) {
    if (length(line) < shortest) return line.end();
    for (const double fraction : {0.5, 0.35, 0.65, 0.25, 0.75, 0.15, 0.85, 0.08, 0.92}) {
      const auto at =
          line.begin() + static_cast<long>(fraction * static_cast<double>(line.size() - 1));
      const PlanePoint place = frame_.place(*at);
      const Interval &x = frame_.x().pixels(), &y = frame_.y().pixels();
      const bool inside = place.x > x.low + half_width && place.x < x.high - half_width &&
                          place.y < y.low - half_height && place.y > y.high + half_height;
      if (!inside || is_taken(place)) continue;
      taken_.push_back(place);
      return at;
    }
    return line.end();
  }

 private:
  static constexpr double shortest = 90, half_width = 24, half_height = 10;

  bool is_taken(const PlanePoint& place) const {
    return std::any_of(taken_.begin(), taken_.end(), [&](const PlanePoint& other) {
      return std::abs(other.x - place.x) < 2 * half_width &&
             std::abs(other.y - place.y) < 2 * half_height;
    });
  }

  double length(const std::vector<PlanePoint>& line) const {
    double total = 0;
    for (std::size_t i = 1; i < line.size(); ++i) {
      const PlanePoint a = frame_.place(line[i - 1]), b = frame_.place(line[i]);
      total += std::hypot(a.x - b.x, a.y - b.y);
    }
    return total;
  }

  const PlotFrame& frame_;
  std::vector<PlanePoint> taken_;
};

/// Whether there are any.
bool add_contours(PlotFrame& frame, const ErrorSurface& surface, LabelPlaces& places) {
  Interval errors{.low = INFINITY, .high = -INFINITY};
  for (const double value : surface.values) {
    if (std::isnan(value)) continue;
    errors = {std::min(errors.low, value), std::max(errors.high, value)};
  }
  if (!(errors.low < errors.high)) return false;  // level everywhere, or unknown
  constexpr int most_levels = 12;
  // An error of almost 0 would have lines for every power of ten down to it.
  constexpr double least = 1e-6;
  if (errors.low >= 0) errors.low = std::max(errors.low, least * errors.high);
  for (const double level : nice_levels(errors, most_levels)) {
    for (const auto& line : contour_lines(surface, level)) {
      frame.add_line(line, "contour");
      if (const auto at = places.find(line); at != line.end())
        frame.add_words(*at, 0, 5, "middle", svg_number(level));
    }
  }
  return true;
}

/// Points along a way, close to each other on the page.
std::vector<PlanePoint> along(const PlotFrame& frame, const std::vector<PlanePoint>& path) {
  constexpr double distance = 5;
  std::vector<PlanePoint> points;
  for (const PlanePoint& point : thinned(path)) {
    const PlanePoint here = frame.place(point);
    const PlanePoint from = points.empty() ? here : points.back();
    const double steps = std::ceil(std::hypot(here.x - from.x, here.y - from.y) / distance);
    for (double i = 1; i < steps; ++i)
      points.push_back(
          {Interval{from.x, here.x}.at(i / steps), Interval{from.y, here.y}.at(i / steps)});
    points.push_back(here);
  }
  return points;
}

/// Words at an end of the way, on the side where least of the way is.
void name_end(PlotFrame& frame, LabelPlaces& places, const std::vector<PlanePoint>& way,
              const PlanePoint& end, const std::string& words) {
  constexpr double right = 9, above = -8, below = 18, half_line = 5;
  const double wide = 7 * static_cast<double>(words.size());
  const PlanePoint here = frame.place(end);
  long fewest = -1;
  double side = 1, down = below;
  for (const double try_side : {1.0, -1.0})
    for (const double try_down : {below, above}) {
      const double x = here.x + try_side * (right + wide / 2), y = here.y + try_down - half_line;
      const long count = std::count_if(way.begin(), way.end(), [&](const PlanePoint& point) {
        return std::abs(point.x - x) < wide / 2 + 4 && std::abs(point.y - y) < 2 * half_line;
      });
      if (fewest >= 0 && count >= fewest) continue;
      fewest = count;
      side = try_side;
      down = try_down;
    }
  frame.add_words(end, side * right, down, side > 0 ? "start" : "end", words);
  places.keep_free({here.x + side * (right + wide / 2), here.y + down - half_line});
}

}  // namespace

std::string error_plot(const Training& training, const std::string& title, Scale scale) {
  std::vector<PlanePoint> points;
  std::size_t left_out = 0;
  for (const TrainingRow& row : training.rows) {
    if (scale == Scale::logarithmic && row.error <= 0) {
      ++left_out;
    } else {
      points.push_back({static_cast<double>(row.step), row.error});
    }
  }
  points = thinned(points);
  Interval errors{.low = 0.1, .high = 1};
  if (!points.empty()) {
    const auto [least, greatest] =
        std::minmax_element(points.begin(), points.end(),
                            [](const PlanePoint& a, const PlanePoint& b) { return a.y < b.y; });
    errors = around((*least).y, (*greatest).y, scale);
  }
  const double last = static_cast<double>(std::max<std::size_t>(1, training.rows.back().step));
  const std::string& output = training.descent.output;
  PlotFrame frame(title, output + " after each step",
                  {.name = "step", .shown = {0, last}, .least_step = 1},
                  {svg_name(output), errors, scale});
  frame.add_line(points, "curve");
  if (points.size() <= 40)
    for (const PlanePoint& point : points) frame.add_dot(point, 3, "dot");
  if (left_out > 0)
    frame.add_remark(fmt::format("{} of {} errors are not above 0 and have no place on this scale",
                                 left_out, training.rows.size()));
  if (training.stop == Training::Stop::diverged)
    frame.add_remark(
        markup_text(fmt::format("diverged in step {}: {}", training.steps, training.divergence)));
  return frame.finish();
}

std::string path_plot(const Training& training, const Evaluation& evaluation,
                      const std::string& title, const std::array<std::size_t, 2>& two) {
  const Descent& descent = training.descent;
  std::vector<PlanePoint> path;
  for (const TrainingRow& row : training.rows)
    path.push_back({row.parameters[two[0]], row.parameters[two[1]]});
  const Interval x = with_room(path, &PlanePoint::x), y = with_room(path, &PlanePoint::y);
  const std::string &first = descent.parameters[two[0]].name,
                    &second = descent.parameters[two[1]].name;
  constexpr std::size_t resolution = 101;
  const ErrorSurface surface =
      error_surface(evaluation, descent, training.rows.back().parameters, two, x, y, resolution);
  PlotFrame frame(
      title,
      fmt::format("the way of {} and {} down to a smaller {}", first, second, descent.output),
      {svg_name(first), x}, {svg_name(second), y});
  LabelPlaces places(frame);
  const std::vector<PlanePoint> way = along(frame, path);
  for (const PlanePoint& point : way) places.keep_free(point);
  name_end(frame, places, way, path.front(), "start");
  name_end(frame, places, way, path.back(), fmt::format("step {}", training.rows.back().step));
  const bool has_contours = add_contours(frame, surface, places);
  frame.add_line(path, "path");
  constexpr std::size_t most_dots = 60;
  if (path.size() <= most_dots)
    for (const PlanePoint& point : path) frame.add_dot(point, 2.5, "dot");
  frame.add_dot(path.front(), 4.5, "start");
  frame.add_dot(path.back(), 4.5, "dot");
  frame.add_remark(fmt::format(
      "{} {}{}", has_contours ? "lines of equal" : "there are no lines of equal",
      svg_name(descent.output),
      descent.parameters.size() > 2 ? ", all other parameters as they are after the last step"
                                    : ""));
  return frame.finish();
}

}  // namespace chalkgrad
