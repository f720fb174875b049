#include "tracer/formats/latex_pages.hpp"

#include <algorithm>

#include "tracer/typesetting/latex_text.hpp"

namespace chalkgrad {

namespace {

/// In lines of plain text, with the room between them. A page has 44.
constexpr double short_block = 20, fits_on_a_page = 36;

double height(const LatexLine& line) {
  constexpr double room = 0.35;
  return std::max({1.0, latex_height(line.left), latex_height(line.right)}) + room;
}

/// Whether the rule wants the two lines on one page.
bool belong_together(const Group& group, const LatexLine& line, const LatexLine& next) {
  if (line.row == next.row) return true;
  const int depth = group[line.row].depth, next_depth = group[next.row].depth;
  return depth != next_depth;  // a statement and its first step, a last step and the result
}

bool has_steps(const Group& group) {
  return std::any_of(group.begin(), group.end(), [](const Row& row) { return row.depth > 0; });
}

}  // namespace

std::vector<bool> page_may_end_behind(const Group& group, const std::vector<LatexLine>& lines) {
  std::vector<bool> may(lines.size(), true);
  double total = 0;
  for (const LatexLine& line : lines) total += height(line);
  const bool is_short = has_steps(group) && total <= short_block;
  double together = 0;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    together += height(lines[i]);
    const bool last = i + 3 >= lines.size();
    may[i] = !last && !is_short && !belong_together(group, lines[i], lines[i + 1]);
    if (!may[i] && !last && together + height(lines[i + 1]) > fits_on_a_page) may[i] = true;
    if (may[i]) together = 0;
  }
  return may;
}

}  // namespace chalkgrad
