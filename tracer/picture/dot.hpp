#pragma once

#include <string>

#include "tracer/picture/diagram.hpp"
#include "tracer/picture/layout.hpp"

/// A picture as a graph for Graphviz. The positions of the layout are in it: `neato -n` keeps them,
/// `dot` finds its own.
namespace chalkgrad {

/// Ends with a newline.
[[nodiscard]] std::string render_dot(const Diagram& diagram, const Layout& layout);

}  // namespace chalkgrad
