#pragma once

#include <span>
#include <string_view>

#include "tracer/exercise/variants.hpp"

/// Which variant an answer is to. Whoever marks a class does not look at what the files are called,
/// so nothing is guessed: where two readings remain, that is an error.
namespace chalkgrad {

/// By what the answer's first five lines say (variant 3), else by its file's name, else by that of
/// its folder: the name of a student that the table has (anna_lee.txt), else a number that can only
/// be that of a variant (03.txt, answer-3.txt, and not 2026-11-03.txt or IMG_0004.txt). Null if
/// nothing tells. Throws VariantsError where it names a variant that the table has not, or two.
[[nodiscard]] const Variant* variant_of_answer(std::span<const Variant> variants,
                                               std::string_view path, std::string_view text);

}  // namespace chalkgrad
