#pragma once

#include "tracer/exercise/formats/platform_formats.hpp"

/// GIFT: a numerical question for each value of each variant, with tolerance; the answers that
/// usual slips give have feedback. (Moodle documentation: "GIFT format".)
namespace chalkgrad {

[[nodiscard]] std::string render_gift(const PlatformExercise& exercise);

}  // namespace chalkgrad
