#pragma once

#include "tracer/exercise/formats/platform_formats.hpp"

/// QTI 2.1: a content package (zip) with an item for each variant, a field for each value.
/// (1EdTech: "IMS Question and Test Interoperability Assessment Test, Section and Item Information
/// Model v2.1" and its XML binding.)
namespace chalkgrad {

[[nodiscard]] std::string render_qti(const PlatformExercise& exercise);

}  // namespace chalkgrad
