#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "tracer/check/report/report.hpp"
#include "tracer/numerals/numerals.hpp"
#include "tracer/problem/solution.hpp"

/// Asked: what an exercise asks for, with the value, the digits shown, and what it earns.
///
/// Everything that leaves this room about an answer (scheme, course platforms, marking) reads this
/// list, so that all of them ask for the same things with the same tolerance.
namespace chalkgrad {

struct Asked {
  Target target{};
  Expr symbol = 0.0;     ///< ∂E/∂w5
  double value = 0;      ///< to full precision
  std::string shown{};   ///< the numeral with the digits of the sheet: 0.0822
  double tolerance = 0;  ///< one unit in the last place that the rule of digits shows
  double points = 0;     ///< 0: asked for, but earns nothing by itself
};

/// Something that is asked for has no number.
class NothingToAsk : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What earns points and is worked out forwards, then every derivative that is asked for, then
/// every parameter after the update; in the order of the file each. Throws NothingToAsk if there is
/// none, or one has no number.
[[nodiscard]] std::vector<Asked> what_is_asked(const Solution& solution, const Numerals& numerals);

/// The sum of the points.
[[nodiscard]] double total_points(const std::vector<Asked>& asked);

}  // namespace chalkgrad
