#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tracer/exercise/asked.hpp"
#include "tracer/exercise/slips_of_answers.hpp"
#include "tracer/exercise/variants.hpp"
#include "tracer/sheet/sheet.hpp"

/// The formats of course platforms: one file for all variants of an exercise. A format is a file in
/// this folder and a row of this table; whoever offers formats reads the table.
namespace chalkgrad {

/// One variant, as a platform asks for it.
struct PlatformVariant {
  Variant variant{};
  Sheet question{};  ///< without the list of what is asked: each value has a field of its own
  Sheet solution{};
  std::vector<Asked> asked{};        ///< what has a field; never empty
  std::vector<AnswerSlips> slips{};  ///< as `asked`
  std::string picture{};             ///< of the network, with given numbers, as SVG; may be empty
};

struct PlatformExercise {
  std::string title{};  ///< never empty
  std::vector<PlatformVariant> variants{};
};

struct PlatformFormat {
  std::string_view name;  ///< as in --format
  std::string_view file;  ///< exercise.xml
  std::string (*render)(const PlatformExercise& exercise);
};

[[nodiscard]] std::span<const PlatformFormat> platform_formats();

/// What each value weighs, in whole numbers, as points do: 1 and 0.5 are 2 and 1. All weigh 1 where
/// nothing has points.
[[nodiscard]] std::vector<int> weights_of(const std::vector<Asked>& asked);

/// How the picture of a variant is called as a file: network-03.svg.
[[nodiscard]] std::string picture_file(const PlatformVariant& variant);

/// The category that Moodle is to put the questions in: $course$/top/One step.
[[nodiscard]] std::string category_of(const PlatformExercise& exercise);

/// 0.0001, without an exponent.
[[nodiscard]] std::string in_decimals(double number);

}  // namespace chalkgrad
