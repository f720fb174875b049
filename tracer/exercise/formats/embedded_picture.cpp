#include "tracer/exercise/formats/embedded_picture.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tracer/expression/markup.hpp"
#include "tracer/formats/markdown.hpp"
#include "tracer/picture/layout.hpp"
#include "tracer/picture/svg.hpp"

namespace chalkgrad {

std::string picture_as_svg(const Diagram& diagram) {
  if (diagram.nodes.empty()) return {};
  return render_svg(diagram, lay_out(diagram), {.title = std::string(picture_title)});
}

std::string picture_as_html(std::string_view source) {
  if (source.empty()) return {};
  return fmt::format("<p><img src=\"{}\" alt=\"{}\"/></p>\n", markup_text(source), picture_title);
}

std::size_t picture_before(const Sheet& sheet) {
  const auto first = std::find_if(sheet.sections.begin(), sheet.sections.end(),
                                  [](const Section& one) { return !one.heading.empty(); });
  return static_cast<std::size_t>(first - sheet.sections.begin());
}

std::string markdown_with_picture(const Sheet& sheet, std::size_t before,
                                  std::string_view address) {
  if (address.empty()) return render_markdown(sheet);
  const auto place =
      sheet.sections.begin() + static_cast<std::ptrdiff_t>(std::min(before, sheet.sections.size()));
  const Sheet above{.title = sheet.title, .sections = {sheet.sections.begin(), place}};
  const Sheet below{.title = {}, .sections = {place, sheet.sections.end()}};
  return fmt::format("{}\n![{}]({})\n\n{}", render_markdown(above), picture_title, address,
                     render_markdown(below));
}

}  // namespace chalkgrad
