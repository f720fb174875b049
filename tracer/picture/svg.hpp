#pragma once

#include <functional>
#include <string>

#include "tracer/picture/diagram.hpp"
#include "tracer/picture/layout.hpp"

/// A picture as SVG: one element for each node and edge, with ids by which a page can find them
/// (node-3, edge-7), and the numbers in elements that say whose they are (data-value,
/// data-gradient).
namespace chalkgrad {

struct SvgOptions {
  bool standalone = true;  ///< a file of its own, with its style; else to stand in a page
  std::string title{};     ///< for those who cannot see the picture
  /// Where a page works a quantity out, as an address; empty if it does not. With it, what is
  /// written of a quantity is a link, which says whose it is (data-of).
  std::function<std::string(const std::string& quantity)> address{};
};

/// Ends with a newline.
[[nodiscard]] std::string render_svg(const Diagram& diagram, const Layout& layout,
                                     const SvgOptions& options = {});

}  // namespace chalkgrad
