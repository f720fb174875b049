#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Text within XML and HTML.
namespace chalkgrad {

/// & < > " ' as entities, so that no text opens an element or ends an attribute; control characters
/// and broken UTF-8 as blanks.
[[nodiscard]] std::string markup_text(std::string_view text);

/// Of what is between the tags, in columns; roughly how wide it will be.
[[nodiscard]] std::size_t width_without_tags(std::string_view markup);

}  // namespace chalkgrad
