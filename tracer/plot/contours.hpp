#pragma once

#include <vector>

#include "tracer/problem/error_surface.hpp"

/// Contour lines of a surface that is known on a grid: marching squares (Lorensen and Cline,
/// Marching cubes, SIGGRAPH 1987, in the plane), with linear interpolation on the sides of each
/// cell. Where a saddle leaves two ways, the mean of the corners decides. Cells with an unknown
/// corner have no lines.
namespace chalkgrad {

struct PlanePoint {
  double x = 0, y = 0;
};

/// Open or closed (the last point is the first again), in the coordinates of the surface. Linear in
/// the grid.
[[nodiscard]] std::vector<std::vector<PlanePoint>> contour_lines(const ErrorSurface& surface,
                                                                 double level);

}  // namespace chalkgrad
