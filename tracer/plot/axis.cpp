#include "tracer/plot/axis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace chalkgrad {

namespace {

constexpr int most_ticks = 7;

/// Multiples of a step within an interval, with room for rounding errors.
std::vector<double> multiples(const Interval& interval, double step) {
  std::vector<double> result;
  const double slack = 1e-9;
  const auto first = std::ceil(interval.low / step - slack);
  const auto last = std::floor(interval.high / step + slack);
  for (double k = first; k <= last; ++k) result.push_back(k == 0 ? 0.0 : k * step);
  return result;
}

/// These multiples of every power of ten within an interval; only every so many of the powers.
std::vector<double> powers(const Interval& interval, const std::vector<double>& mantissas,
                           int every = 1) {
  std::vector<double> result;
  const int first = static_cast<int>(std::floor(std::log10(interval.low)));
  const int last = static_cast<int>(std::ceil(std::log10(interval.high)));
  constexpr double slack = 1e-9;
  for (int power = first; power <= last; ++power) {
    if (power % every != 0) continue;
    for (const double mantissa : mantissas) {
      const double value = mantissa * std::pow(10, power);
      if (value >= interval.low * (1 - slack) && value <= interval.high * (1 + slack))
        result.push_back(value);
    }
  }
  return result;
}

/// The densest of some choices that is not more than `most`.
std::vector<double> logarithmic_levels(const Interval& interval, int most) {
  const auto limit = static_cast<std::size_t>(most);
  for (const std::vector<double>& mantissas :
       {std::vector<double>{1, 1.5, 2, 3, 5, 7}, {1, 2, 5}, {1, 3}, {1}})
    if (auto levels = powers(interval, mantissas); levels.size() <= limit && !levels.empty())
      return levels;
  for (const int every : {2, 3, 5, 10, 20, 50, 100, 200})
    if (auto levels = powers(interval, {1}, every); levels.size() <= limit) return levels;
  return {interval.low};
}

std::string with_minus(std::string text) {
  for (auto at = text.find('-'); at != std::string::npos; at = text.find('-', at))
    text.replace(at, 1, "−");
  return text;
}

constexpr int most_decimals = 5;

/// The power of ten of its first digit.
int power_of(double size) { return static_cast<int>(std::floor(std::log10(size) + 1e-9)); }

/// Neither very small nor very large.
bool is_plain(double size) { return size == 0 || (size >= 1e-3 * (1 - 1e-9) && size < 1e5); }

/// 2·10⁻⁷, with so many decimals.
std::string scientific(double value, int decimals) {
  const int power = power_of(std::abs(value));
  // In two steps, because the power of the smallest numbers is no number.
  const double mantissa = value / std::pow(10, power / 2) / std::pow(10, power - power / 2);
  std::string text = fmt::format("{:.{}f}", mantissa, decimals);
  text = text == "1" ? "" : text == "-1" ? "−" : with_minus(text) + "·";
  return fmt::format("{}10<tspan class=\"index\" dy=\"-6\">{}</tspan>", text,
                     with_minus(std::to_string(power)));
}

}  // namespace

std::string svg_number(double value) {
  if (is_plain(std::abs(value))) return with_minus(fmt::format("{:.4g}", value));
  std::string digits = fmt::format("{:.1f}", value / std::pow(10, power_of(std::abs(value))));
  return scientific(value, digits.ends_with(".0") ? 0 : 1);
}

double nice_step(const Interval& interval, int most) {
  const double least = interval.high / most - interval.low / most;
  const double power = std::pow(10, std::floor(std::log10(least)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= least * (1 - 1e-9)) return factor * power;
  return 10 * power;
}

Interval rounded_out(const Interval& interval, Scale scale) {
  if (scale == Scale::logarithmic) {
    if (interval.high >= 10 * interval.low) return {interval.low / 1.2, interval.high * 1.2};
    return {std::pow(10, std::floor(std::log10(interval.low))),
            std::pow(10, std::ceil(std::log10(interval.high * (1 + 1e-9))))};
  }
  const double step = nice_step(interval, most_ticks);
  const double low = std::floor(interval.low / step) * step;
  const double high = std::ceil(interval.high / step) * step;
  return {std::isfinite(low) ? low : interval.low, std::isfinite(high) ? high : interval.high};
}

std::vector<double> nice_levels(const Interval& interval, int most) {
  constexpr double many_times = 30;
  if (interval.low > 0 && interval.high > many_times * interval.low)
    return logarithmic_levels(interval, most);
  return multiples(interval, nice_step(interval, most));
}

Axis::Axis(const Interval& shown, Scale scale, const Interval& pixels, double least_step)
    : shown_(shown), pixels_(pixels), scale_(scale) {
  if (scale == Scale::logarithmic) {
    ticks_ = logarithmic_levels(shown, most_ticks + 2);
  } else {
    step_ = std::max(nice_step(shown, most_ticks), least_step);
    ticks_ = multiples(shown, step_);
  }
  if (ticks_.empty()) ticks_ = {shown.low};
}

double Axis::position(double value) const {
  const bool logarithmic = scale_ == Scale::logarithmic;
  const auto measure = [&](double x) { return logarithmic ? std::log10(x) : x; };
  const double low = measure(shown_.low), high = measure(shown_.high);
  // Divided first, because a difference of the largest numbers has no value.
  constexpr double part = 4;
  return pixels_.at((measure(value) / part - low / part) / (high / part - low / part));
}

std::string Axis::label(double tick) const {
  if (scale_ == Scale::logarithmic) return svg_number(tick);
  const double largest = std::max(std::abs(ticks_.front()), std::abs(ticks_.back()));
  const int last = power_of(step_);
  if (is_plain(largest) && last >= -most_decimals)
    return with_minus(fmt::format("{:.{}f}", tick, std::max(0, -last)));
  if (tick == 0) return "0";
  return scientific(tick, std::clamp(power_of(std::abs(tick)) - last, 0, 9));
}

}  // namespace chalkgrad
