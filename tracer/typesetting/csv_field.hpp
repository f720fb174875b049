#pragma once

#include <string>
#include <string_view>

/// A field of a table with commas (RFC 4180).
namespace chalkgrad {

/// In quotes where it has a separator, a quote or a line break in it.
[[nodiscard]] std::string csv_field(std::string_view text);

}  // namespace chalkgrad
