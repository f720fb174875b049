#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "tracer/problem/training.hpp"

/// The error as a function of two parameters, all others held where they are: a grid of numbers,
/// for contour lines.
namespace chalkgrad {

struct Interval {
  double low = 0, high = 1;

  [[nodiscard]] double at(double fraction) const { return low * (1 - fraction) + high * fraction; }
};

struct ErrorSurface {
  Interval x{}, y{};
  std::size_t columns = 0, rows = 0;
  /// Row by row from the lowest y; not a number where the error has no value.
  std::vector<double> values{};

  [[nodiscard]] double at(std::size_t column, std::size_t row) const {
    return values[row * columns + column];
  }
};

/// `parameters` are values of all of them, in the order of the descent; the two are indices into
/// it. Time proportional to `resolution`², and the graph.
[[nodiscard]] ErrorSurface error_surface(const Evaluation& evaluation, const Descent& descent,
                                         const std::vector<double>& parameters,
                                         const std::array<std::size_t, 2>& two, const Interval& x,
                                         const Interval& y, std::size_t resolution);

}  // namespace chalkgrad
