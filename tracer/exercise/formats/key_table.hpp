#pragma once

#include "tracer/exercise/formats/platform_formats.hpp"

/// key.csv: a line for each value of each variant, for spreadsheets and scripts (RFC 4180).
namespace chalkgrad {

[[nodiscard]] std::string render_key_table(const PlatformExercise& exercise);

}  // namespace chalkgrad
