#include "tracer/formats/latex_lines.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tracer/expression/printer.hpp"
#include "tracer/typesetting/latex_text.hpp"
#include "tracer/typesetting/line_breaking.hpp"

namespace chalkgrad {

namespace {

std::string_view relation(const Side& side) {
  return latex_dialect().relation(side.approximate ? '~' : '=');
}

double remark_width(const std::string& remark) {
  return remark.empty() ? 0 : latex_text_width(remark) + 4;
}

/// A remark broken after commas into lines that fit.
std::vector<std::string> remark_in_lines(const std::string& remark, double room) {
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

/// The sides of a row in one piece, without its left side.
std::string all_sides(const Row& row) {
  std::string text;
  for (const Side& side : row.sides)
    text += fmt::format("{}{} {}", text.empty() ? "" : " ", relation(side),
                        print(side.expr, latex_dialect()));
  return text;
}

class LineMaker {
 public:
  explicit LineMaker(const LatexWidths& widths) : widths_(widths) {}

  void add_row(const Row& row) {
    const std::size_t first = lines_.size();
    const double room =
        widths_.line - (row.label.empty() ? 0 : widths_.label) - widths_.indent * row.depth;
    if (!add_in_one_line(row, room)) add_stacked(row, room);
    lines_[first].label = row.label;
  }

  std::vector<LatexLine>& lines() { return lines_; }

 private:
  bool add_in_one_line(const Row& row, double room) {
    if (row.stacked || has_several_remarks(row)) return false;
    LatexLine line{.left = print(row.left, latex_dialect()),
                   .right = all_sides(row),
                   .aligned = !row.sides.empty()};
    for (const Side& side : row.sides)
      if (line.remark.empty()) line.remark = latex_words(side.remark);
    if (latex_width(latex_row(row)) + remark_width(line.remark) > room) return false;
    lines_.push_back(std::move(line));
    return true;
  }

  void add_stacked(const Row& row, double room) {
    std::string left = print(row.left, latex_dialect());
    const double left_width = latex_width(left + " ");
    // A very wide left side stands on a line of its own, and the relations below it.
    const bool wide = left_width > widths_.line / 2;
    if (wide) lines_.push_back({.right = left + " "});
    if (wide) left.clear();
    for (std::size_t i = 0; i < row.sides.size(); ++i) {
      const std::size_t first = lines_.size();
      add_side(left, room - (wide ? 4 : left_width), row.sides[i], wide ? "\\quad " : "");
      for (std::size_t k = first; k < lines_.size(); ++k) lines_[k].side = i;
      left.clear();
    }
    if (row.sides.empty()) lines_.push_back({.left = left, .aligned = false});
  }

  /// One side, broken between its terms where it is too long; a remark that does not fit beside it
  /// goes below.
  void add_side(const std::string& left, double room, const Side& side, std::string_view indent) {
    constexpr double relation_width = 3, indent_width = 4;
    auto broken = break_lines(print_pieces(side.expr, latex_dialect()), room - relation_width,
                              room - relation_width - indent_width, latex_width);
    for (std::string& part : broken) part = with_brackets_closed(std::move(part));
    for (const std::string& part : broken) {
      const bool first = &part == &broken.front();
      lines_.push_back({.left = first ? left : "",
                        .right = first ? fmt::format("{}{} {}", indent, relation(side), part)
                                       : fmt::format("{}\\qquad {{}}{}", indent, part)});
    }
    const double width =
        latex_width(broken.back()) + relation_width + (broken.size() > 1 ? indent_width : 0);
    const std::string remark = latex_words(side.remark);
    if (width + remark_width(remark) <= room) {
      lines_.back().remark = remark;
    } else if (!remark.empty()) {
      for (std::string& part : remark_in_lines(remark, room))
        lines_.push_back({.remark = std::move(part)});
    }
  }

  LatexWidths widths_;
  std::vector<LatexLine> lines_;
};

}  // namespace

std::vector<LatexLine> latex_lines(const Group& group, const LatexWidths& widths) {
  LineMaker maker(widths);
  for (std::size_t i = 0; i < group.size(); ++i) {
    const std::size_t first = maker.lines().size();
    maker.add_row(group[i]);
    for (std::size_t k = first; k < maker.lines().size(); ++k) maker.lines()[k].row = i;
    // A derivation's own lines stand apart from the steps nested in it.
    const bool boundary = i > 0 && (group[i].depth == 0) != (group[i - 1].depth == 0);
    if (i > 0) maker.lines()[first].space_before = boundary ? "[1.8ex]" : "[0.6ex]";
  }
  return std::move(maker.lines());
}

std::string latex_row(const Row& row) {
  const std::string sides = all_sides(row);
  return print(row.left, latex_dialect()) + (sides.empty() ? "" : " " + sides);
}

std::string latex_words(const Remark& remark) {
  std::string text;
  for (const auto& part : remark) {
    const auto* word = std::get_if<std::string>(&part);
    text += word != nullptr ? latex_text(*word)
                            : "$" + print(std::get<Expr>(part), latex_dialect()) + "$";
  }
  return text;
}

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

}  // namespace chalkgrad
