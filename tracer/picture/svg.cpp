#include "tracer/picture/svg.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tracer/expression/markup.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/picture/sizes.hpp"
#include "tracer/typesetting/svg_name.hpp"

namespace chalkgrad {

namespace {

constexpr std::string_view picture_style = R"(<style>
svg { background: #fff; color: #1a1a1a; }
text { font-family: "Latin Modern Math", "Latin Modern Roman", "CMU Serif", "Times New Roman", Times, serif; font-size: 16px; fill: currentColor; text-anchor: middle; }
.small { font-size: 14px; }
.wire { text-anchor: start; font-size: 14px; }
.italic { font-style: italic; }
.index { font-size: 75%; }
.shape { fill: #fff; stroke: currentColor; stroke-width: 1.5; }
.small-node .shape { stroke-dasharray: 3 2; stroke-width: 1.2; }
.edge path { fill: none; stroke: #666; stroke-width: 1.3; }
.halo { fill: #fff; }
.arrow { fill: #666; }
.gradient { fill: #b3261e; font-style: italic; }
.remark { font-size: 14px; text-anchor: start; }
</style>
)";

class SvgRenderer {
 public:
  SvgRenderer(const Diagram& diagram, const Layout& layout, const SvgOptions& options)
      : diagram_(diagram), layout_(layout), options_(options) {}

  std::string run() {
    const bool has_gradients =
        std::any_of(diagram_.nodes.begin(), diagram_.nodes.end(), [](const Diagram::Node& node) {
          return std::any_of(node.captions.begin(), node.captions.end(),
                             [](const Caption& caption) { return caption.gradient; });
        });
    std::vector<std::string> remarks;
    if (has_gradients && !diagram_.output.empty() && options_.standalone)
      remarks.push_back(fmt::format(
          "in italics: the derivative of {} with respect to each quantity", diagram_.output));
    if (!diagram_.remark.empty()) remarks.push_back(diagram_.remark);
    double width = layout_.width;
    for (const std::string& remark : remarks)
      width = std::max(width, 48 + text_width(remark, small_type_size));
    const double height = layout_.height + 22 * static_cast<double>(remarks.size());
    text_ = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"picture\" role=\"{}\" "
        "aria-labelledby=\"picture-title\" viewBox=\"0 0 {:.0f} {:.0f}\"{}>\n"
        "<title id=\"picture-title\">{}</title>\n",
        options_.address ? "group" : "img", width, height,
        options_.standalone ? fmt::format(" width=\"{:.0f}\" height=\"{:.0f}\"", width, height)
                            : "",
        markup_text(options_.title));
    if (options_.standalone) text_ += picture_style;
    text_ +=
        "<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7.5\" refY=\"4\" markerWidth=\"8\" "
        "markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\">"
        "<path class=\"arrow\" d=\"M0 0.5 L8 4 L0 7.5 z\"/></marker></defs>\n";
    for (std::size_t e = 0; e < diagram_.edges.size(); ++e) add_edge(e);
    for (std::size_t i = 0; i < diagram_.nodes.size(); ++i) add_node(i);
    for (std::size_t e = 0; e < diagram_.edges.size(); ++e)
      if (layout_.labels[e]) add_label(e);
    for (std::size_t k = 0; k < remarks.size(); ++k)
      text_ += fmt::format("<text class=\"remark\" x=\"24\" y=\"{:.0f}\">{}</text>\n",
                           layout_.height + 22 * static_cast<double>(k), markup_text(remarks[k]));
    return std::move(text_) + "</svg>\n";
  }

 private:
  /// The quantity at which an edge ends: a neuron is entered at its net and left at its out.
  std::string end_name(std::size_t node, bool entered) const {
    const auto& captions = diagram_.nodes[node].captions;
    if (captions.empty()) return "";
    return markup_text((entered ? captions.front() : captions.back()).name);
  }

  void add_edge(std::size_t e) {
    std::string path;
    for (const Point& point : layout_.edges[e])
      path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : " L", point.x, point.y);
    const bool arrow = !diagram_.is_circuit;
    text_ += fmt::format(
        "<g class=\"edge\" id=\"edge-{}\" data-from=\"{}\" data-to=\"{}\"><path d=\"{}\"{}/></g>\n",
        e, end_name(diagram_.edges[e].from, false), end_name(diagram_.edges[e].to, true), path,
        arrow ? " marker-end=\"url(#arrow)\"" : "");
  }

  void add_node(std::size_t i) {
    const Diagram::Node& node = diagram_.nodes[i];
    const char* kind = node.shape == Diagram::Shape::unit        ? "unit"
                       : node.shape == Diagram::Shape::small     ? "small-node"
                       : node.shape == Diagram::Shape::operation ? "operation"
                                                                 : "layer";
    text_ += fmt::format("<g class=\"node {}\" id=\"node-{}\">", kind, i);
    switch (node.shape) {
      case Diagram::Shape::unit: add_unit(node, layout_.nodes[i]); break;
      case Diagram::Shape::small: add_small(node, layout_.nodes[i]); break;
      case Diagram::Shape::operation: add_operation(node, i); break;
      case Diagram::Shape::layer: add_layer(node, layout_.nodes[i]); break;
    }
    text_ += "</g>\n";
  }

  void add_rectangle(const Box& box, double radius) {
    text_ += fmt::format(
        "<rect class=\"shape\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" "
        "rx=\"{:.1f}\"/>",
        box.left(), box.top(), box.width, box.height, radius);
  }

  /// A line of text, whose middle is at this height.
  void add_line(double x, double middle, std::string_view classes, std::string_view content) {
    text_ += fmt::format("<text{} x=\"{:.1f}\" y=\"{:.1f}\">{}</text>",
                         classes.empty() ? "" : fmt::format(" class=\"{}\"", classes), x,
                         middle + 5, content);
  }

  /// The same, as a link to where the quantity is worked out.
  std::string linked(const std::string& quantity, std::string text) const {
    const std::string address = options_.address ? options_.address(quantity) : "";
    if (address.empty()) return text;
    return fmt::format("<a href=\"{}\" data-of=\"{}\">{}</a>", markup_text(address),
                       markup_text(quantity), text);
  }

  static std::string value_markup(const Caption& caption, std::string_view before = "") {
    return fmt::format("<tspan class=\"value\" data-value=\"{}\">{}{}</tspan>",
                       markup_text(caption.owner()), before, markup_text(print(*caption.value)));
  }
  static std::string gradient_markup(const Caption& caption) {
    return fmt::format("<tspan class=\"gradient\" data-gradient=\"{}\">{}</tspan>",
                       markup_text(caption.owner()), markup_text(print(*caption.gradient)));
  }

  void add_unit(const Diagram::Node& node, const Box& box) {
    add_rectangle(box, std::min(box.width, box.height) / 2);
    if (node.captions.size() == 2)
      text_ += fmt::format("<path class=\"shape\" d=\"M{:.1f} {:.1f} V{:.1f}\"/>", box.x, box.top(),
                           box.bottom());
    for_each_line(node, box, [this](const Caption& caption, CaptionLine kind, const Point& at) {
      add_line(at.x, at.y, "",
               kind == CaptionLine::name    ? linked(caption.name, svg_name(caption.name))
               : kind == CaptionLine::value ? value_markup(caption)
                                            : gradient_markup(caption));
    });
  }

  /// "w5 = 0.40", and the gradient below.
  void add_lines(const std::vector<Caption>& captions, const Box& box) {
    std::vector<std::string> lines;
    for (const Caption& caption : captions) {
      std::string line = caption.name.empty() ? markup_text(caption.words) : svg_name(caption.name);
      if (caption.value) line += value_markup(caption, line.empty() ? "" : " = ");
      lines.push_back(linked(caption.name, std::move(line)));
      if (caption.gradient) lines.push_back(gradient_markup(caption));
    }
    const double height = small_type_size * line_height;
    double y = box.y - height * (static_cast<double>(lines.size()) - 1) / 2;
    for (const std::string& line : lines) {
      add_line(box.x, y, "small", line);
      y += height;
    }
  }

  void add_small(const Diagram::Node& node, const Box& box) {
    add_rectangle(box, 5);
    add_lines(node.captions, box);
  }

  /// The sign, and a wire with the value above it and the gradient below.
  void add_operation(const Diagram::Node& node, std::size_t i) {
    const Box& box = layout_.nodes[i];
    const double sign = layout_.signs[i];
    add_rectangle({box.left() + sign / 2, box.y, sign, 36}, 18);
    const bool leaf = node.sign.empty();
    add_line(box.left() + sign / 2, box.y, "",
             leaf ? linked(node.captions[0].name, svg_name(node.captions[0].name))
                  : markup_text(node.sign));
    const double wire = box.left() + sign;
    text_ += fmt::format(
        "<path class=\"wire-line\" fill=\"none\" stroke=\"currentColor\" "
        "d=\"M{:.1f} {:.1f} H{:.1f}\"/>",
        wire, box.y, box.right());
    if (node.captions.empty()) return;
    const Caption& caption = node.captions[0];
    std::string above = leaf ? "" : linked(caption.name, svg_name(caption.name));
    const bool named = !leaf && !caption.name.empty();
    if (!named) above.clear();
    if (caption.value) above += value_markup(caption, named ? " = " : "");
    if (!above.empty()) add_line(wire + 5, box.y - 11, "wire", above);
    if (caption.gradient) add_line(wire + 5, box.y + 12, "wire", gradient_markup(caption));
  }

  void add_layer(const Diagram::Node& node, const Box& box) {
    add_rectangle(box, 12);
    const double line = type_size * line_height;
    add_line(box.x, box.y - line, "", markup_text(node.sign));
    if (!node.captions.empty()) add_line(box.x, box.y, "", svg_name(node.captions[0].name));
    if (node.captions.size() > 1)
      add_line(box.x, box.y + line, "", "… " + svg_name(node.captions[1].name));
  }

  void add_label(std::size_t e) {
    const Box& box = *layout_.labels[e];
    text_ += fmt::format(
        "<g class=\"label\" id=\"label-{}\"><rect class=\"halo\" x=\"{:.1f}\" y=\"{:.1f}\" "
        "width=\"{:.1f}\" height=\"{:.1f}\" rx=\"4\"/>",
        e, box.left(), box.top(), box.width, box.height);
    add_lines(diagram_.edges[e].captions, box);
    text_ += "</g>\n";
  }

  const Diagram& diagram_;
  const Layout& layout_;
  const SvgOptions& options_;
  std::string text_;
};

}  // namespace

std::string render_svg(const Diagram& diagram, const Layout& layout, const SvgOptions& options) {
  return SvgRenderer(diagram, layout, options).run();
}

}  // namespace chalkgrad
