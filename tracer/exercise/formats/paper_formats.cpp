#include "tracer/exercise/formats/paper_formats.hpp"

#include <fmt/format.h>

#include <array>

#include "tracer/exercise/formats/embedded_picture.hpp"
#include "tracer/exercise/formats/html_fragment.hpp"
#include "tracer/formats/latex.hpp"
#include "tracer/formats/markdown.hpp"
#include "tracer/picture/layout.hpp"
#include "tracer/picture/tikz.hpp"

namespace chalkgrad {

namespace {

std::string as_markdown_pages(const std::vector<SetPaper>& papers, const PaperPages& pages) {
  std::string text;
  for (const SetPaper& paper : papers) {
    if (!text.empty()) text += "\n---\n\n";
    if (!pages.header.empty()) text += markdown_text(pages.header) + "\n\n";
    text += markdown_with_picture(paper.sheet, picture_before(paper.sheet), paper.picture_file);
    if (!pages.footer.empty()) text += "\n" + markdown_text(pages.footer) + "\n";
  }
  return text;
}

std::string as_latex_pages(const std::vector<SetPaper>& papers, const PaperPages& pages) {
  constexpr double widest = 16, highest = 8;  // in cm
  const LatexPages setup{pages.letter, pages.header, pages.footer, pages.type_size};
  std::vector<std::string> bodies;
  for (const SetPaper& paper : papers) {
    LatexPicture picture{.before = picture_before(paper.sheet)};
    if (!paper.picture.nodes.empty())
      picture.tikz = render_tikz(paper.picture, lay_out(paper.picture),
                                 {.most_width = widest, .most_height = highest});
    bodies.push_back(latex_body(paper.sheet, picture, setup));
  }
  return latex_document(bodies, setup);
}

std::string as_html_pages(const std::vector<SetPaper>& papers, const PaperPages& pages) {
  std::vector<std::string> fragments;
  for (const SetPaper& paper : papers) {
    HtmlPicture picture{.before = picture_before(paper.sheet)};
    if (const std::string svg = picture_as_svg(paper.picture); !svg.empty())
      picture.markup = "<figure>\n" + svg + "</figure>\n";
    fragments.push_back(html_fragment(paper.sheet, HtmlMathematics::mathml, picture));
  }
  return html_document(fragments,
                       {papers.front().sheet.title, pages.header, pages.footer, pages.letter});
}

}  // namespace

std::span<const PaperFormat> paper_formats() {
  static constexpr std::array table = {
      PaperFormat{.name = "markdown",
                  .suffix = ".md",
                  .render = as_markdown_pages,
                  .has_picture_beside = true},
      PaperFormat{.name = "latex", .suffix = ".tex", .render = as_latex_pages},
      PaperFormat{.name = "pdf", .suffix = ".pdf", .render = as_latex_pages, .is_typeset = true},
      PaperFormat{.name = "html", .suffix = ".html", .render = as_html_pages}};
  return table;
}

}  // namespace chalkgrad
