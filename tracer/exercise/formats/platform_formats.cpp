#include "tracer/exercise/formats/platform_formats.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "tracer/exercise/formats/gift.hpp"
#include "tracer/exercise/formats/key_table.hpp"
#include "tracer/exercise/formats/moodle.hpp"
#include "tracer/exercise/formats/qti.hpp"
#include "tracer/exercise/formats/rexams.hpp"

namespace chalkgrad {

std::span<const PlatformFormat> platform_formats() {
  static constexpr std::array table = {PlatformFormat{"moodle", "exercise.xml", render_moodle},
                                       PlatformFormat{"gift", "exercise.gift", render_gift},
                                       PlatformFormat{"qti", "exercise.zip", render_qti},
                                       PlatformFormat{"rexams", "exercise.Rmd", render_rexams},
                                       PlatformFormat{"csv", "key.csv", render_key_table}};
  return table;
}

std::vector<int> weights_of(const std::vector<Asked>& asked) {
  const bool has_points = total_points(asked) > 0;
  // The smallest number by which all points become whole, as far as they do.
  constexpr int most = 60;
  constexpr double noise = 1e-9;
  int scale = 1;
  const auto is_whole = [&](const Asked& one) {
    const double scaled = one.points * scale;
    return std::abs(scaled - std::round(scaled)) < noise;
  };
  while (scale < most && !std::all_of(asked.begin(), asked.end(), is_whole)) ++scale;
  std::vector<int> weights;
  for (const Asked& one : asked)
    weights.push_back(has_points ? static_cast<int>(std::lround(one.points * scale)) : 1);
  return weights;
}

std::string picture_file(const PlatformVariant& variant) {
  return "network-" + variant.variant.label + ".svg";
}

std::string category_of(const PlatformExercise& exercise) {
  // A stroke parts a category from the one within it; a stroke of the name's own is written twice,
  // and not next to one that parts.
  std::string name;
  for (const char c : exercise.title) name += c == '/' ? "//" : std::string(1, c);
  if (name.starts_with('/')) name.insert(0, " ");
  if (name.ends_with('/')) name += ' ';
  return "$course$/top/" + name;
}

std::string in_decimals(double number) { return Decimal::of(number).plain(); }

}  // namespace chalkgrad
