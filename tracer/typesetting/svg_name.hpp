#pragma once

#include <string>
#include <string_view>

/// The name of a quantity within an SVG text.
namespace chalkgrad {

/// tspan elements, with subscript and superscript: w with a lowered 5, η, E with total below it and
/// a raised plus. A style gives the classes their looks: `italic` for letters that stand for
/// numbers, `index` for what is small.
[[nodiscard]] std::string svg_name(std::string_view name);

}  // namespace chalkgrad
