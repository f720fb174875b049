#include "tracer/render/line_breaking.hpp"

namespace chalkgrad {

std::vector<std::string> break_lines(const std::vector<Piece>& pieces, double first, double others,
                                     const std::function<double(const std::string&)>& width) {
  std::vector<std::string> lines(1);
  double used = 0;
  const auto room = [&] { return lines.size() == 1 ? first : others; };
  const auto start_line = [&] {
    if (lines.back().empty()) return;
    lines.emplace_back();
    used = 0;
  };
  for (std::size_t i = 0; i < pieces.size();) {
    // A term is a piece and the pieces inside the term that follow it.
    std::size_t end = i + 1;
    double whole = width(pieces[i].text);
    while (end < pieces.size() && pieces[end].inside_term) whole += width(pieces[end++].text);
    if (used + whole > room() && whole <= others) start_line();
    for (; i < end; ++i) {
      const double one = width(pieces[i].text);
      if (used + one > room()) start_line();
      lines.back() += pieces[i].text;
      used += one;
    }
  }
  return lines;
}

}  // namespace chalkgrad
