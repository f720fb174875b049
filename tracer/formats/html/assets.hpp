#pragma once

#include <string_view>

/// What every page carries, as bytes in the program: the files beside this header, put there by
/// embed.cmake when the program is built.
namespace chalkgrad::assets {

extern const std::string_view font;           ///< latin_modern_math.woff2
extern const std::string_view style;          ///< page.css
extern const std::string_view script;         ///< page.js
extern const std::string_view script_sha256;  ///< of the script, in hexadecimal digits

}  // namespace chalkgrad::assets
