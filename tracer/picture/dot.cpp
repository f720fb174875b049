#include "tracer/picture/dot.hpp"

#include <fmt/format.h>

#include "tracer/expression/printer.hpp"

namespace chalkgrad {

namespace {

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (c == '\n') {
      result += "\\n";
    } else {
      result += c;
    }
  }
  return result + "\"";
}

std::string lines_of(const Caption& caption) {
  std::string text = caption.name.empty() ? caption.words : caption.name;
  if (caption.value) text += (text.empty() ? "" : " = ") + print(*caption.value);
  if (caption.gradient) text += (text.empty() ? "" : "\n") + print(*caption.gradient);
  return text;
}

std::string label_of(const std::vector<Caption>& captions, const std::string& sign) {
  std::string text = sign;
  for (const Caption& caption : captions) {
    const std::string lines = lines_of(caption);
    text += (text.empty() || lines.empty() ? "" : "\n") + lines;
  }
  return text;
}

}  // namespace

std::string render_dot(const Diagram& diagram, const Layout& layout) {
  constexpr double points_in_pixel = 0.75, inches_in_pixel = 1 / 96.0;
  std::string text = "digraph network {\n  rankdir=LR;\n  node [shape=ellipse, fixedsize=false];\n";
  for (std::size_t i = 0; i < diagram.nodes.size(); ++i) {
    const Diagram::Node& node = diagram.nodes[i];
    const Box& box = layout.nodes[i];
    text += fmt::format("  n{} [label={}, pos=\"{:.1f},{:.1f}\", width={:.2f}, height={:.2f}{}];\n",
                        i, quoted(label_of(node.captions, node.sign)), box.x * points_in_pixel,
                        (layout.height - box.y) * points_in_pixel, box.width * inches_in_pixel,
                        box.height * inches_in_pixel,
                        node.shape == Diagram::Shape::small   ? ", shape=box, style=dashed"
                        : node.shape == Diagram::Shape::layer ? ", shape=box"
                                                              : "");
  }
  for (const Diagram::Edge& edge : diagram.edges)
    text += fmt::format("  n{} -> n{}{};\n", edge.from, edge.to,
                        edge.captions.empty()
                            ? ""
                            : fmt::format(" [label={}]", quoted(label_of(edge.captions, ""))));
  if (!diagram.remark.empty()) text += fmt::format("  label={};\n", quoted(diagram.remark));
  return text + "}\n";
}

}  // namespace chalkgrad
