#include "tracer/formats/latex.hpp"
#include "tracer/typesetting/latex_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "tracer/expression/printer.hpp"
#include "tracer/formats/latex_lines.hpp"
#include "tracer/formats/latex_pages.hpp"
#include "tracer/formats/table_layout.hpp"

namespace chalkgrad {

namespace {

/// The line width of the page set up in the preamble, in digits of its type size, what of it a
/// label takes, and how far steps are indented (three digits are 1.5em).
double line_width(const LatexPages& pages) { return 81.0 * 11 / pages.type_size; }
constexpr double label_width = 7;
constexpr double step_indent = 3;

constexpr std::string_view document_preamble = R"(
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\usepackage[fleqn]{amsmath}
\usepackage[margin=2.2cm]{geometry}
\setlength{\parindent}{0pt}
\setlength{\mathindent}{1em}
\AtBeginDocument{\setlength{\abovedisplayskip}{6pt plus 2pt}\setlength{\belowdisplayskip}{6pt plus 2pt}}
\setlength{\jot}{4pt}
\newcommand{\atlevel}[1]{\setlength{\mathindent}{1em}\addtolength{\mathindent}{#1em}}
\newcommand{\together}{\postdisplaypenalty=10000\relax}
\newcommand{\hanging}{\raggedright\setlength{\hangindent}{7em}\relax}
\newcommand{\apart}{\postdisplaypenalty=0\relax}
)";

class LatexRenderer {
 public:
  explicit LatexRenderer(bool fragment, const LatexPages& pages = {})
      : fragment_(fragment), line_width_(line_width(pages)) {}

  std::string run(const Sheet& sheet, const LatexPicture& picture) {
    if (!fragment_ && !sheet.title.empty())
      text_ += fmt::format("\n{{\\Large\\bfseries {}\\par}}\n", latex_text(sheet.title));
    for (std::size_t i = 0; i < sheet.sections.size(); ++i) {
      if (i == picture.before && !picture.tikz.empty())
        text_ += fmt::format("\n\\begin{{center}}\n{}\\end{{center}}\n", picture.tikz);
      add_section(sheet.sections[i]);
    }
    return std::move(text_);
  }

 private:
  void add_section(const Section& section) {
    if (!fragment_ || !text_.empty()) text_ += "\n";
    if (!section.heading.empty())
      text_ += fmt::format("{}{}{}\n", fragment_ ? "% " : "\\subsection*{",
                           latex_text(section.heading), fragment_ ? "" : "}");
    for (std::size_t i = 0; i < section.parts.size(); ++i) {
      stays_with_next_ = i + 2 == section.parts.size() && is_a_line(section.parts.back());
      std::visit([this](const auto& one) { add(one); }, section.parts[i]);
    }
  }

  /// What would stand alone on a page: E⁺ after an update, a remark.
  static bool is_a_line(const Part& part) {
    const auto* group = std::get_if<Group>(&part);
    return std::holds_alternative<Note>(part) || (group != nullptr && group->size() == 1);
  }

  void add(const std::vector<Listing>& listings) { add_listings(listings); }
  void add(const Group& group) { add_group(group); }

  void add(const Note& note) {
    const std::string text = latex_words(note.words);
    text_ += fragment_ ? fmt::format("% {}\n", text)
                       : fmt::format("\n\\medskip\n{}\\par\\nopagebreak\n", text);
  }

  /// An array for each block; a long one goes on in another, because pages break between them only.
  void add(const Table& table) {
    constexpr double gap = 2;
    constexpr double most_lines = 38;
    const auto text = [](const std::string& word) {
      return word.empty() ? word : "\\text{" + latex_text(word) + "}";
    };
    for (const TableBlock& block :
         lay_out(table, {latex_dialect(), latex_width, text, line_width_, gap})) {
      double total = 0;
      for (const TableBlock::Line& line : block.lines) total += height(line);
      const double most = total / std::ceil(total / most_lines);
      double used = 0;
      std::size_t begin = 0;
      for (std::size_t end = 0; end <= block.lines.size(); ++end) {
        const bool last = end == block.lines.size();
        if (!last && (used < most || (used < most_lines && !block.lines[end].begins_row))) {
          used += height(block.lines[end]);
          continue;
        }
        add_array(block, begin, end);
        begin = end;
        used = last ? 0 : height(block.lines[end]);
      }
    }
  }

  static double height(const TableBlock::Line& line) {
    double most = 1;
    for (const std::string& cell : line.cells) most = std::max(most, latex_height(cell));
    return most;
  }

  static bool has_fraction(const TableBlock::Line& line) {
    return std::any_of(line.cells.begin(), line.cells.end(), [](const std::string& cell) {
      return cell.find("\\frac") != std::string::npos;
    });
  }

  void add_array(const TableBlock& block, std::size_t begin, std::size_t end) {
    std::string columns;
    for (const bool numbers : block.numbers) columns += numbers ? 'r' : 'l';
    set_level(0, stays_with_next_ && end == block.lines.size());
    text_ += fmt::format("\\begin{{align*}}\n\\begin{{array}}{{{}}}\n", columns);
    for (std::size_t i = begin; i < end; ++i) {
      TableBlock::Line line = block.lines[i];
      for (std::string& cell : line.cells) {
        cell = with_brackets_closed(std::move(cell));
        if (!line.begins_row && !cell.empty()) cell.insert(0, "\\quad {}");
      }
      text_ += fmt::format("{}", fmt::join(line.cells, " & "));
      const bool head = block.has_head && i == 0;
      // Fractions above each other need room between them.
      const bool tall =
          i + 1 < end && (has_fraction(block.lines[i]) || has_fraction(block.lines[i + 1]));
      if (i + 1 < end)
        text_ +=
            head ? tall ? " \\\\ \\hline \\rule{0pt}{3ex}\n" : " \\\\ \\hline \\rule{0pt}{2.4ex}\n"
            : tall ? " \\\\[1ex]\n"
                   : " \\\\\n";
    }
    text_ += "\n\\end{array}\n\\end{align*}\n";
    set_level(0, false);
  }

  /// Below each other with hanging labels: pages end within a paragraph, and not within a tabular.
  void add_long_listings(const std::vector<Listing>& listings) {
    for (const auto& [label, entries] : listings) {
      text_ += fmt::format("{{\\par\\hanging\\makebox[7em][l]{{{}}}%\n", label);
      for (std::size_t k = 0; k < entries.size(); ++k)
        text_ += fmt::format("${}${}\n", latex_row(entries[k]), k + 1 < entries.size() ? "," : "");
      text_ += "\\par}\n";
    }
  }

  /// About how many lines of a page they take.
  [[nodiscard]] double lines_of(const std::vector<Listing>& listings) const {
    double lines = 0;
    for (const Listing& listing : listings) {
      double width = 0, height = 1;
      for (const Row& entry : listing.entries) {
        const std::string text = latex_row(entry);
        width += latex_width(text) + 2;
        height = std::max(height, latex_height(text));
      }
      lines += std::ceil(width / (line_width_ * 0.8)) * height;
    }
    return lines;
  }

  void add_listings(const std::vector<Listing>& listings) {
    constexpr double most_lines = 30;
    if (!fragment_ && lines_of(listings) > most_lines) return add_long_listings(listings);
    text_ +=
        fragment_ ? "\\begin{align*}\n" : "\\begin{tabular}{@{}l@{\\quad}p{0.8\\textwidth}@{}}\n";
    for (std::size_t i = 0; i < listings.size(); ++i) {
      const auto& [label, entries] = listings[i];
      const std::size_t begin = text_.size();
      text_ += fragment_ ? fmt::format("\\text{{{}}}\\quad & ", label) : label + " & ";
      double width = 0;
      for (std::size_t k = 0; k < entries.size(); ++k) {
        const std::string entry = latex_row(entries[k]);
        width += latex_width(entry) + 2;
        if (fragment_ && width > line_width_ * 0.8) {
          text_ += "\\\\\n& ";
          width = latex_width(entry);
        }
        text_ += fragment_ ? entry : "$" + entry + "$";
        if (k + 1 < entries.size()) text_ += fragment_ ? ", \\quad " : ", ";
      }
      // Matrices below each other need room between them. In a tabular, \\[…] would only deepen
      // the strut of the row, and a matrix is deeper than that.
      const bool tall = text_.find("\\begin{pmatrix}", begin) != std::string::npos;
      if (i + 1 == listings.size()) {
        text_ += "\n";
      } else if (!tall) {
        text_ += " \\\\\n";
      } else {
        text_ += fragment_ ? " \\\\[1.2ex]\n" : " \\\\\n\\noalign{\\smallskip}\n";
      }
    }
    text_ += fragment_ ? "\\end{align*}\n" : "\\end{tabular}\n";
  }

  /// A document has an environment for each level of depth, a fragment one for all of them.
  void add_group(const Group& group) {
    const std::vector<LatexLine> lines =
        latex_lines(group, {line_width_, label_width, fragment_ ? 0 : step_indent});
    const std::vector<bool> may_end = page_may_end_behind(group, lines);
    const auto depth = [&](std::size_t i) { return fragment_ ? 0 : group[lines[i].row].depth; };
    for (std::size_t begin = 0, end = 0; begin < lines.size(); begin = end) {
      while (end < lines.size() && depth(end) == depth(begin)) ++end;
      const bool last = end == lines.size();
      set_level(depth(begin), last ? stays_with_next_ : !may_end[end - 1]);
      text_ += "\\begin{align*}\n";
      for (std::size_t i = begin; i < end; ++i) {
        add_line(lines[i]);
        if (i + 1 < end)
          text_ += fmt::format("{} \\\\{}", may_end[i] && !fragment_ ? " \\displaybreak[0]" : "",
                               lines[i + 1].space_before);
        text_ += "\n";
      }
      text_ += "\\end{align*}\n";
    }
    set_level(0, false);
  }

  void add_line(const LatexLine& line) {
    text_ += line.left.empty() ? "" : line.left + " ";
    text_ += (line.aligned ? "&" : "") + line.right;
    if (!line.remark.empty()) text_ += " \\qquad \\text{" + line.remark + "}";
    if (!line.label.empty()) text_ += " \\tag{" + line.label + "}";
  }

  /// How far what follows is indented, and whether it stays on a page with what is behind it.
  void set_level(int depth, bool together) {
    if (fragment_) return;
    if (depth != depth_) text_ += fmt::format("\\atlevel{{{}}}%\n", step_indent / 2 * depth);
    if (together != together_) text_ += together ? "\\together\n" : "\\apart\n";
    depth_ = depth;
    together_ = together;
  }

  bool fragment_;
  double line_width_;
  int depth_ = 0;                 ///< as set by the last \atlevel
  bool together_ = false;         ///< whether \together holds
  bool stays_with_next_ = false;  ///< the part with the next one, on one page
  std::string text_;
};

}  // namespace

std::string render_latex(const Sheet& sheet, const LatexOptions& options) {
  return options.fragment ? LatexRenderer(true).run(sheet, {})
                          : latex_document({latex_body(sheet, {}, options.pages)}, options.pages);
}

std::string latex_body(const Sheet& sheet, const LatexPicture& picture, const LatexPages& pages) {
  return LatexRenderer(false, pages).run(sheet, picture);
}

std::string latex_document(const std::vector<std::string>& bodies, const LatexPages& pages) {
  std::string text = fmt::format("\\documentclass[{}pt,{}]{{article}}", pages.type_size,
                                 pages.letter ? "letterpaper" : "a4paper");
  text += document_preamble;
  if (std::any_of(bodies.begin(), bodies.end(), [](const std::string& body) {
        return body.find("\\begin{tikzpicture}") != std::string::npos;
      }))
    text += "\\usepackage{tikz}\n";
  if (!pages.header.empty() || !pages.footer.empty())
    text += fmt::format(
        "\\usepackage{{fancyhdr}}\n\\pagestyle{{fancy}}\n\\fancyhf{{}}\n"
        "\\lhead{{{}}}\n\\lfoot{{{}}}\n\\rfoot{{\\thepage}}\n",
        latex_text(pages.header), latex_text(pages.footer));
  if (pages.header.empty() && !pages.footer.empty())
    text += "\\renewcommand{\\headrulewidth}{0pt}\n";
  text += "\\begin{document}\n";
  for (const std::string& body : bodies) {
    if (&body != bodies.data()) text += "\n\\clearpage\\setcounter{page}{1}\n";
    text += body;
  }
  return text + "\n\\end{document}\n";
}

}  // namespace chalkgrad
