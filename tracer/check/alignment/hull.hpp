#pragma once

#include <functional>
#include <vector>

/// What a line of rounded numbers may come to.
///
/// Each number in it stands for a value between two ends: what was written and what is true. The
/// values the line may take make an interval, the hull. Numbers that stand for the same thing move
/// as one: in o·(1 − o) both o's are the same number.
namespace chalkgrad {

struct Range {
  double low = 0, high = 0;
  double error = 0;  ///< a bound on what binary arithmetic did to them
  /// The value in it that lies nearest to x.
  [[nodiscard]] double nearest(double x) const { return x < low ? low : x > high ? high : x; }
};

/// The two ends between which one source moves.
struct Swing {
  double from = 0, to = 0;
};

/// The hull of a function of the sources. It is taken to rise or fall in each of them throughout,
/// as is right for numbers a rounding apart; evaluates it twice for each source that moves, and
/// once for each end of the hull.
[[nodiscard]] Range hull(const std::function<double(const std::vector<double>& values)>& value,
                         const std::vector<Swing>& sources);

/// The same of a function that also tells what it comes to if one source alone leaves the middle
/// between its ends, so that it need not be worked out from the beginning for each.
using ValueMoved = std::function<double(std::size_t source, double moved)>;
[[nodiscard]] Range hull(const std::function<double(const std::vector<double>& values)>& value,
                         const ValueMoved& value_moved, const std::vector<Swing>& sources);

/// The values of the sources in the middle between their ends.
[[nodiscard]] std::vector<double> middle_of(const std::vector<Swing>& sources);

}  // namespace chalkgrad
