#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tracer/check/truth/scope.hpp"

/// What the writer's own names are, from what she says of them.
///
/// z1 = w1·x1 + w2·x2 + b1 is net_h1, if that is the only quantity which has this value whatever
/// the given numbers are. z1 = .2·.5 + .3·1 + .1 is net_h1, if its numbers are those that the
/// definition of net_h1 has, each of them, and of no other. A name that is defined in two ways is
/// learnt from neither. Nothing is learnt from a value alone: two quantities may have it.
namespace chalkgrad {

struct LearnedNames {
  std::vector<Alias> by_definition{};  ///< without a doubt
  std::vector<Alias> by_numbers{};
};

/// Linear in the answer, and logarithmic in the quantities of the problem.
[[nodiscard]] LearnedNames learn_names(Scope& scope, const Answer& answer, std::string_view text);

}  // namespace chalkgrad
