#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tracer/exercise/variants.hpp"

/// Names of students within names of files: Lee, Anna; anna_lee; AnnaLee; MÜLLER, also where the ü
/// is a u with two dots behind it.
namespace chalkgrad {

/// The words of a name that is folded already (tracer/expression/letters.hpp), without what parts
/// them.
[[nodiscard]] std::vector<std::string> words_of_name(std::string_view folded_name);

/// Whose name a file's or folder's name has. A name within a longer one is none of its own (Lee in
/// Anna Lee), and of two that fit the same words the one that is spelled as there: A before a,
/// Müller before Mueller. So more than one variant means that nothing tells which is meant.
[[nodiscard]] std::vector<const Variant*> variants_named_in(std::span<const Variant> variants,
                                                            std::string_view file_name);

}  // namespace chalkgrad
