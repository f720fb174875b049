#include "tracer/typesetting/line_breaking.hpp"

namespace chalkgrad {

namespace {

class Breaker {
 public:
  Breaker(double first, double others, const std::function<double(const std::string&)>& width)
      : first_(first), others_(others), width_(width) {}

  std::vector<std::string> run(const std::vector<Piece>& pieces) {
    place(pieces, 0, pieces.size(), 0);
    return std::move(lines_);
  }

 private:
  double room() const { return lines_.size() == 1 ? first_ : others_; }

  void start_line() {
    if (lines_.back().empty()) return;
    lines_.emplace_back();
    used_ = 0;
  }

  /// Places the pieces from `at` to `end`, taking those between two breaks of at most `depth` as a
  /// unit. A unit that is too wide for a line is broken one level deeper; what follows it begins a
  /// new line.
  void place(const std::vector<Piece>& pieces, std::size_t at, std::size_t end, int depth) {
    bool was_broken = false;
    while (at < end) {
      std::size_t next = at + 1;
      double unit = width_(pieces[at].text);
      while (next < end && pieces[next].depth > depth) unit += width_(pieces[next++].text);
      if (was_broken || (used_ + unit > room() && unit <= others_)) start_line();
      was_broken = used_ + unit > room() && next > at + 1;
      if (was_broken) {
        place(pieces, at, next, depth + 1);
      } else {
        if (used_ + unit > room()) start_line();
        for (; at < next; ++at) lines_.back() += pieces[at].text;
        used_ += unit;
      }
      at = next;
    }
  }

  double first_, others_;
  const std::function<double(const std::string&)>& width_;
  std::vector<std::string> lines_ = std::vector<std::string>(1);
  double used_ = 0;
};

}  // namespace

std::vector<std::string> break_lines(const std::vector<Piece>& pieces, double first, double others,
                                     const std::function<double(const std::string&)>& width) {
  return Breaker(first, others, width).run(pieces);
}

}  // namespace chalkgrad
