#include <fmt/format.h>

#include <map>

#include "tracer/derivation/local.hpp"
#include "tracer/derivation/path_sum.hpp"
#include "tracer/derivation/paths.hpp"
#include "tracer/derivation/recognition.hpp"
#include "tracer/sheet/sections/sections.hpp"

namespace chalkgrad {

namespace {

/// The derivative along one edge of the graph of quantities.
struct Edge {
  Expr symbol = 0.0;
  Expr expr = 0.0;
  Approximation value{};
  Figure figure{};
};

class PathRows {
 public:
  explicit PathRows(const SheetContext& sheet) : sheet_(sheet), recognition_(sheet.quantities) {}

  std::vector<Section> run() {
    std::vector<Section> sums;
    for (const StepIndex index : derived_steps(sheet_.solution)) refuse_too_many(index);
    for (const StepIndex index : derived_steps(sheet_.solution)) sums.push_back(section_of(index));
    std::vector<Section> sections;
    if (!locals_.empty()) {
      sections.push_back({"Local derivatives", {}});
      sections.back().parts.emplace_back(std::move(locals_));
    }
    for (Section& section : sums) sections.push_back(std::move(section));
    return sections;
  }

 private:
  [[nodiscard]] std::pair<QuantityIndex, QuantityIndex> pair_of(StepIndex index) const {
    const Step& step = sheet_.solution.derivation.steps[index];
    return {*sheet_.quantities.find(step.of), *sheet_.quantities.find(step.wrt)};
  }

  void refuse_too_many(StepIndex index) const {
    const auto [y, x] = pair_of(index);
    const std::string count = count_paths(sheet_.quantities, y, x);
    const std::string most = std::to_string(sheet_.options.max_paths);
    if (count.size() < most.size() || (count.size() == most.size() && count <= most)) return;
    throw SheetTooLong(
        fmt::format("--style paths: there {} from {} to {}, and at most {} are written out; "
                    "--max-paths N allows "
                    "more",
                    count == "1" ? "is 1 path" : fmt::format("are {} paths", count),
                    sheet_.quantities[x].name, sheet_.quantities[y].name, most));
  }

  /// Works an edge out where it is first used.
  const Edge& edge(QuantityIndex c, QuantityIndex q) {
    const auto [known, added] = edges_.try_emplace({c, q});
    Edge& edge = known->second;
    if (!added) return edge;
    const std::string &of = sheet_.quantities[c].name, &wrt = sheet_.quantities[q].name;
    // What reaches c by way of others is on other paths.
    const bool direct = Paths(sheet_.quantities, c, q).quantities().size() > 2;
    edge.symbol = Expr::derivative(of, wrt, direct);
    const LocalDerivative local = local_derivative(sheet_.quantities, c, q);
    edge.expr = recognition_.readable(local, c, q).expr;
    edge.value = {local.value, evaluate_with_error(edge.expr, sheet_.quantities).error};
    edge.figure = sheet_.figures.of_side(edge.expr, edge.value);
    Remark remark;
    if (!local.conventions.empty()) remark = {local.conventions.front()};
    locals_.push_back(RowBuilder(sheet_, edge.symbol, fmt::format("B{}", locals_.size() + 1))
                          .derivative_worked_out(edge.expr, edge.figure, std::move(remark))
                          .row());
    return edge;
  }

  Section section_of(StepIndex index) {
    const Step& step = sheet_.solution.derivation.steps[index];
    const auto [y, x] = pair_of(index);
    Section section{.heading = ""};
    const auto paths = all_paths(sheet_.quantities, y, x);
    const Expr from = Expr::symbol(step.wrt), to = Expr::symbol(step.of);
    if (paths.size() == 1) {
      section.parts.emplace_back(Note{{"There is one path from ", from, " to ", to, "."}});
    } else if (paths.empty()) {
      section.parts.emplace_back(Note{{"There is no path from ", from, " to ", to, "."}});
    } else {
      section.parts.emplace_back(
          Note{{fmt::format("There are {} paths from ", paths.size()), from, " to ", to, "."}});
    }
    std::vector<Term> symbols, numbers;
    rounded_ = false;
    for (std::size_t i = 0; i < paths.size(); ++i) {
      section.parts.emplace_back(description(paths[i], paths.size() > 1 ? i + 1 : 0));
      Row row = path_row(paths[i], paths.size() > 1 ? nullptr : &step);
      symbols.push_back({row.left, false});
      if (!row.sides.empty()) numbers.push_back({row.sides.back().expr, false});
      if (!row.sides.empty()) section.parts.emplace_back(Group{std::move(row)});
    }
    // Without numbers the products themselves are added.
    const bool known = numbers.size() == paths.size();
    if (paths.size() != 1)
      section.parts.emplace_back(Group{sum_row(step, index, known ? numbers : symbols)});
    return section;
  }

  /// w1 → net_h1 → out_h1 → …
  Note description(const std::vector<QuantityIndex>& path, std::size_t number) const {
    Note note;
    note.words.emplace_back(number == 0 ? std::string() : fmt::format("Path {}: ", number));
    for (const QuantityIndex q : path) {
      if (q != path.front()) note.words.emplace_back(" → ");
      note.words.emplace_back(Expr::symbol(sheet_.quantities[q].name));
    }
    return note;
  }

  /// The product of the derivatives along a path; the only path's is the derivative itself.
  Row path_row(const std::vector<QuantityIndex>& path, const Step* only) {
    std::vector<Term> symbols, numbers;
    Approximation value{1, 0};
    bool known = true, rounded = false;
    for (std::size_t i = path.size() - 1; i > 0; --i) {
      const Edge& one = edge(path[i], path[i - 1]);
      symbols.push_back({one.symbol, false});
      numbers.push_back({one.figure.number, false});
      known = known && one.figure.known;
      rounded = rounded || (one.figure.rounded && sheet_.carries_exact());
      value = times(value, one.value);
    }
    const Expr product = symbols.empty() ? Expr(1.0) : Expr::product(std::move(symbols));
    RowBuilder row(sheet_, only != nullptr ? only->symbol() : product);
    if (only != nullptr) row.side(product);
    if (!known || numbers.empty()) return row.row();
    const Expr in_numbers = Expr::product(std::move(numbers));
    const Figure figure = sheet_.figures.of_side(in_numbers, value);
    rounded_ = rounded_ || figure.rounded;
    return row.side(in_numbers, rounded).side(figure.number, rounded || figure.rounded).row();
  }

  Row sum_row(const Step& step, StepIndex index, std::vector<Term> numbers) const {
    RowBuilder row(sheet_, step.symbol());
    if (numbers.empty()) return row.side(0.0).row();
    const Expr sum = Expr::sum(std::move(numbers));
    const Figure exact = sheet_.figures.of_step(index);
    if (!exact.known) return row.side(sum).row();
    const bool rounded = rounded_ && sheet_.carries_exact();
    row.side(sum, rounded_);
    const Figure figure =
        sheet_.carries_exact() ? exact : sheet_.figures.of_side(sum, {step.value, step.error});
    return row.side(figure.number, rounded || figure.rounded).row();
  }

  const SheetContext& sheet_;
  Recognition recognition_;
  std::map<std::pair<QuantityIndex, QuantityIndex>, Edge> edges_;
  Group locals_;
  bool rounded_ = false;  // whether a path of the sum at hand was
};

}  // namespace

std::vector<Section> path_sections(const SheetContext& sheet) { return PathRows(sheet).run(); }

}  // namespace chalkgrad
