#pragma once

#include <string>
#include <string_view>

namespace chalkgrad {

/// Text in ASCII: Greek letters by their English names (eta for η), accented Latin letters without
/// their accents, typographic signs by the nearest plain ones; anything else is a question mark.
[[nodiscard]] std::string in_ascii(std::string_view text);

}  // namespace chalkgrad
