#include "tracer/check/judging/transposition.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "tracer/check/report/slip_kinds.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/numerals/agreement.hpp"

namespace chalkgrad {

namespace {

/// The statements of one array, one for each element, from `first`.
struct Group {
  std::size_t first = 0, rows = 1, columns = 1;

  [[nodiscard]] std::size_t size() const { return rows * columns; }
  [[nodiscard]] std::size_t turned(std::size_t place) const {
    return first + (place % columns) * columns + place / columns;
  }
};

class Transpositions {
 public:
  Transpositions(std::vector<Finding>& findings, const Answer& answer, Scope& scope)
      : findings_(findings), statements_(answer.statements), scope_(scope) {}

  void run() {
    for (const Finding& one : findings_)
      if (one.statement < statements_.size() && one.verdict == Verdict::wrong)
        wrong_.insert({one.statement, one.span.begin});
    for (std::size_t at = 0; at < statements_.size();) {
      const PlaceInGrid& grid = statements_[at].grid;
      const Group group{at, grid.rows, grid.columns};
      if (group.size() == 1 || at + group.size() > statements_.size()) {
        ++at;
        continue;
      }
      judge(group);
      at += group.size();
    }
  }

 private:
  void judge(const Group& group) {
    const Chain& statement = statements_[group.first];
    bool found = false;
    for (std::size_t side = 1; side < statement.sides.size(); ++side) {
      const auto& turned = statement.grid.turned_sides;
      const bool by_shape = std::find(turned.begin(), turned.end(), side) != turned.end();
      if (!by_shape && !is_turned(group, side)) continue;
      if (!by_shape) drop_findings(group, side);
      findings_.push_back(finding(group, side, found));
      found = true;
    }
  }

  /// Whether each number of a square array is that of the place across the diagonal, and some are
  /// wrong where they stand.
  bool is_turned(const Group& group, std::size_t side) const {
    if (group.rows != group.columns) return false;
    bool wrong = false;
    for (std::size_t place = 0; place < group.size(); ++place) {
      const Chain& here = statements_[group.first + place];
      const Chain& across = statements_[group.turned(place)];
      if (side >= here.sides.size() || !agree(here.sides[side].expr, across.sides[0].expr))
        return false;
      for (auto one = wrong_.lower_bound({group.first + place, 0});
           one != wrong_.end() && one->first == group.first + place; ++one)
        wrong = wrong || within(one->second, here.sides[side].span);
    }
    return wrong;
  }

  bool agree(const Expr& written, const Expr& meant) const {
    const Approximation truth = scope_.value(meant);
    if (written.is(Expr::Kind::number))
      return is_agreement(agreement(written.text(), truth.value, truth.error));
    constexpr double digits_of_a_line = 2e-3;
    const double value = scope_.value(written).value;
    return std::abs(value - truth.value) <= digits_of_a_line * std::abs(truth.value);
  }

  static bool within(std::size_t at, const Span& span) {
    return at >= span.begin && at <= span.end;
  }

  void drop_findings(const Group& group, std::size_t side) {
    std::erase_if(findings_, [&](const Finding& one) {
      if (one.statement < group.first || one.statement >= group.first + group.size()) return false;
      return within(one.span.begin, statements_[one.statement].sides[side].span);
    });
  }

  Finding finding(const Group& group, std::size_t side, bool follows) const {
    const WrittenSide& written = statements_[group.first].sides[side];
    const bool numbers = written.expr.is(Expr::Kind::number);
    Finding finding;
    // The first element's place is within the array, which stands around it.
    finding.span = written.span;
    finding.statement = group.first;
    finding.verdict = follows ? Verdict::follows : Verdict::wrong;
    finding.subject = statements_[group.first].grid.whole;
    if (follows) {
      finding.message = "transposed, as before";
      finding.cause = statements_[group.first].sides[1].span.begin;
      return finding;
    }
    finding.slip = slip::transposed;
    finding.message = numbers ? "it is transposed: its rows are the columns of what is asked for"
                              : "the product is the wrong way round: what comes out is transposed";
    return finding;
  }

  std::vector<Finding>& findings_;
  const std::vector<Chain>& statements_;
  Scope& scope_;
  std::set<std::pair<std::size_t, std::size_t>> wrong_;
};

}  // namespace

void name_transposed(std::vector<Finding>& findings, const Answer& answer, Scope& scope) {
  Transpositions(findings, answer, scope).run();
}

}  // namespace chalkgrad
