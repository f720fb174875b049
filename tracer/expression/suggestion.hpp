#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Suggestions for names that are close to a known one, for error messages.
namespace chalkgrad {

/// "did you mean 'out_h2'?" with the candidate nearest to `wrong` (Damerau-Levenshtein distance, at
/// most a third of its length); empty if none is near. On a tie the earlier candidate.
[[nodiscard]] std::string did_you_mean(std::string_view wrong,
                                       const std::vector<std::string_view>& candidates);

}  // namespace chalkgrad
