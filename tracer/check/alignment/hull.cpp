#include "tracer/check/alignment/hull.hpp"

#include <algorithm>
#include <cmath>

namespace chalkgrad {

Range hull(const std::function<double(const std::vector<double>& values)>& value,
           const std::vector<Swing>& sources) {
  std::vector<double> middle, high, low;
  for (const Swing& one : sources) middle.push_back(one.from + (one.to - one.from) / 2);
  high = low = middle;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (sources[i].from == sources[i].to) continue;
    std::vector<double> moved = middle;
    moved[i] = sources[i].from;
    const double at_from = value(moved);
    moved[i] = sources[i].to;
    const bool rises = value(moved) >= at_from;
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
