#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

#include "tracer/expression/name.hpp"
#include "tracer/sheet/sections/array_rows.hpp"

namespace chalkgrad {

namespace {

class UpdateRows {
 public:
  explicit UpdateRows(const SheetContext& sheet)
      : sheet_(sheet), update_(sheet.solution.problem.updates.front()) {
    for (const Update& one : sheet.solution.updates) updates_.try_emplace(one.parameter, &one);
    for (const Descent::Parameter& one : sheet.solution.descent->parameters)
      velocities_.try_emplace(one.name, &one.velocity);
  }

  Section section() {
    Section section{.heading = "Update"};
    Group group;
    const bool in_arrays = sheet_.style() == Style::matrix && !update_.momentum;
    const ArraysByElement arrays(sheet_.solution.problem);
    std::set<const Array*> written;
    for (const Update& one : sheet_.solution.updates) {
      const Array* array = in_arrays ? arrays.find(one.parameter) : nullptr;
      if (written.contains(array)) continue;
      if (array != nullptr && is_updated(*array)) {
        written.insert(array);
        group.push_back(array_row_of(*array, fmt::format("C{}", ++count_)));
        continue;
      }
      if (update_.momentum) group.push_back(velocity_row(one));
      group.push_back(update_row(one, fmt::format("C{}", ++count_)));
    }
    section.parts.emplace_back(std::move(group));
    if (auto after = result_after(); !after.empty()) section.parts.emplace_back(std::move(after));
    return section;
  }

 private:
  /// μ·0 + ∂E/∂w + λ·w without its first term, with figures in place of symbols if `numbers`.
  [[nodiscard]] std::vector<Term> slope_terms(const Update& one, bool numbers) const {
    const QuantityIndex i = *sheet_.quantities.find(one.parameter);
    const Expr gradient = numbers ? sheet_.figures.of_step(one.gradient).number
                                  : sheet_.solution.derivation.steps[one.gradient].symbol();
    if (!one.decays) return {{gradient, false}};
    const Expr decay = numbers ? decay_figure().number : sheet_.solution.decay_symbol;
    const Expr weight =
        numbers ? sheet_.figures.of_quantity(i).number : Expr::symbol(one.parameter);
    return {{gradient, false}, {decay * weight, false}};
  }
  [[nodiscard]] Expr slope(const Update& one, bool numbers) const {
    return Expr::sum(slope_terms(one, numbers));
  }

  /// μ·0 + ∂E/∂w: before the first step there was no velocity.
  [[nodiscard]] Expr velocity(const Update& one, bool numbers) const {
    std::vector<Term> terms = slope_terms(one, numbers);
    const Expr momentum = numbers ? momentum_figure().number : sheet_.solution.momentum_symbol;
    terms.insert(terms.begin(), {momentum * 0.0, false});
    return Expr::sum(std::move(terms));
  }

  [[nodiscard]] const std::string& velocity_name(const Update& one) const {
    return *velocities_.at(one.parameter);
  }

  [[nodiscard]] bool is_known(const Update& one) const {
    const QuantityIndex i = *sheet_.quantities.find(one.parameter);
    return sheet_.figures.of_quantity(i).known && sheet_.figures.of_step(one.gradient).known &&
           rate_figure().known && (!one.decays || decay_figure().known) &&
           (!update_.momentum || momentum_figure().known);
  }

  Row velocity_row(const Update& one) {
    RowBuilder row(sheet_, Expr::symbol(velocity_name(one)));
    row.side(velocity(one, false), false,
             {std::string("the velocity was 0 before the first step")});
    if (!is_known(one)) return row.row();
    const Expr numbers = velocity(one, true);
    const bool rounded = rounds(one);
    velocity_ = sheet_.figures.of_side(numbers, exact_slope(one));
    return row.side(numbers, rounded).side(velocity_.number, rounded || velocity_.rounded).row();
  }

  [[nodiscard]] Approximation exact_slope(const Update& one) const {
    const Step& step = sheet_.solution.derivation.steps[one.gradient];
    Approximation slope{step.value, step.error};
    if (!one.decays) return slope;
    const Quantity& weight = sheet_.quantities[*sheet_.quantities.find(one.parameter)];
    return plus(slope, times({sheet_.solution.descent->decay, 0}, {weight.value, weight.error}));
  }

  [[nodiscard]] bool rounds(const Update& one) const {
    return sheet_.carries_exact() &&
           (sheet_.figures.of_step(one.gradient).rounded || rate_figure().rounded);
  }

  /// w⁺ = w − η·∂E/∂w, with numbers, and the value.
  Row update_row(const Update& one, std::string label) {
    const QuantityIndex i = *sheet_.quantities.find(one.parameter);
    RowBuilder row(sheet_, Expr::symbol(one.parameter + std::string(updated_mark)),
                   std::move(label));
    const Figure& before = sheet_.figures.of_quantity(i);
    const Expr direction = update_.momentum ? Expr::symbol(velocity_name(one)) : slope(one, false);
    if (sheet_.options.detail != Detail::brief || !is_known(one))
      row.side(Expr::symbol(one.parameter) - sheet_.solution.rate_symbol * direction);
    if (!is_known(one)) return row.row();
    const Expr numbers =
        before.number -
        rate_figure().number * (update_.momentum ? velocity_.number : slope(one, true));
    const Figure after = sheet_.figures.of_side(numbers, {one.after, one.error});
    updated_.emplace(i, after);
    const bool rounded = rounds(one);
    return row.side(numbers, rounded).side(after.number, rounded || after.rounded).row();
  }

  [[nodiscard]] bool is_updated(const Array& array) const {
    return std::all_of(array.elements.begin(), array.elements.end(),
                       [this](const std::string& name) { return updates_.contains(name); });
  }

  /// W⁺ = W − η·∂E/∂W, of a whole array.
  Row array_row_of(const Array& array, std::string label) {
    std::vector<Expr> before, gradients, after;
    bool known = true, rounded = sheet_.carries_exact() && rate_figure().rounded;
    const bool decays = updates_.at(array.elements[0])->decays;
    for (const std::string& name : array.elements) {
      const Update& one = *updates_.at(name);
      known = known && is_known(one);
      if (!known) break;
      const QuantityIndex i = *sheet_.quantities.find(name);
      const Figure& gradient = sheet_.figures.of_step(one.gradient);
      before.push_back(sheet_.figures.of_quantity(i).number);
      gradients.push_back(gradient.number);
      const Figure figure = sheet_.figures.of_side(
          before.back() - rate_figure().number * slope(one, true), {one.after, one.error});
      updated_.emplace(i, figure);
      after.push_back(figure.number);
      rounded = rounded || (sheet_.carries_exact() && (gradient.rounded || figure.rounded));
    }
    const Expr symbol = Expr::symbol(array.shown);
    const Expr derivative = Expr::derivative(sheet_.solution.descent->output, array.shown);
    const auto step = [&](const Expr& w, const Expr& rate, const Expr& slope, const Expr& decay) {
      return w - rate * (decays ? slope + decay * w : slope);
    };
    RowBuilder row(sheet_, Expr::symbol(array.shown + std::string(updated_mark)), std::move(label));
    if (sheet_.options.detail != Detail::brief || !known)
      row.side(step(symbol, sheet_.solution.rate_symbol, derivative,
                    decays ? sheet_.solution.decay_symbol : Expr(0.0)));
    if (!known) return row.row();
    if (is_too_large(array.shape))
      return row.remark({std::string("too many numbers to be written out")}).row();
    const Expr numbers =
        step(array_of(array.shape, before), rate_figure().number, array_of(array.shape, gradients),
             decays ? decay_figure().number : Expr(0.0));
    return row.side(numbers, rounded).side(array_of(array.shape, after), rounded).row();
  }

  [[nodiscard]] Figure coefficient(const Expr& written) const {
    if (written.is(Expr::Kind::number)) return {written, true, false};
    return sheet_.figures.of_quantity(*sheet_.quantities.find(written.text()));
  }
  [[nodiscard]] Figure rate_figure() const { return coefficient(update_.rate); }
  [[nodiscard]] Figure momentum_figure() const { return coefficient(*update_.momentum); }
  [[nodiscard]] Figure decay_figure() const { return coefficient(*update_.decay); }

  /// The differentiated quantity after the step, so that one sees what it was good for.
  Group result_after() const {
    const Solution& solution = sheet_.solution;
    if (!solution.after || updated_.size() != solution.updates.size()) return {};
    const std::string& output = solution.descent->output;
    const QuantityIndex i = *sheet_.quantities.find(output);
    // What lies between is not shown, and so not rounded.
    const Evaluation again = sheet_.carries_exact() ? Evaluation{} : with_shown_parameters();
    const Graph& graph = sheet_.carries_exact() ? *solution.after->graph : *again.graph;
    const double value = graph.node(graph.find(output)).value;
    if (std::isnan(value)) return {};
    const Figure figure = sheet_.figures.show(value, solution.errors_after.at(output));
    if (!figure.known) return {};
    return {RowBuilder(sheet_, Expr::symbol(output + std::string(updated_mark)))
                .side(figure.number, figure.rounded,
                      {"after this step; before it was ", sheet_.figures.of_quantity(i).number})
                .row()};
  }

  [[nodiscard]] Evaluation with_shown_parameters() const {
    return evaluate_problem(
        sheet_.solution.problem,
        [this](const std::string& name) -> std::optional<double> {
          const auto parameter = sheet_.quantities.find(name);
          const auto shown = parameter ? updated_.find(*parameter) : updated_.end();
          return shown == updated_.end() ? std::nullopt
                                         : std::optional(shown->second.number.value());
        },
        WithoutValue::leave_unknown);
  }

  const SheetContext& sheet_;
  const UpdateStatement& update_;
  std::size_t count_ = 0;
  Figure velocity_{};  // of the row above
  std::unordered_map<QuantityIndex, Figure> updated_;
  std::unordered_map<std::string_view, const std::string*> velocities_;  // by parameter
  std::unordered_map<std::string_view, const Update*> updates_;          // by parameter
};

}  // namespace

Section update_section(const SheetContext& sheet) {
  if (sheet.solution.updates.empty()) return {};
  return UpdateRows(sheet).section();
}

}  // namespace chalkgrad
