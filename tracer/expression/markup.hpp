#pragma once

#include <string>
#include <string_view>

/// Text within XML and HTML.
namespace chalkgrad {

/// & < > " ' as entities, so that no text opens an element or ends an attribute; control characters
/// and broken UTF-8 as blanks.
[[nodiscard]] std::string markup_text(std::string_view text);

}  // namespace chalkgrad
