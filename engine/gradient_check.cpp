#include "engine/gradient_check.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "engine/backward.hpp"
#include "engine/replay.hpp"

namespace chalkgrad {

namespace {

constexpr int halvings = 40;
constexpr double rounding_unit = 0x1p-53;  // half a unit in the last place
constexpr std::size_t extrapolations = 5;  // of extrapolation
/// An error of this part of the gradient is small beside it.
constexpr double small_part = 1e-3;

/// A bound on the rounding error of y, to first order: Σ |∂y/∂v|·u·|v| over all that was recorded.
double rounding_error(Value y, const Gradients& gradients) {
  double sum = 0;
  for (NodeId id = 1; id <= y.id(); ++id) {
    const double part = std::abs(gradients[id] * y.graph().node(id).value);
    if (gradients[id] != 0 && std::isfinite(part)) sum += part;
  }
  return sum * rounding_unit;
}

/// What the record says about the way from x to y: the sum of the sizes of all its paths, and
/// whether an operation on it is at its kink.
struct Way {
  double size = 0;
  bool has_kink = false;
};

Way way(Value y, Value x) {
  const Graph& graph = y.graph();
  std::vector<double> size(y.id() + std::size_t{1});
  std::vector<bool> depends(size.size()), has_kink(size.size());
  if (x.id() > y.id()) return {};
  size[x.id()] = 1;
  depends[x.id()] = true;
  for (NodeId id = x.id() + 1; id <= y.id(); ++id) {
    const Node& node = graph.node(id);
    const auto add = [&](NodeId operand, double derivative) {
      if (!depends[operand]) return;
      depends[id] = true;
      has_kink[id] = has_kink[id] || has_kink[operand];
      if (size[operand] != 0 && derivative != 0) size[id] += std::abs(derivative) * size[operand];
    };
    add(node.operand(0), node.derivative[0]);
    add(node.operand(1), node.derivative[1]);
    if (node.is_fused()) add(id - 1, 1);
    if (!depends[id]) continue;
    with_operation(node.op(), [&]<class O>(O) {
      const double a = graph.node(node.operand(0)).value, b = graph.node(node.operand(1)).value;
      if constexpr (requires { O::at_kink(a); }) has_kink[id] = has_kink[id] || O::at_kink(a);
      if constexpr (requires { O::at_kink(a, b); }) has_kink[id] = has_kink[id] || O::at_kink(a, b);
    });
  }
  return {size[y.id()], has_kink[y.id()]};
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
    const double scale = std::abs(x.value());
    // Down to a part of x itself, however small it is.
    const int further = scale > 0 && scale < 1 ? std::min(120, -std::ilogb(scale)) : 0;
    double h = std::max(1.0, scale) / 8;
    for (int i = 0; i < halvings + further; ++i, h /= 2) step(h);
    replay_.set(x_, x_.value());
  }

  [[nodiscard]] const Estimate& best() const { return best_; }

  /// The slope to the right if it differs from that to the left however small the step: a smooth
  /// function's two slopes approach each other in proportion to the step.
  [[nodiscard]] std::optional<double> kink() const {
    int apart = 0;
    double slope = 0;
    for (std::size_t i = 1; i < gaps_.size(); ++i) {
      const auto& [gap, error, right] = gaps_[i];
      if (error > std::abs(gap) / 64) break;  // from here on all is rounding
      apart = std::abs(gap) > 0.95 * std::abs(gaps_[i - 1].gap) ? apart + 1 : 0;
      slope = right;
    }
    // One that is smooth looks so for the last steps before rounding sets in.
    return apart >= 4 ? std::optional(slope) : std::nullopt;
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
    // Further off y has another rounding error; by how much it differs says by how much, about.
    const double change = std::abs(*right - middle_) + std::abs(*left - middle_);
    const double error = (rounding_ + 8 * rounding_unit * change) / h;
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
    for (std::size_t m = 0; m < std::min(extrapolations, row_.size()); ++m, power *= 4) {
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

/// How far the derivative itself moves when x moves by some units in its last place: a recorded one
/// cannot be more precise than that.
double rounding_of_gradient(Replay& replay, Value x) {
  (void)replay.run();
  const double here = replay[x];
  double moved = 0;
  for (const double part : {1 + 0x1p-50, 1 - 0x1p-50}) {
    replay.set(x, x.value() * part);
    try {
      (void)replay.run();
      if (std::isfinite(replay[x])) moved = std::max(moved, std::abs(replay[x] - here));
    } catch (const DomainError&) {
      // at the end of a domain there is no such neighbour
    }
  }
  replay.set(x, x.value());
  return moved;
}

GradientComparison compare(double gradient, const Differences& differences, const Way& way,
                           double rounding) {
  const auto [slope, uncertain] = differences.best();
  const double error =
      uncertain + rounding + 16 * rounding_unit * (std::abs(slope) + std::abs(gradient));
  GradientComparison result{gradient, slope, error, GradientVerdict::undecided};
  const bool is_small = error <= small_part * std::abs(gradient);
  // What is 0 is compared with the size of what cancels; if nothing does, it must be 0 exactly.
  const bool is_zero = gradient == 0 && (way.size == 0 ? slope == 0 : error <= 1e-9 * way.size);
  if (const auto right = differences.kink()) {
    result.difference = *right;
    result.verdict = GradientVerdict::kink;
  } else if (!std::isfinite(error)) {
    result.verdict = GradientVerdict::undecided;
  } else if (!(std::abs(gradient - slope) <= error)) {
    result.verdict = way.has_kink ? GradientVerdict::kink : GradientVerdict::differs;
  } else if (is_small || is_zero) {
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
    result.push_back(compare(claimed[i], Differences(replay, x[i], rounding), way(y, x[i]),
                             rounding_of_gradient(replay, x[i])));
  return result;
}

std::vector<GradientComparison> check_gradient(Value y, std::span<const Value> x) {
  const Gradients gradients = backward(y);
  std::vector<double> claimed;
  for (const Value& one : x) claimed.push_back(gradients[one]);
  return check_gradient(y, x, claimed);
}

}  // namespace chalkgrad
