#include "tracer/render/latex.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "tracer/expression/printer.hpp"
#include "tracer/render/line_breaking.hpp"
#include "tracer/render/table_layout.hpp"

namespace chalkgrad {

namespace {

/// The line width of the page set up in the preamble, in digits of its type size, and what of it a
/// label takes.
constexpr double line_width = 81;
constexpr double label_width = 7;

constexpr std::string_view preamble = R"(\documentclass[11pt,a4paper]{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\usepackage[fleqn]{amsmath}
\usepackage[margin=2.2cm]{geometry}
\setlength{\parindent}{0pt}
\setlength{\mathindent}{1em}
\AtBeginDocument{\setlength{\abovedisplayskip}{6pt plus 2pt}\setlength{\belowdisplayskip}{6pt plus 2pt}}
\setlength{\jot}{4pt}
\allowdisplaybreaks
)";

/// Brackets that grow must open and close in one line; where a break parts them, they have a size
/// of their own instead.
std::string with_brackets_closed(std::string line) {
  static constexpr std::string_view left = "\\left(", right = "\\right)";
  std::vector<std::size_t> open, alone;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line.compare(at, left.size(), left) == 0) open.push_back(at);
    if (line.compare(at, right.size(), right) != 0) continue;
    if (open.empty()) {
      alone.push_back(at);
    } else {
      open.pop_back();
    }
  }
  alone.insert(alone.end(), open.begin(), open.end());
  std::sort(alone.rbegin(), alone.rend());
  for (const std::size_t at : alone) {
    const bool opens = line.compare(at, left.size(), left) == 0;
    line.replace(at, opens ? left.size() : right.size(), opens ? "\\biggl(" : "\\biggr)");
  }
  return line;
}

class LatexRenderer {
 public:
  explicit LatexRenderer(const LatexOptions& options) : fragment_(options.fragment) {}

  std::string run(const Sheet& sheet) {
    if (!fragment_) {
      text_ += preamble;
      text_ += "\\begin{document}\n";
      if (!sheet.title.empty())
        text_ += fmt::format("\n{{\\Large\\bfseries {}\\par}}\n", latex_text(sheet.title));
    }
    for (const Section& section : sheet.sections) add_section(section);
    if (!fragment_) text_ += "\n\\end{document}\n";
    return std::move(text_);
  }

 private:
  void add_section(const Section& section) {
    if (!text_.empty()) text_ += "\n";
    if (!section.heading.empty())
      text_ += fmt::format("{}{}{}\n", fragment_ ? "% " : "\\subsection*{",
                           latex_text(section.heading), fragment_ ? "" : "}");
    for (const Part& part : section.parts) std::visit([this](const auto& one) { add(one); }, part);
  }

  void add(const std::vector<Listing>& listings) { add_listings(listings); }
  void add(const Group& group) { add_group(group); }

  void add(const Note& note) {
    const std::string text = words(note.words);
    text_ += fragment_ ? fmt::format("% {}\n", text) : fmt::format("\n\\medskip\n{}\\par\n", text);
  }

  /// An array for each block; a long one goes on in another, because pages break between them only.
  void add(const Table& table) {
    constexpr double gap = 2;
    constexpr double most_lines = 38;
    const auto text = [](const std::string& word) {
      return word.empty() ? word : "\\text{" + latex_text(word) + "}";
    };
    for (const TableBlock& block :
         lay_out(table, {latex_dialect(), latex_width, text, line_width, gap})) {
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

  /// In lines of plain text.
  static double height(const TableBlock::Line& line) {
    double most = 1;
    for (const std::string& cell : line.cells) {
      if (cell.find("\\frac") != std::string::npos) most = std::max(most, 1.5);
      double rows = 0;
      for (auto at = cell.find("\\begin{cases}"); at != std::string::npos;
           at = cell.find("\\\\", at + 1))
        ++rows;
      most = std::max(most, 1.25 * rows);
    }
    return most;
  }

  void add_array(const TableBlock& block, std::size_t begin, std::size_t end) {
    std::string columns;
    for (const bool numbers : block.numbers) columns += numbers ? 'r' : 'l';
    text_ += fmt::format("\\begin{{align*}}\n\\begin{{array}}{{{}}}\n", columns);
    for (std::size_t i = begin; i < end; ++i) {
      TableBlock::Line line = block.lines[i];
      for (std::string& cell : line.cells) {
        cell = with_brackets_closed(std::move(cell));
        if (!line.begins_row && !cell.empty()) cell.insert(0, "\\quad {}");
      }
      text_ += fmt::format("{}", fmt::join(line.cells, " & "));
      const bool head = block.has_head && i == 0;
      if (i + 1 < end) text_ += head ? " \\\\ \\hline \\rule{0pt}{2.4ex}\n" : " \\\\\n";
    }
    text_ += "\n\\end{array}\n\\end{align*}\n";
  }

  void add_listings(const std::vector<Listing>& listings) {
    text_ +=
        fragment_ ? "\\begin{align*}\n" : "\\begin{tabular}{@{}l@{\\quad}p{0.8\\textwidth}@{}}\n";
    for (std::size_t i = 0; i < listings.size(); ++i) {
      const auto& [label, entries] = listings[i];
      text_ += fragment_ ? fmt::format("\\text{{{}}}\\quad & ", label) : label + " & ";
      double width = 0;
      for (std::size_t k = 0; k < entries.size(); ++k) {
        const std::string entry = one_line(entries[k], "");
        width += latex_width(entry) + 2;
        if (fragment_ && width > line_width * 0.8) {
          text_ += "\\\\\n& ";
          width = latex_width(entry);
        }
        text_ += fragment_ ? entry : "$" + entry + "$";
        if (k + 1 < entries.size()) text_ += fragment_ ? ", \\quad " : ", ";
      }
      text_ += i + 1 < listings.size() ? " \\\\\n" : "\n";
    }
    text_ += fragment_ ? "\\end{align*}\n" : "\\end{tabular}\n";
  }

  /// left = side = …, with `align` before the first relation.
  static std::string one_line(const Row& row, std::string_view align) {
    std::string text = print(row.left, latex_dialect());
    for (const Side& side : row.sides) {
      text += fmt::format(" {}{} {}", &side == &row.sides.front() ? align : "", relation(side),
                          print(side.expr, latex_dialect()));
    }
    return text;
  }

  static std::string_view relation(const Side& side) {
    return latex_dialect().relation(side.approximate ? '~' : '=');
  }

  /// A line of an align* environment.
  struct Line {
    std::string mathematics{};
    std::string remark{};
    std::string label{};
    std::string_view space_before{};
  };

  void add_group(const Group& group) {
    std::vector<Line> lines;
    for (const Row& row : group) {
      const std::size_t first = lines.size();
      add_row(row, lines);
      // A derivation's own lines stand apart from the steps nested in it.
      const bool boundary = first > 0 && (row.depth == 0) != ((&row)[-1].depth == 0);
      if (first > 0) lines[first].space_before = boundary ? "[1.8ex]" : "[0.6ex]";
    }
    text_ += "\\begin{align*}\n";
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const Line& line = lines[i];
      text_ += line.mathematics;
      if (!line.remark.empty()) text_ += " \\qquad \\text{" + line.remark + "}";
      if (!line.label.empty()) text_ += " \\tag{" + line.label + "}";
      if (i + 1 < lines.size()) text_ += fmt::format(" \\\\{}", lines[i + 1].space_before);
      text_ += "\n";
    }
    text_ += "\\end{align*}\n";
  }

  void add_row(const Row& row, std::vector<Line>& lines) const {
    const double room = line_width - (row.label.empty() ? 0 : label_width);
    if (!row.stacked && !has_several_remarks(row)) {
      Line line{one_line(row, row.sides.empty() ? "" : "&"), {}, row.label};
      for (const Side& side : row.sides)
        if (line.remark.empty()) line.remark = words(side.remark);
      if (latex_width(line.mathematics) + remark_width(line.remark) <= room) {
        lines.push_back(std::move(line));
        return;
      }
    }
    std::string left = print(row.left, latex_dialect()) + " ";
    const double left_width = latex_width(left);
    const std::size_t first = lines.size();
    // A very wide left side stands on a line of its own, and the relations below it.
    const bool wide = left_width > line_width / 2;
    if (wide) lines.push_back({"&" + left});
    if (wide) left.clear();
    for (const Side& side : row.sides) {
      add_side(left, room - (wide ? 4 : left_width), side, lines, wide ? "\\quad " : "");
      left.clear();
    }
    if (row.sides.empty()) lines.push_back({left});
    lines[first].label = row.label;
  }

  /// One side, broken between its terms where it is too long; a remark that does not fit beside it
  /// goes below.
  static void add_side(const std::string& left, double room, const Side& side,
                       std::vector<Line>& lines, std::string_view indent) {
    constexpr double relation_width = 3, indent_width = 4;
    auto broken = break_lines(print_pieces(side.expr, latex_dialect()), room - relation_width,
                              room - relation_width - indent_width, latex_width);
    for (std::string& part : broken) part = with_brackets_closed(std::move(part));
    for (const std::string& part : broken) {
      const bool first = &part == &broken.front();
      lines.push_back({first ? fmt::format("{}&{}{} {}", left, indent, relation(side), part)
                             : fmt::format("&{}\\qquad {{}}{}", indent, part)});
    }
    const double width =
        latex_width(broken.back()) + relation_width + (broken.size() > 1 ? indent_width : 0);
    const std::string remark = words(side.remark);
    if (width + remark_width(remark) <= room) {
      lines.back().remark = remark;
    } else if (!remark.empty()) {
      for (std::string& part : in_lines(remark, room)) lines.push_back({"&", std::move(part)});
    }
  }

  /// A remark broken after commas into lines that fit.
  static std::vector<std::string> in_lines(const std::string& remark, double room) {
    std::vector<std::string> parts(1);
    for (std::size_t at = 0; at < remark.size();) {
      const std::size_t comma = std::min(remark.find(", ", at), remark.size() - 1);
      const std::string part = remark.substr(at, comma + 1 - at);
      at = comma + 1;
      if (!parts.back().empty() && remark_width(parts.back() + part) > room) {
        parts.push_back(part.substr(part.find_first_not_of(' ')));
      } else {
        parts.back() += part;
      }
    }
    return parts;
  }

  static double remark_width(const std::string& remark) {
    return remark.empty() ? 0 : latex_text_width(remark) + 4;
  }

  static std::string words(const Remark& remark) {
    std::string text;
    for (const auto& part : remark) {
      const auto* word = std::get_if<std::string>(&part);
      text += word != nullptr ? latex_text(*word)
                              : "$" + print(std::get<Expr>(part), latex_dialect()) + "$";
    }
    return text;
  }

  bool fragment_;
  std::string text_;
};

}  // namespace

std::string render_latex(const Sheet& sheet, const LatexOptions& options) {
  return LatexRenderer(options).run(sheet);
}

}  // namespace chalkgrad
