#include "tracer/picture/sizes.hpp"

#include <algorithm>

#include "tracer/expression/name.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/expression/utf8.hpp"

namespace chalkgrad {

namespace {

double lines(std::size_t count, double size) {
  return static_cast<double>(count) * size * line_height;
}

double number_width(const std::optional<Expr>& number, double size) {
  return number ? text_width(print(*number), size) : 0;
}

double caption_width(const Caption& caption, double size) {
  return std::max({name_width(caption.name, size), number_width(caption.value, size),
                   number_width(caption.gradient, size)});
}

/// The width of "w5 = 0.40", above the gradient.
double width_of_line(const Caption& caption, double size) {
  if (!caption.words.empty()) return text_width(caption.words, size);
  double width = name_width(caption.name, size) + number_width(caption.value, size);
  if (caption.value && !caption.name.empty()) width += text_width(" = ", size);
  return std::max(width, number_width(caption.gradient, size));
}

/// A name, and what is known of it.
std::size_t line_count(const Caption& caption) {
  return (caption.name.empty() ? 0u : 1u) + (caption.value ? 1u : 0u) +
         (caption.gradient ? 1u : 0u);
}

Box size_of_unit(const Diagram::Node& node) {
  constexpr double padding = 14;
  std::size_t most = 1;
  double widest = 0;
  for (const Caption& caption : node.captions) {
    most = std::max(most, line_count(caption));
    widest = std::max(widest, caption_width(caption, type_size));
  }
  const double height = lines(most, type_size) + padding;
  const double width = static_cast<double>(node.captions.size()) * (widest + 1.6 * padding);
  return {0, 0, std::max(width, height), height};
}

double wire_width(const Diagram::Node& node) {
  if (node.captions.empty()) return 10;
  const Caption& caption = node.captions[0];
  double width = std::max(number_width(caption.value, small_type_size),
                          number_width(caption.gradient, small_type_size));
  if (!node.sign.empty()) width = std::max(width, width_of_line(caption, small_type_size));
  return width + 16;
}

}  // namespace

void for_each_line(const Diagram::Node& unit, const Box& box,
                   const std::function<void(const Caption& caption, CaptionLine kind,
                                            const Point& middle)>& visit) {
  const double line = type_size * line_height;
  const double width = box.width / static_cast<double>(unit.captions.size());
  for (std::size_t i = 0; i < unit.captions.size(); ++i) {
    const Caption& caption = unit.captions[i];
    Point at{box.left() + (static_cast<double>(i) + 0.5) * width,
             box.y - line * (static_cast<double>(line_count(caption)) - 1) / 2};
    visit(caption, CaptionLine::name, at);
    if (caption.value) visit(caption, CaptionLine::value, {at.x, at.y += line});
    if (caption.gradient) visit(caption, CaptionLine::gradient, {at.x, at.y += line});
  }
}

double text_width(std::string_view text, double size) {
  constexpr double character = 0.56;
  return static_cast<double>(utf8::display_width(text)) * character * size;
}

double name_width(std::string_view name, double size) {
  constexpr double small = 0.75;
  const NameParts parts = name_parts(name);
  return text_width(parts.base, size) + text_width(parts.subscript, size * small) +
         text_width(parts.sample, size * small);
}

Box size_of_lines(const std::vector<Caption>& captions) {
  Box box;
  for (const Caption& caption : captions) {
    box.width = std::max(box.width, width_of_line(caption, small_type_size));
    box.height += lines(caption.gradient ? 2 : 1, small_type_size);
  }
  return box;
}

double sign_width(const Diagram::Node& node) {
  constexpr double disc = 36;
  const double text = node.sign.empty() ? name_width(node.captions[0].name, type_size)
                                        : text_width(node.sign, type_size);
  return std::max(disc, text + 18);
}

Box size_of(const Diagram::Node& node) {
  switch (node.shape) {
    case Diagram::Shape::unit: return size_of_unit(node);
    case Diagram::Shape::operation: {
      constexpr double height = 46;
      return {0, 0, sign_width(node) + wire_width(node), height};
    }
    case Diagram::Shape::layer: {
      double width = text_width(node.sign, type_size);
      for (const Caption& caption : node.captions)
        width = std::max(width, name_width(caption.name, type_size));
      return {0, 0, width + 36, 3.4 * type_size * line_height};
    }
    case Diagram::Shape::small: break;
  }
  const Box text = size_of_lines(node.captions);
  return {0, 0, text.width + 16, text.height + 8};
}

}  // namespace chalkgrad
