#pragma once

#include <string>
#include <string_view>

#include "tracer/picture/diagram.hpp"
#include "tracer/sheet/sheet.hpp"

/// The picture of a paper, for formats that show it as a file of its own or within their text.
namespace chalkgrad {

/// What it says where it cannot be seen.
inline constexpr std::string_view picture_title = "The network of this problem";

/// An SVG document; empty if the diagram is.
[[nodiscard]] std::string picture_as_svg(const Diagram& diagram);

/// <p><img …/></p>, ends with a newline; empty for an empty source.
[[nodiscard]] std::string picture_as_html(std::string_view source);

/// The section before which the picture stands: the first with a heading, which says what is given.
/// The questions stand before it.
[[nodiscard]] std::size_t picture_before(const Sheet& sheet);

/// The sheet as Markdown with the picture of that address in its place; without, if it is empty.
[[nodiscard]] std::string markdown_with_picture(const Sheet& sheet, std::size_t before,
                                                std::string_view address);

}  // namespace chalkgrad
