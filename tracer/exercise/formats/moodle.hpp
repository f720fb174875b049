#pragma once

#include "tracer/exercise/formats/platform_formats.hpp"

/// Moodle XML: a category with a cloze question for each variant, a numerical gap for each value
/// that is asked for, with its tolerance and weight; the answers that usual slips give have
/// feedback. (Moodle documentation: "Moodle XML format", "Embedded Answers (Cloze) question type".)
namespace chalkgrad {

[[nodiscard]] std::string render_moodle(const PlatformExercise& exercise);

}  // namespace chalkgrad
