#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "tracer/picture/layout.hpp"

/// How much room what is written in a picture takes. Fonts differ from machine to machine, so these
/// are estimates, a little more than it will be; a format draws text of these sizes.
namespace chalkgrad {

/// Type sizes, in pixels: of nodes, and of what is small or on edges.
inline constexpr double type_size = 16, small_type_size = 14;
/// From one line of text to the next, in type sizes.
inline constexpr double line_height = 1.25;

enum class CaptionLine { name, value, gradient };

/// The lines that are written in a unit, each with its middle: its captions side by side, what
/// belongs to one below each other.
void for_each_line(const Diagram::Node& unit, const Box& box,
                   const std::function<void(const Caption& caption, CaptionLine kind,
                                            const Point& middle)>& visit);

/// Roughly, in pixels: a little more than it will be. A name has its subscript below.
[[nodiscard]] double text_width(std::string_view text, double size);
[[nodiscard]] double name_width(std::string_view name, double size);

/// What stands in few words beside an edge, in a small node, or along a wire: a line for each
/// caption, and one for each gradient. Where it stands is left open.
[[nodiscard]] Box size_of_lines(const std::vector<Caption>& captions);

/// Of the sign of an operation, without its wire.
[[nodiscard]] double sign_width(const Diagram::Node& node);

/// Of a whole node. Where it stands is left open.
[[nodiscard]] Box size_of(const Diagram::Node& node);

}  // namespace chalkgrad
