#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tracer/plot/axis.hpp"
#include "tracer/plot/contours.hpp"

/// The frame of a plot as SVG: title, two axes with ticks and names, and what is drawn within, in
/// the coordinates of the data. It knows nothing of what it shows.
namespace chalkgrad {

struct PlotAxis {
  std::string name{};  ///< SVG text
  Interval shown{};
  Scale scale = Scale::linear;
  double least_step = 0;  ///< between ticks
};

class PlotFrame {
 public:
  PlotFrame(const std::string& title, const std::string& description, const PlotAxis& x,
            const PlotAxis& y);

  [[nodiscard]] const Axis& x() const { return x_; }
  [[nodiscard]] const Axis& y() const { return y_; }
  [[nodiscard]] PlanePoint place(const PlanePoint& point) const;

  /// What follows is cut off at the frame. Points in data coordinates, as for all below.
  void add_line(const std::vector<PlanePoint>& points, std::string_view classes);
  void add_dot(const PlanePoint& point, double radius, std::string_view classes);
  /// Words on a white ground, moved by pixels from the point; `anchor` is start, middle or
  /// end.
  void add_words(const PlanePoint& point, double right, double down, std::string_view anchor,
                 const std::string& svg_text);
  /// A line of words below the plot.
  void add_remark(const std::string& svg_text);

  /// The whole file; ends with a newline.
  [[nodiscard]] std::string finish() const;

 private:
  Axis x_, y_;
  std::string before_, inside_, above_;
  std::vector<std::string> remarks_;
};

}  // namespace chalkgrad
