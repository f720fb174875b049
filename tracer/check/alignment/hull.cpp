#include "tracer/check/alignment/hull.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace chalkgrad {

std::vector<double> middle_of(const std::vector<Swing>& sources) {
  std::vector<double> middle;
  for (const Swing& one : sources) middle.push_back(one.from + (one.to - one.from) / 2);
  return middle;
}

Range hull(const std::function<double(const std::vector<double>& values)>& value,
           const std::vector<Swing>& sources) {
  std::vector<double> values = middle_of(sources);
  const auto value_moved = [&](std::size_t source, double moved) {
    std::swap(values[source], moved);
    const double result = value(values);
    std::swap(values[source], moved);
    return result;
  };
  return hull(value, value_moved, sources);
}

Range hull(const std::function<double(const std::vector<double>& values)>& value,
           const ValueMoved& value_moved, const std::vector<Swing>& sources) {
  std::vector<double> high = middle_of(sources), low = high;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (sources[i].from == sources[i].to) continue;
    const double at_from = value_moved(i, sources[i].from);
    const bool rises = value_moved(i, sources[i].to) >= at_from;
    high[i] = rises ? sources[i].to : sources[i].from;
    low[i] = rises ? sources[i].from : sources[i].to;
  }
  std::vector<double> from, to;
  for (const Swing& one : sources) {
    from.push_back(one.from);
    to.push_back(one.to);
  }
  // The ends themselves are always in it.
  Range range{value(low), value(high)};
  for (const double x : {value(from), value(to)}) {
    range.low = std::min(range.low, x);
    range.high = std::max(range.high, x);
  }
  return range;
}

}  // namespace chalkgrad
