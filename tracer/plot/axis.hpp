#pragma once

#include <string>
#include <vector>

#include "tracer/problem/error_surface.hpp"

/// Axis: which numbers stand along a side of a plot, and where.
///
/// Ticks are at 1, 2 or 5 times a power of ten, so many that they are easily read (Heckbert, Nice
/// numbers for graph labels, Graphics Gems, 1990); on a logarithmic axis at powers of ten, and
/// between them where there are few.
namespace chalkgrad {

enum class Scale { linear, logarithmic };

/// A number in few characters, as SVG text: 0.05, 2·10⁻⁷.
[[nodiscard]] std::string svg_number(double value);

class Axis {
 public:
  /// From data coordinates to pixels. On a logarithmic scale both ends must be above 0. The least
  /// step between ticks of a linear axis may be given: 1 for what is counted.
  Axis(const Interval& shown, Scale scale, const Interval& pixels, double least_step = 0);

  [[nodiscard]] double position(double value) const;
  /// Inside the interval, from low to high; at least one.
  [[nodiscard]] const std::vector<double>& ticks() const { return ticks_; }
  /// As SVG text; on a linear axis all with the same decimals.
  [[nodiscard]] std::string label(double tick) const;
  [[nodiscard]] const Interval& pixels() const { return pixels_; }

 private:
  Interval shown_, pixels_;
  Scale scale_;
  double step_ = 1;  // between ticks of a linear axis
  std::vector<double> ticks_;
};

/// 1, 2 or 5 times a power of ten: the least with which an interval has at most `most` steps.
[[nodiscard]] double nice_step(const Interval& interval, int most);

/// The interval, widened to whole steps on a linear scale or to whole decades where it spans less
/// than one on a logarithmic scale.
[[nodiscard]] Interval rounded_out(const Interval& interval, Scale scale);

/// About `most` numbers from low to high: on a logarithmic scale where high is many times low.
[[nodiscard]] std::vector<double> nice_levels(const Interval& interval, int most);

}  // namespace chalkgrad
