#include "tracer/picture/formats.hpp"

#include <array>

#include "tracer/picture/dot.hpp"
#include "tracer/picture/layout.hpp"
#include "tracer/picture/svg.hpp"
#include "tracer/picture/tikz.hpp"

namespace chalkgrad {

namespace {

std::string picture_as_svg(const Diagram& diagram, const std::string& title) {
  return render_svg(diagram, lay_out(diagram),
                    {.title = title.empty() ? "The network of a problem" : title});
}
std::string picture_as_tikz(const Diagram& diagram, const std::string&) {
  return render_tikz(diagram, lay_out(diagram));
}
std::string picture_as_dot(const Diagram& diagram, const std::string&) {
  return render_dot(diagram, lay_out(diagram));
}

}  // namespace

std::span<const PictureFormat> picture_formats() {
  static constexpr std::array table = {PictureFormat{"svg", ".svg", picture_as_svg},
                                       PictureFormat{"tikz", ".tex", picture_as_tikz},
                                       PictureFormat{"dot", ".dot", picture_as_dot}};
  return table;
}

}  // namespace chalkgrad
