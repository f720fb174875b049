#include "engine/gradient_check.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "engine/backward.hpp"
#include "engine/replay.hpp"

namespace chalkgrad {

namespace {

constexpr int halvings = 40;
constexpr std::size_t order = 5;  // of extrapolation
/// An error of this part of the gradient is small beside it.
constexpr double small_part = 1e-3;

/// A bound on the rounding error of y, to first order: Σ |∂y/∂v|·u·|v| over all that was recorded.
double rounding_error(Value y, const Gradients& gradients) {
  double sum = 0;
  for (NodeId id = 1; id <= y.id(); ++id)
    if (gradients[id] != 0) sum += std::abs(gradients[id] * y.graph().node(id).value);
  return sum * 0x1p-53;
}

struct Estimate {
  double slope = 0;
  double error = std::numeric_limits<double>::infinity();
};

/// The slopes at one x for smaller and smaller steps.
class Differences {
 public:
  Differences(Replay& replay, Value x, double rounding)
      : replay_(replay), x_(x), rounding_(rounding), middle_(replay.value()) {
    double h = std::max(1.0, std::abs(x.value())) / 8;
    for (int i = 0; i < halvings; ++i, h /= 2) step(h);
    replay_.set(x_, x_.value());
  }

  [[nodiscard]] const Estimate& best() const { return best_; }

  /// The slope to the right if it differs from that to the left however small the step: a smooth
  /// function's two slopes approach each other in proportion to the step.
  [[nodiscard]] std::optional<double> kink() const {
    int apart = 0;
    for (std::size_t i = 1; i < gaps_.size(); ++i) {
      const auto& [gap, error, right] = gaps_[i];
      if (error > std::abs(gap) / 8) break;  // from here on all is rounding
      apart = std::abs(gap) > 0.75 * std::abs(gaps_[i - 1].gap) ? apart + 1 : 0;
    }
    // One that is smooth looks so for the last steps before rounding sets in.
    return apart >= 4 ? std::optional(gaps_.back().right) : std::nullopt;
  }

 private:
  struct Gap {
    double gap, error, right;
  };

  std::optional<double> at(double x) {
    replay_.set(x_, x);
    try {
      const double y = replay_.value();
      return std::isfinite(y) ? std::optional(y) : std::nullopt;
    } catch (const DomainError&) {
      return std::nullopt;
    }
  }

  void step(double h) {
    const double above = x_.value() + h, below = x_.value() - h;
    const auto right = at(above), left = at(below);
    if (!right || !left || above == below) {
      row_.clear();
      return;
    }
    const double error = rounding_ / h;
    gaps_.push_back(
        {(*right - middle_ - (middle_ - *left)) / h, 4 * error, (*right - middle_) / h});
    extrapolate((*right - *left) / (above - below), error);
  }

  /// Row i of the tableau begins with the central difference for step i; each further entry takes
  /// out the next even power of the step.
  void extrapolate(double central, double rounding) {
    // A function that is flat except near x deceives large steps; smaller ones then settle on
    // another slope.
    if (!row_.empty()) {
      const double unsettled = std::abs(central - row_[0]) + 2 * rounding;
      if (std::abs(central - best_.slope) > best_.error + unsettled) best_ = {};
    }
    std::vector<double> row = {central};
    double power = 4;
    for (std::size_t m = 0; m < std::min(order, row_.size()); ++m, power *= 4) {
      row.push_back((power * row[m] - row_[m]) / (power - 1));
      const double truncation =
          std::max(std::abs(row[m + 1] - row[m]), std::abs(row[m + 1] - row_[m]));
      const double error = truncation + 2 * rounding;
      if (error < best_.error) best_ = {row[m + 1], error};
    }
    row_ = std::move(row);
  }

  Replay& replay_;
  Value x_;
  double rounding_, middle_;
  std::vector<double> row_{};
  std::vector<Gap> gaps_{};
  Estimate best_{};
};

GradientComparison compare(double gradient, const Differences& differences) {
  const auto [slope, error] = differences.best();
  GradientComparison result{gradient, slope, error, GradientVerdict::undecided};
  if (const auto right = differences.kink()) {
    result.difference = *right;
    result.verdict = GradientVerdict::kink;
  } else if (!std::isfinite(error)) {
    result.verdict = GradientVerdict::undecided;
  } else if (!(std::abs(gradient - slope) <= error)) {
    result.verdict = GradientVerdict::differs;
  } else if (error <= small_part * std::abs(gradient) || (gradient == 0 && slope == 0)) {
    result.verdict = GradientVerdict::agrees;
  }
  return result;
}

}  // namespace

std::vector<GradientComparison> check_gradient(Value y, std::span<const Value> x,
                                               std::span<const double> claimed) {
  if (x.size() != claimed.size()) throw GraphError("there must be one derivative for each value");
  const double rounding = rounding_error(y, backward(y));
  Replay replay(y);
  std::vector<GradientComparison> result;
  for (std::size_t i = 0; i < x.size(); ++i)
    result.push_back(compare(claimed[i], Differences(replay, x[i], rounding)));
  return result;
}

std::vector<GradientComparison> check_gradient(Value y, std::span<const Value> x) {
  const Gradients gradients = backward(y);
  std::vector<double> claimed;
  for (const Value& one : x) claimed.push_back(gradients[one]);
  return check_gradient(y, x, claimed);
}

}  // namespace chalkgrad
