#pragma once

#include <optional>
#include <string_view>

#include "tracer/check/reading/traced_text.hpp"

/// A session with Python or MATLAB as relations: what was asked is equal to what was answered.
///
///     >>> v.grad                          >> z = X*w + b
///     tensor([-0.5018,  0.2761])          z =
///                                             0.7500
///                                            -1.0000
///
/// becomes v.grad = [-0.5018,  0.2761], and z = X*w + b and z = [0.7500, -1.0000]. Prompts are
/// those of Python, IPython and MATLAB; arrays that MATLAB or Octave prints are read without a
/// prompt too. What is no part of a question or its answer stays as it is.
namespace chalkgrad {

/// Nothing where the text is no session. Linear.
[[nodiscard]] std::optional<TracedText> session_as_relations(std::string_view text);

}  // namespace chalkgrad
