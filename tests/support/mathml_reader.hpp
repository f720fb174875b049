#pragma once

#include <string>
#include <string_view>

namespace chalkgrad::testing {

/// MathML as the text that means the same, with brackets wherever its layout says what belongs
/// together: mfrac becomes ((a)/(b)). Written from the MathML Core specification and the names of
/// the problem language, without a look at how the MathML was made. Throws std::runtime_error for
/// an element or an order that it does not know.
std::string text_of_mathml(std::string_view mathml);

}  // namespace chalkgrad::testing
