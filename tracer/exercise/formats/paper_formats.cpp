#include "tracer/exercise/formats/paper_formats.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "tracer/exercise/formats/html_fragment.hpp"
#include "tracer/formats/latex.hpp"
#include "tracer/formats/markdown.hpp"
#include "tracer/picture/layout.hpp"
#include "tracer/picture/svg.hpp"
#include "tracer/picture/tikz.hpp"

namespace chalkgrad {

namespace {

/// The first section with a heading, which says what is given; the questions stand before it.
std::size_t picture_before(const SetPaper& paper) {
  const auto& sections = paper.sheet.sections;
  const auto first = std::find_if(sections.begin(), sections.end(),
                                  [](const Section& one) { return !one.heading.empty(); });
  return static_cast<std::size_t>(first - sections.begin());
}

std::string as_markdown_pages(const std::vector<SetPaper>& papers, const PaperPages& pages) {
  std::string text;
  for (const SetPaper& paper : papers) {
    if (!text.empty()) text += "\n---\n\n";
    if (!pages.header.empty()) text += markdown_text(pages.header) + "\n\n";
    text += render_markdown(paper.sheet);
    if (!pages.footer.empty()) text += "\n" + markdown_text(pages.footer) + "\n";
  }
  return text;
}

std::string as_latex_pages(const std::vector<SetPaper>& papers, const PaperPages& pages) {
  constexpr double widest = 16, highest = 8;  // in cm
  std::vector<std::string> bodies;
  for (const SetPaper& paper : papers) {
    LatexPicture picture{.before = picture_before(paper)};
    if (!paper.picture.nodes.empty())
      picture.tikz = render_tikz(paper.picture, lay_out(paper.picture),
                                 {.most_width = widest, .most_height = highest});
    bodies.push_back(latex_body(paper.sheet, picture));
  }
  return latex_document(bodies, {pages.letter, pages.header, pages.footer});
}

std::string as_html_pages(const std::vector<SetPaper>& papers, const PaperPages& pages) {
  std::vector<std::string> fragments;
  for (const SetPaper& paper : papers) {
    HtmlPicture picture{.before = picture_before(paper)};
    if (!paper.picture.nodes.empty())
      picture.svg = render_svg(paper.picture, lay_out(paper.picture),
                               {.title = "The network of this problem"});
    fragments.push_back(html_fragment(paper.sheet, HtmlMathematics::mathml, picture));
  }
  return html_document(fragments,
                       {papers.front().sheet.title, pages.header, pages.footer, pages.letter});
}

}  // namespace

std::span<const PaperFormat> paper_formats() {
  static constexpr std::array table = {
      PaperFormat{.name = "markdown", .suffix = ".md", .render = as_markdown_pages},
      PaperFormat{.name = "latex", .suffix = ".tex", .render = as_latex_pages},
      PaperFormat{.name = "pdf", .suffix = ".pdf", .render = as_latex_pages, .is_typeset = true},
      PaperFormat{.name = "html", .suffix = ".html", .render = as_html_pages}};
  return table;
}

}  // namespace chalkgrad
