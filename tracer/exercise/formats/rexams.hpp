#pragma once

#include "tracer/exercise/formats/platform_formats.hpp"

/// R/exams: one exercise in R Markdown that draws one of the variants, of type cloze.
/// (Zeileis, Umlauf, Leisch: Flexible Generation of E-Learning Exams in R, J. Stat. Software 58(1);
/// needs R 4 for its raw strings.)
namespace chalkgrad {

[[nodiscard]] std::string render_rexams(const PlatformExercise& exercise);

}  // namespace chalkgrad
