#pragma once

#include <functional>
#include <string>

#include "tracer/picture/diagram.hpp"
#include "tracer/picture/layout.hpp"

/// A picture as a tikzpicture environment, for documents that load tikz and amsmath.
namespace chalkgrad {

struct TikzOptions {
  /// Sets a number apart that appears on a later slide: wraps what it is given. None: all is shown.
  std::function<std::string(const std::string& quantity, bool gradient, const std::string& tex)>
      appear{};
  /// Drawing options of an edge or a node, beside the usual: "visible on=<3>". None: none.
  std::function<std::string(bool is_edge, std::size_t index)> emphasis{};
  /// What becomes of each statement; called after what it asked of the two above. None: it stays as
  /// it is.
  std::function<std::string(const std::string& statement)> piece{};
  double most_width = 0;   ///< in cm; 0: as large as it is
  double most_height = 0;  ///< in cm
  double type_scale = 1;   ///< 1 for type of 11pt; up to 1.2 the words stay inside
};

/// Ends with a newline.
[[nodiscard]] std::string render_tikz(const Diagram& diagram, const Layout& layout,
                                      const TikzOptions& options = {});

}  // namespace chalkgrad
