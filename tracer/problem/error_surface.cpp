#include "tracer/problem/error_surface.hpp"

#include <cmath>
#include <limits>

#include "engine/error.hpp"
#include "engine/replay.hpp"

namespace chalkgrad {

ErrorSurface error_surface(const Evaluation& evaluation, const Descent& descent,
                           const std::vector<double>& parameters,
                           const std::array<std::size_t, 2>& two, const Interval& x,
                           const Interval& y, std::size_t resolution) {
  const auto leaf = [&](std::size_t i) { return evaluation.graph->at(descent.parameters[i].name); };
  Replay replay(evaluation.graph->at(descent.output));
  for (std::size_t i = 0; i < parameters.size(); ++i) replay.set(leaf(i), parameters[i]);
  ErrorSurface surface{.x = x, .y = y, .columns = resolution, .rows = resolution};
  surface.values.reserve(resolution * resolution);
  const auto fraction = [&](std::size_t i) {
    return static_cast<double>(i) / static_cast<double>(resolution - 1);
  };
  for (std::size_t row = 0; row < resolution; ++row) {
    replay.set(leaf(two[1]), y.at(fraction(row)));
    for (std::size_t column = 0; column < resolution; ++column) {
      replay.set(leaf(two[0]), x.at(fraction(column)));
      double error = std::numeric_limits<double>::quiet_NaN();
      try {
        error = replay.value();
      } catch (const DomainError&) {  // there it has no value
      }
      surface.values.push_back(std::isfinite(error) ? error
                                                    : std::numeric_limits<double>::quiet_NaN());
    }
  }
  return surface;
}

}  // namespace chalkgrad
