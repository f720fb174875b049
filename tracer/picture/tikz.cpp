#include "tracer/picture/tikz.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tracer/expression/dialect.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/picture/sizes.hpp"
#include "tracer/typesetting/latex_text.hpp"

namespace chalkgrad {

namespace {

/// A type of 11pt is as high as the 16 pixels of a layout.
constexpr double points_in_pixel = 11.0 / type_size;
constexpr double points_in_cm = 28.45;

std::string number_as_mathematics(const Expr& e) { return "$" + print(e, latex_dialect()) + "$"; }

std::string name(const std::string& quantity) {
  return "$" + latex_dialect().symbol(quantity) + "$";
}

class TikzRenderer {
 public:
  TikzRenderer(const Diagram& diagram, const Layout& layout, const TikzOptions& options)
      : diagram_(diagram), layout_(layout), options_(options) {}

  std::string run() {
    const double width = layout_.width * points_in_pixel / points_in_cm;
    const double remark = diagram_.remark.empty() ? 0 : type_size;
    const double height = (layout_.height + remark) * points_in_pixel / points_in_cm;
    if (options_.most_width > 0) scale_ = std::min(scale_, options_.most_width / width);
    if (options_.most_height > 0) scale_ = std::min(scale_, options_.most_height / height);
    text_ = fmt::format(
        "\\begin{{tikzpicture}}[x={0:.4f}pt, y=-{0:.4f}pt, scale={1:.3f}, every "
        "node/.style={{scale={2:.3f}}},\n"
        "  box/.style={{draw, fill=white, inner sep=0pt}}, caption/.style={{inner sep=0pt}},\n"
        "  wire/.style={{draw=black!60}}, gradient/.style={{text=red!70!black}}]\n",
        points_in_pixel, scale_, scale_ * options_.type_scale);
    for (std::size_t e = 0; e < diagram_.edges.size(); ++e) add_edge(e);
    for (std::size_t i = 0; i < diagram_.nodes.size(); ++i) add_node(i);
    for (std::size_t e = 0; e < diagram_.edges.size(); ++e)
      if (layout_.labels[e]) add_label(e);
    if (!diagram_.remark.empty())
      add(fmt::format("\\node[anchor=west, font=\\small] at (24,{:.1f}) {{{}}};", layout_.height,
                      latex_text(diagram_.remark)));
    return std::move(text_) + "\\end{tikzpicture}\n";
  }

 private:
  void add(const std::string& statement) {
    text_ += "  " + (options_.piece ? options_.piece(statement) : statement) + "\n";
  }

  std::string emphasis(bool is_edge, std::size_t index) const {
    return options_.emphasis ? options_.emphasis(is_edge, index) : std::string();
  }

  void add_edge(std::size_t e) {
    std::string path;
    for (const Point& point : layout_.edges[e])
      path += fmt::format("{}({:.1f},{:.1f})", path.empty() ? "" : " -- ", point.x, point.y);
    add(fmt::format("\\draw[wire{}{}] {};", diagram_.is_circuit ? "" : ", -latex",
                    emphasis(true, e), path));
  }

  void add_rectangle(const Box& box, double radius, std::string_view more) {
    const double inside = radius * points_in_pixel * scale_;
    add(fmt::format(
        "\\draw[box, rounded corners={:.2f}pt{}] ({:.1f},{:.1f}) rectangle ({:.1f},{:.1f});",
        std::max(0.0, inside - 0.1), more, box.left(), box.top(), box.right(), box.bottom()));
  }

  void add_text(double x, double y, std::string_view style, const std::string& tex) {
    if (tex.empty()) return;
    add(fmt::format("\\node[caption{}] at ({:.1f},{:.1f}) {{{}}};", style, x, y, tex));
  }

  std::string appearing(const Caption& caption, bool gradient, const std::string& tex) const {
    return options_.appear ? options_.appear(caption.owner(), gradient, tex) : tex;
  }

  void add_node(std::size_t i) {
    const Diagram::Node& node = diagram_.nodes[i];
    const Box& box = layout_.nodes[i];
    switch (node.shape) {
      case Diagram::Shape::unit:
        add_rectangle(box, std::min(box.width, box.height) / 2, emphasis(false, i));
        add_unit(node, box);
        return;
      case Diagram::Shape::small:
        add_rectangle(box, 5, ", densely dashed" + emphasis(false, i));
        add_lines(node.captions, box);
        return;
      case Diagram::Shape::operation: add_operation(node, i); return;
      case Diagram::Shape::layer: add_layer(node, box); return;
    }
  }

  void add_unit(const Diagram::Node& node, const Box& box) {
    if (node.captions.size() == 2)
      add(fmt::format("\\draw ({0:.1f},{1:.1f}) -- ({0:.1f},{2:.1f});", box.x, box.top(),
                      box.bottom()));
    for_each_line(node, box, [this](const Caption& caption, CaptionLine kind, const Point& at) {
      if (kind == CaptionLine::name) {
        add_text(at.x, at.y, "", name(caption.name));
      } else if (kind == CaptionLine::value) {
        add_text(at.x, at.y, "", appearing(caption, false, number_as_mathematics(*caption.value)));
      } else {
        add_text(at.x, at.y, ", gradient",
                 appearing(caption, true, number_as_mathematics(*caption.gradient)));
      }
    });
  }

  void add_lines(const std::vector<Caption>& captions, const Box& box) {
    std::size_t count = 0;
    for (const Caption& caption : captions)
      count += (caption.name.empty() && caption.words.empty() && !caption.value ? 0u : 1u) +
               (caption.gradient ? 1u : 0u);
    const double height = small_type_size * line_height;
    double y = box.y - height * (static_cast<double>(count) - 1) / 2;
    const auto add_line = [&](std::string_view style, const std::string& tex) {
      if (tex.empty()) return;
      add_text(box.x, y, style, tex);
      y += height;
    };
    for (const Caption& caption : captions) {
      std::string line = caption.name.empty() ? latex_text(caption.words) : name(caption.name);
      if (caption.value)
        line += appearing(caption, false,
                          (line.empty() ? "" : "${}={}$") + number_as_mathematics(*caption.value));
      add_line(", font=\\small", line);
      if (caption.gradient)
        add_line(", font=\\small, gradient",
                 appearing(caption, true, number_as_mathematics(*caption.gradient)));
    }
  }

  void add_operation(const Diagram::Node& node, std::size_t i) {
    const Box& box = layout_.nodes[i];
    const double sign = layout_.signs[i];
    add(fmt::format("\\draw[wire] ({:.1f},{:.1f}) -- ({:.1f},{:.1f});", box.left() + sign, box.y,
                    box.right(), box.y));
    add_rectangle({box.left() + sign / 2, box.y, sign, 36}, 18, emphasis(false, i));
    const bool leaf = node.sign.empty();
    add_text(box.left() + sign / 2, box.y, "",
             leaf           ? name(node.captions[0].name)
             : node.literal ? number_as_mathematics(*node.literal)
                            : sign_text(node.sign));
    if (node.captions.empty()) return;
    const Caption& caption = node.captions[0];
    const bool named = !leaf && !caption.name.empty();
    std::string above = named ? name(caption.name) : "";
    if (caption.value)
      above += appearing(caption, false,
                         (named ? "${}={}$" : "") + number_as_mathematics(*caption.value));
    const double x = box.left() + sign + 5;
    if (!above.empty()) add_text(x, box.y - 11, ", anchor=west, font=\\small", above);
    if (caption.gradient)
      add_text(x, box.y + 12, ", anchor=west, font=\\small, gradient",
               appearing(caption, true, number_as_mathematics(*caption.gradient)));
  }

  static std::string sign_text(const std::string& sign) {
    if (sign == "÷") return "$\\div$";
    if (sign == "^") return "$x^{y}$";
    if (sign == "( )²") return "$x^{2}$";
    if (sign == "| |") return "$\\lvert x\\rvert$";
    if (sign == "σ") return "$\\sigma$";
    if (sign == "√") return "$\\sqrt{\\phantom{x}}$";
    return latex_text(sign);
  }

  void add_layer(const Diagram::Node& node, const Box& box) {
    add_rectangle(box, 12, "");
    const double line = type_size * line_height;
    add_text(box.x, box.y - line, "", latex_text(node.sign));
    if (!node.captions.empty()) add_text(box.x, box.y, "", name(node.captions[0].name));
    if (node.captions.size() > 1)
      add_text(box.x, box.y + line, "", "\\dots\\ " + name(node.captions[1].name));
  }

  void add_label(std::size_t e) {
    const Box& box = *layout_.labels[e];
    add(fmt::format("\\fill[white] ({:.1f},{:.1f}) rectangle ({:.1f},{:.1f});", box.left(),
                    box.top(), box.right(), box.bottom()));
    add_lines(diagram_.edges[e].captions, box);
  }

  const Diagram& diagram_;
  const Layout& layout_;
  const TikzOptions& options_;
  double scale_ = 1;
  std::string text_;
};

}  // namespace

std::string render_tikz(const Diagram& diagram, const Layout& layout, const TikzOptions& options) {
  return TikzRenderer(diagram, layout, options).run();
}

}  // namespace chalkgrad
