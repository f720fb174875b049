#include "tracer/formats/beamer.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <map>
#include <optional>
#include <utility>

#include "tracer/expression/printer.hpp"
#include "tracer/formats/latex_lines.hpp"
#include "tracer/formats/table_layout.hpp"
#include "tracer/lesson/lesson.hpp"
#include "tracer/picture/layout.hpp"
#include "tracer/picture/tikz.hpp"
#include "tracer/typesetting/latex_text.hpp"

namespace chalkgrad {

namespace {

/// A slide of 16 by 9 cm at 10pt: digits in a line, and lines of text with and without a picture.
constexpr LatexWidths slide_widths{.line = 76, .label = 7};
constexpr double lines_below_picture = 6.5, lines_alone = 14;
constexpr double picture_width = 15, picture_height = 4.4;  // cm

constexpr std::string_view slides_preamble = R"(\documentclass[10pt,aspectratio=169,fleqn]{beamer}
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\usepackage{tikz}
\usefonttheme[onlymath]{serif}
\setbeamerfont{frametitle}{size=\normalsize}
\setbeamersize{text margin left=5mm,text margin right=5mm}
\setbeamertemplate{navigation symbols}{}
\setbeamertemplate{footline}[frame number]
\setlength{\mathindent}{0pt}
\setlength{\parindent}{0pt}
\AtBeginDocument{\setlength{\abovedisplayskip}{4pt}\setlength{\belowdisplayskip}{4pt}}
% The step that this slide shows: the frame's first, and one more with each slide of it.
\newcommand{\firststep}{0}
% A number in the picture, from the step on that works it out.
\newcommand{\fromstep}[2]{\ifnum\thisstep<#1 \phantom{#2}\else#2\fi}
\makeatletter
% How a piece of the picture looks in this step: as #1 in the steps of the list; as known from a step on.
\newcommand{\insteps}[2]{\compare{#1}#2,0,}
\def\compare#1#2,{\ifnum\thisstep=#2 #1,\fi\ifnum#2=0 \else\next@compare{#1}\fi}
\def\next@compare#1\fi{\fi\compare{#1}}
\newcommand{\known}[1]{\ifnum\thisstep<#1 \else known,\fi}
% Each piece is drawn once for each look, and copied to all other slides.
\newcount\piecenumber
\newcommand{\piece}[2]{\advance\piecenumber by 1
  \edef\look{#1}\edef\thispiece{piece \the\piecenumber,\look}%
  \ifcsname\thispiece\endcsname\else
    \expandafter\newsavebox\csname\thispiece\endcsname
    \ifx\extent\undefined{\let\look\empty\setbox0\hbox{#2}}\fi
    \begin{pgfinterruptboundingbox}%
      \global\expandafter\setbox\csname\thispiece\endcsname\hbox{#2}%
    \end{pgfinterruptboundingbox}%
  \fi
  \expandafter\copy\csname\thispiece\endcsname}
% The whole is as large as with nothing standing out, on all slides.
\newcommand{\drawingbegins}{\piecenumber=0
  \edef\thisstep{\the\numexpr\firststep+\beamer@slideinframe-1\relax}}
\newcommand{\drawingends}{\ifx\extent\undefined
    \xdef\extent{{\the\pgf@picminx}{\the\pgf@picminy}}\xdef\farther{{\the\pgf@picmaxx}{\the\pgf@picmaxy}}%
  \fi
  \expandafter\pgf@protocolsizes\extent\expandafter\pgf@protocolsizes\farther}
\makeatother
% What stands out in the picture; the paths of a fork differ in their strokes.
\tikzset{
  every picture/.style={execute at begin picture=\drawingbegins, execute at end picture=\drawingends},
  look/.code={\expandafter\pgfkeysalso\expandafter{\look}}, known/.style={},
  lit/.style={line width=1.4pt, draw=red!75!black},
  second/.style={line width=1.4pt, draw=blue!75!black, dash pattern=on 5pt off 2.5pt},
  third/.style={line width=1.4pt, draw=green!45!black, dash pattern=on 1.5pt off 2pt},
  fourth/.style={line width=1.4pt, draw=violet, dash pattern=on 6pt off 2pt on 1.5pt off 2pt},
}
)";

/// A line of a slide: the cells of a row in some environment.
struct SlideLine {
  std::size_t step = 0;
  std::vector<std::string> cells{};
  std::string label{};
  double height = 1;
};

/// Lines of one environment. Those of a row stay together.
struct SlideBlock {
  enum class Kind { listing, mathematics, table, words };
  Kind kind = Kind::words;
  std::string columns{};  ///< of a table
  std::vector<std::string> head{};
  std::vector<std::vector<SlideLine>> rows{};
};

/// What the sheet's parts are as lines of slides.
class BlockMaker {
 public:
  BlockMaker(const Lesson& lesson, std::size_t section, std::size_t part)
      : lesson_(lesson), section_(section), part_(part) {}

  std::vector<SlideBlock> operator()(const std::vector<Listing>& listings) const {
    SlideBlock block{.kind = SlideBlock::Kind::listing};
    for (std::size_t i = 0; i < listings.size(); ++i) {
      std::string label = latex_text(listings[i].label), line;
      for (const Row& entry : listings[i].entries) {
        const std::string next = "$" + latex_row(entry) + "$";
        if (!line.empty() && latex_width(line + next) > slide_widths.line * 0.75) {
          const double height = 1.1 * latex_height(line);
          block.rows.push_back({{step(i, 0), {std::move(label), std::move(line)}, {}, height}});
          label.clear();
          line.clear();
        }
        line += next + (&entry == &listings[i].entries.back() ? "" : ",\\quad ");
      }
      const double height = 1.1 * latex_height(line);
      block.rows.push_back({{step(i, 0), {std::move(label), std::move(line)}, {}, height}});
    }
    return {std::move(block)};
  }

  std::vector<SlideBlock> operator()(const Group& group) const {
    SlideBlock block{.kind = SlideBlock::Kind::mathematics};
    std::size_t row = group.size();
    for (const LatexLine& line : latex_lines(group, slide_widths)) {
      std::string right = line.right;
      if (!line.remark.empty()) right += " \\qquad \\text{" + line.remark + "}";
      if (line.row != row) block.rows.emplace_back();
      row = line.row;
      const double height = 1.25 * std::max(latex_height(line.left), latex_height(line.right));
      block.rows.back().push_back(
          {step(line.row, line.side), {line.left, std::move(right)}, line.label, height});
    }
    return {std::move(block)};
  }

  std::vector<SlideBlock> operator()(const Table& table) const {
    const auto text = [](const std::string& word) {
      return word.empty() ? word : "\\text{" + latex_text(word) + "}";
    };
    std::vector<SlideBlock> blocks;
    constexpr double gap = 2;
    for (TableBlock& part :
         lay_out(table, {latex_dialect(), latex_width, text, slide_widths.line, gap})) {
      SlideBlock block{.kind = SlideBlock::Kind::table};
      for (const bool numbers : part.numbers) block.columns += numbers ? 'r' : 'l';
      std::size_t row = 0;
      for (TableBlock::Line& line : part.lines) {
        if (part.has_head && &line == &part.lines.front()) {
          block.head = std::move(line.cells);
          continue;
        }
        if (line.begins_row) block.rows.emplace_back();
        row += line.begins_row ? 1 : 0;
        double height = 1;
        for (std::string& cell : line.cells) {
          height = std::max(height, latex_height(cell));
          cell = with_brackets_closed(std::move(cell));
          if (!line.begins_row && !cell.empty()) cell.insert(0, "\\quad {}");
        }
        block.rows.back().push_back({step(row - 1, 0), std::move(line.cells), {}, height});
      }
      blocks.push_back(std::move(block));
    }
    return blocks;
  }

  std::vector<SlideBlock> operator()(const Note& note) const {
    std::string words = latex_words(note.words);
    const double height = std::ceil(latex_text_width(words) / slide_widths.line);
    return {{SlideBlock::Kind::words, {}, {}, {{{step(0, 0), {std::move(words)}, {}, height}}}}};
  }

 private:
  /// Which step reveals this line.
  std::size_t step(std::size_t row, std::size_t side) const {
    return lesson_.step_at({section_, part_, row, side});
  }

  const Lesson& lesson_;
  std::size_t section_, part_;
};

/// Distributes lines on frames.
class FrameWriter {
 public:
  FrameWriter(std::string& text, bool has_picture)
      : text_(text),
        has_picture_(has_picture),
        room_(has_picture ? lines_below_picture : lines_alone) {}

  void begin_section(const std::string& heading) {
    end_frame();
    heading_ = heading;
  }

  void add(const SlideBlock& block) {
    std::vector<const SlideLine*> lines;
    const double own = block.kind == SlideBlock::Kind::mathematics ? 0.8 : 0.5;  // space around it
    double height = own + (block.head.empty() ? 0 : 1.2);
    const double least = height;
    const auto flush = [&] {
      if (lines.empty()) return;
      begin_frame(lines.front()->step);
      write(block, lines);
      used_ += height;
      lines.clear();
      height = least;
    };
    for (const auto& row : block.rows) {
      double needed = 0;
      for (const SlideLine& line : row) needed += line.height;
      const bool together = least + needed <= room_;
      for (const SlideLine& line : row) {
        const double next = !together ? line.height : &line == &row.front() ? needed : 0;
        if (used_ + height + next > room_ && (used_ > 0 || !lines.empty())) {
          flush();
          end_frame();
        }
        lines.push_back(&line);
        // What goes on in another frame says again what it is about.
        if (lines.size() == 1 && &line != &row.front() &&
            block.kind == SlideBlock::Kind::mathematics && line.cells[0].empty()) {
          repeated_.push_back(line);
          repeated_.back().cells[0] = row.front().cells[0];
          lines.back() = &repeated_.back();
        }
        height += line.height;
      }
    }
    flush();
  }

  void end_frame() {
    if (used_ > 0) text_ += "\\end{frame}\n";
    used_ = 0;
  }

 private:
  void begin_frame(std::size_t step) {
    if (used_ > 0) return;
    first_step_ = step;
    text_ += fmt::format("\n\\begin{{frame}}[t]{{{}}}\n\\renewcommand{{\\firststep}}{{{}}}\n",
                         latex_text(heading_), step + 1);
    if (has_picture_) text_ += "\\network\n";
  }

  /// From its step on.
  std::string revealed(const SlideLine& line, const std::string& cell) const {
    const std::size_t slide = line.step - std::min(line.step, first_step_) + 1;
    if (cell.empty() || slide == 1) return cell;
    return fmt::format("\\onslide<{}->{{{}{}}}", slide, cell.front() == '=' ? "{}" : "", cell);
  }

  void write(const SlideBlock& block, const std::vector<const SlideLine*>& lines) {
    switch (block.kind) {
      case SlideBlock::Kind::words:
        for (const SlideLine* line : lines)
          text_ += fmt::format("\n{}\\par\n", revealed(*line, line->cells[0]));
        return;
      case SlideBlock::Kind::mathematics:
        write(lines, "\\begin{align*}\n", "\n\\end{align*}\n");
        return;
      case SlideBlock::Kind::listing:
        write(lines, "\n\\begin{tabular}{@{}l@{\\quad}l@{}}\n", "\n\\end{tabular}\\par\n");
        return;
      case SlideBlock::Kind::table:
        std::string head;
        for (const std::string& cell : block.head)
          head += (&cell == &block.head.front() ? "" : " & ") + cell;
        if (!head.empty()) head += " \\\\ \\hline \\rule{0pt}{2.4ex}\n";
        write(lines, "\\[\\begin{array}{" + block.columns + "}\n" + head, "\n\\end{array}\\]\n");
    }
  }

  void write(const std::vector<const SlideLine*>& lines, const std::string& begin,
             std::string_view end) {
    const bool aligned = begin.find("align") != std::string::npos;
    text_ += begin;
    for (const SlideLine* line : lines) {
      for (std::size_t c = 0; c < line->cells.size(); ++c)
        text_ += (c == 0 ? "" : aligned ? " &" : " & ") + revealed(*line, line->cells[c]);
      if (!line->label.empty())
        text_ += " \\tag*{" + revealed(*line, "(" + line->label + ")") + "}";
      if (line != lines.back()) text_ += " \\\\\n";
    }
    text_ += end;
  }

  std::string& text_;
  bool has_picture_;
  double room_, used_ = 0;
  std::size_t first_step_ = 0;
  std::string heading_;
  std::deque<SlideLine> repeated_;
};

/// When what of the picture appears and lights up. Steps count from 1 here.
class Timetable {
 public:
  explicit Timetable(const Lesson& lesson) {
    for (std::size_t i = 0; i < lesson.steps.size(); ++i) {
      const Focus& focus = lesson.steps[i].focus;
      for (const std::string& name : focus.values) first_.try_emplace({name, false}, i + 1);
      for (const std::string& name : focus.gradients) first_.try_emplace({name, true}, i + 1);
      for (const std::size_t node : focus.nodes) add(nodes_[{node, 0}], i + 1);
      for (std::size_t path = 0; path < focus.paths.size(); ++path)
        for (const std::size_t edge : focus.paths[path]) {
          // An edge of several paths is drawn as one of the first.
          if (const auto before = edges_.find({edge, 0});
              path > 0 && before != edges_.end() && before->second.back() == i + 1)
            continue;
          add(edges_[{edge, std::min(path, strokes.size() - 1)}], i + 1);
        }
    }
  }

  /// From which step on a number is known, if not from the beginning.
  std::optional<std::size_t> known_from(const std::string& quantity, bool gradient) const {
    const auto step = first_.find({quantity, gradient});
    return step == first_.end() ? std::nullopt : std::optional(step->second);
  }

  /// In which steps it looks how.
  std::string looks(bool is_edge, std::size_t index) const {
    std::string text;
    for (std::size_t path = 0; path < strokes.size(); ++path) {
      const auto& drawn = is_edge ? edges_ : nodes_;
      const auto found = drawn.find({index, path});
      if (found == drawn.end()) continue;
      text += fmt::format("\\insteps{{{}}}{{{}}}", strokes[path], fmt::join(found->second, ","));
    }
    return text;
  }

 private:
  static constexpr std::array<std::string_view, 4> strokes = {"lit", "second", "third", "fourth"};
  using Steps = std::map<std::pair<std::size_t, std::size_t>, std::vector<std::size_t>>;

  static void add(std::vector<std::size_t>& steps, std::size_t step) {
    if (steps.empty() || steps.back() != step) steps.push_back(step);
  }

  std::map<std::pair<std::string, bool>, std::size_t> first_;
  Steps nodes_, edges_;  // by index and path
};

/// The picture as a command; what changes in it is said before each piece.
std::string network(const Lesson& lesson) {
  const Timetable times(lesson);
  std::string changes;
  const TikzOptions options{
      .appear = [&](const std::string& name, bool gradient, const std::string& tex) -> std::string {
        const auto step = times.known_from(name, gradient);
        if (!step) return tex;
        changes += fmt::format("\\known{{{}}}", *step);
        return fmt::format("\\fromstep{{{}}}{{{}}}", *step, tex);
      },
      .emphasis = [&](bool is_edge, std::size_t i) -> std::string {
        const std::string looks = times.looks(is_edge, i);
        changes += looks;
        return looks.empty() ? "" : ", look";
      },
      .piece =
          [&](const std::string& statement) {
            return "\\piece{" + std::exchange(changes, {}) + "}{" + statement + "}";
          },
      .most_width = picture_width,
      .most_height = picture_height,
      .type_scale = 1.25};  // of 10pt
  return "\\newcommand{\\network}{{\\centering%\n" +
         render_tikz(lesson.picture, lay_out(lesson.picture), options) + "\\par}}\n";
}

}  // namespace

std::string render_beamer(const Sheet& sheet, const Diagram& diagram) {
  const Lesson lesson = make_lesson(sheet, diagram);
  const bool has_picture = !lesson.picture.nodes.empty();
  std::string text(slides_preamble);
  if (has_picture) text += network(lesson);
  text += "\\begin{document}\n";
  if (!sheet.title.empty())
    text += fmt::format("\n\\title{{{}}}\n\\date{{}}\n\\frame{{\\titlepage}}\n",
                        latex_text(sheet.title));
  FrameWriter frames(text, has_picture);
  for (std::size_t s = 0; s < sheet.sections.size(); ++s) {
    frames.begin_section(sheet.sections[s].heading);
    const auto& parts = sheet.sections[s].parts;
    for (std::size_t p = 0; p < parts.size(); ++p)
      for (const SlideBlock& block : std::visit(BlockMaker(lesson, s, p), parts[p]))
        frames.add(block);
  }
  frames.end_frame();
  return text + "\n\\end{document}\n";
}

}  // namespace chalkgrad
