#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

#include "tracer/arrays/array_algebra.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/sheet/sections/array_rows.hpp"

namespace chalkgrad {

namespace {

/// A symbol or derivative as a key.
std::string key(const Expr& leaf) {
  return leaf.is(Expr::Kind::derivative) ? leaf.text() + "|" + leaf.wrt() : leaf.text();
}

class UpdateRows {
 public:
  explicit UpdateRows(const SheetContext& sheet)
      : sheet_(sheet), descent_(*sheet.solution.descent) {
    for (std::size_t i = 0; i < descent_.parameters.size(); ++i)
      updates_.try_emplace(descent_.parameters[i].name, i);
    for (const Coefficient& one : descent_.coefficients())
      if (one.symbol.is(Expr::Kind::symbol)) coefficients_.emplace(one.symbol.text(), figure(one));
  }

  Section section() {
    Section section{.heading = "Update"};
    Group group;
    const ArraysByElement arrays(sheet_.solution.problem);
    std::set<const Array*> written;
    const bool in_arrays = sheet_.style() == Style::matrix;
    for (std::size_t i = 0; i < descent_.parameters.size(); ++i) {
      const Array* array = in_arrays ? arrays.find(descent_.parameters[i].name) : nullptr;
      if (written.contains(array)) continue;
      if (array != nullptr && is_updated(*array)) {
        written.insert(array);
        add_rows(step_of(*array), group);
      } else {
        add_rows(step_of(i), group);
      }
    }
    section.parts.emplace_back(std::move(group));
    std::set<std::string> shown;
    for (const Descent::Group& one : descent_.groups) {
      const std::string& output = one.outputs.empty() ? one.output : descent_.output;
      if (!shown.insert(output).second) continue;
      if (Group after = result_after(output); !after.empty())
        section.parts.emplace_back(std::move(after));
    }
    return section;
  }

 private:
  /// The step of a parameter or of a whole array, with what is known of it.
  struct Stepping {
    Expr symbol = 0.0;
    Shape shape{};
    std::vector<std::size_t> parameters{};  ///< of its elements
    std::vector<Expr> states{}, formulas{};
    Expr after = 0.0;
    std::unordered_map<std::string, Expr> numbers{};  ///< in place of symbols and derivatives
    bool is_known = true, is_rounded = false;
  };

  [[nodiscard]] const Descent::Parameter& parameter(const Stepping& one) const {
    return descent_.parameters[one.parameters.front()];
  }

  Stepping step_of(std::size_t i) const {
    const Descent::Parameter& parameter = descent_.parameters[i];
    const FirstStep step = first_step(descent_, parameter);
    Stepping stepping{.symbol = Expr::symbol(parameter.name),
                      .parameters = {i},
                      .formulas = step.states,
                      .after = step.after};
    for (const std::string& state : parameter.states)
      stepping.states.push_back(Expr::symbol(state));
    find_numbers(stepping);
    return stepping;
  }

  /// The formulas of the first element, about the whole array.
  Stepping step_of(const Array& array) const {
    Stepping stepping{.symbol = Expr::symbol(array.shown), .shape = array.shape};
    for (const std::string& element : array.elements)
      stepping.parameters.push_back(updates_.at(element));
    const Descent::Parameter& first = parameter(stepping);
    const Descent::Group& group = descent_.group_of(first);
    std::unordered_map<std::string, std::string> whole = {{first.name, array.shown}};
    for (std::size_t k = 0; k < first.states.size(); ++k) {
      const std::string name = fmt::format("{}_{}", group.rule->states[k].symbol, array.shown);
      whole[first.states[k]] = name;
      stepping.states.push_back(Expr::symbol(name));
    }
    const FirstStep step = first_step(descent_, first);
    const auto of_whole = [&](const Expr& e) {
      return over_arrays(
          substitute(e,
                     [&](const Expr& leaf) {
                       if (leaf.is(Expr::Kind::derivative))
                         return Expr::derivative(leaf.text(), array.shown);
                       const auto found = whole.find(leaf.text());
                       const bool named = leaf.is(Expr::Kind::symbol);
                       return named && found != whole.end() ? Expr::symbol(found->second) : leaf;
                     }),
          [&](const Expr& leaf) { return !coefficients_.contains(leaf.text()); });
    };
    for (const Expr& state : step.states) stepping.formulas.push_back(of_whole(state));
    stepping.after = of_whole(step.after);
    find_numbers(stepping);
    return stepping;
  }

  /// Of the parameters, their slopes and the coefficients.
  void find_numbers(Stepping& stepping) const {
    std::vector<Expr> before, slopes;
    for (const std::size_t i : stepping.parameters) {
      const Update& update = sheet_.solution.updates[i];
      const Figure& value = sheet_.figures.of_quantity(*sheet_.quantities.find(update.parameter));
      const Figure& slope = sheet_.figures.of_step(update.gradient);
      stepping.is_known = stepping.is_known && value.known && slope.known;
      stepping.is_rounded = stepping.is_rounded || slope.rounded;
      before.push_back(value.number);
      slopes.push_back(slope.number);
    }
    const Expr slope =
        Expr::derivative(descent_.group_of(parameter(stepping)).output, stepping.symbol.text());
    stepping.numbers.emplace(key(stepping.symbol), array_of(stepping.shape, before));
    stepping.numbers.emplace(key(slope), array_of(stepping.shape, slopes));
    if (const std::string& direction = parameter(stepping).direction; !direction.empty()) {
      const Figure& solved = sheet_.figures.of_quantity(*sheet_.quantities.find(direction));
      stepping.is_known = stepping.is_known && solved.known;
      stepping.is_rounded = stepping.is_rounded || solved.rounded;
      stepping.numbers.emplace(direction, solved.number);
    }
    if (const auto& correction = parameter(stepping).correction)
      for_each_leaf(*correction, [&](const Expr& leaf) {
        if (!leaf.is(Expr::Kind::symbol)) return;
        const Figure& figure = sheet_.figures.of_quantity(*sheet_.quantities.find(leaf.text()));
        stepping.is_known = stepping.is_known && figure.known;
        stepping.is_rounded = stepping.is_rounded || figure.rounded;
        stepping.numbers.emplace(key(leaf), figure.number);
      });
    const Descent::Group& group = descent_.group_of(parameter(stepping));
    std::vector<Coefficient> used = group.coefficients;
    used.push_back(group.rate);
    if (parameter(stepping).decays) used.push_back(*group.decay);
    if (group.velocity) used.push_back(*group.velocity);
    for (const Coefficient& one : used) {
      const Figure known = figure(one);
      stepping.is_known = stepping.is_known && known.known;
      stepping.numbers.emplace(key(one.symbol), known.number);
    }
    stepping.is_rounded =
        sheet_.carries_exact() && (stepping.is_rounded || figure(group.rate).rounded);
  }

  static Expr with_numbers(const Stepping& stepping, const Expr& e) {
    return substitute(e, [&](const Expr& leaf) {
      const auto found = stepping.numbers.find(key(leaf));
      return leaf.is(Expr::Kind::number) || found == stepping.numbers.end() ? leaf : found->second;
    });
  }

  void add_rows(Stepping stepping, Group& group) {
    for (std::size_t k = 0; k < stepping.states.size(); ++k)
      group.push_back(state_row(stepping, k));
    group.push_back(update_row(stepping, fmt::format("C{}", ++count_)));
  }

  /// v_w = μ·0 + ∂E/∂w, with numbers, and the value, which the rows below use.
  Row state_row(Stepping& stepping, std::size_t k) {
    RowBuilder row(sheet_, stepping.states[k]);
    row.side(stepping.formulas[k], false, remark(stepping, k));
    if (!stepping.is_known) return row.row();
    std::vector<Approximation> exact;
    for (const std::size_t i : stepping.parameters)
      exact.push_back(sheet_.solution.updates[i].states[k]);
    const Figure value = add_numbers(row, stepping, stepping.formulas[k], exact);
    stepping.numbers.emplace(key(stepping.states[k]), value.number);
    return row.row();
  }

  /// What the numbers come to. A whole array is worked out from the figures of its elements.
  Figure add_numbers(RowBuilder& row, const Stepping& stepping, const Expr& formula,
                     const std::vector<Approximation>& exact) {
    const Expr numbers = with_numbers(stepping, formula);
    if (stepping.shape.is_number()) {
      const Figure value = sheet_.figures.of_side(numbers, exact[0]);
      row.side(numbers, stepping.is_rounded)
          .side(value.number, stepping.is_rounded || value.rounded);
      return value;
    }
    std::vector<Expr> elements;
    bool rounded = stepping.is_rounded;
    for (std::size_t k = 0; k < exact.size(); ++k) {
      const Figure value = sheet_.figures.of_side(element_of(numbers, k), exact[k]);
      elements.push_back(value.number);
      rounded = rounded || (sheet_.carries_exact() && value.rounded);
    }
    const Expr whole = array_of(stepping.shape, std::move(elements));
    if (is_too_large(stepping.shape))
      row.remark({std::string("too many numbers to be written out")});
    else
      row.side(numbers, stepping.is_rounded).side(whole, rounded);
    return {whole, true, rounded};
  }

  [[nodiscard]] Remark remark(const Stepping& stepping, std::size_t k) const {
    const UpdateRule& rule = *descent_.group_of(parameter(stepping)).rule;
    std::string word(rule.states[k].word);
    std::replace(word.begin(), word.end(), '_', ' ');
    if (rule.is_correction()) return {};
    if (!rule.states[k].is_carried) return {word + ", in step 1"};
    if (rule.looks_ahead)
      return {"the velocity was 0, so this is the derivative at ", stepping.symbol, " itself"};
    if (descent_.group_of(parameter(stepping)).velocity) return {};  // it is in the formula
    return {fmt::format("the {} was 0 before the first step", word)};
  }

  /// w⁺ = w − η·v_w, with numbers, and the value.
  Row update_row(const Stepping& stepping, std::string label) {
    RowBuilder row(sheet_, Expr::symbol(stepping.symbol.text() + std::string(updated_mark)),
                   std::move(label));
    const bool first_sample =
        !descent_.group_of(parameter(stepping)).outputs.empty() && count_ == 1;
    if (sheet_.options.detail != Detail::brief || !stepping.is_known)
      row.side(stepping.after, false,
               first_sample ? Remark{std::string("a step for each sample: the first")} : Remark{});
    if (!stepping.is_known) return row.row();
    std::vector<Approximation> exact;
    for (const std::size_t i : stepping.parameters)
      exact.push_back({sheet_.solution.updates[i].after, sheet_.solution.updates[i].error});
    const Figure after = add_numbers(row, stepping, stepping.after, exact);
    for (std::size_t k = 0; k < stepping.parameters.size(); ++k) {
      const std::string& name = descent_.parameters[stepping.parameters[k]].name;
      const Expr value = stepping.shape.is_number() ? after.number : after.number.part(k);
      updated_.emplace(*sheet_.quantities.find(name), Figure{value, after.known, after.rounded});
    }
    return row.row();
  }

  [[nodiscard]] bool is_updated(const Array& array) const {
    if (!updates_.contains(array.elements.front())) return false;
    const std::size_t group = descent_.parameters[updates_.at(array.elements.front())].group;
    const UpdateRule& rule = *descent_.groups[group].rule;
    if (rule.solves || rule.is_correction()) return false;
    return std::all_of(array.elements.begin(), array.elements.end(), [&](const std::string& name) {
      const auto found = updates_.find(name);
      return found != updates_.end() && descent_.parameters[found->second].group == group;
    });
  }

  [[nodiscard]] Figure figure(const Coefficient& one) const {
    if (one.written.is(Expr::Kind::number)) return {one.written, true, false};
    return sheet_.figures.of_quantity(*sheet_.quantities.find(one.written.text()));
  }

  /// The differentiated quantity after the step, so that one sees what it was good for.
  Group result_after(const std::string& output) const {
    const Solution& solution = sheet_.solution;
    if (solution.problem.is_hidden(output)) return {};
    if (!solution.after || updated_.size() != solution.updates.size()) return {};
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
  const Descent& descent_;
  std::size_t count_ = 0;
  std::unordered_map<QuantityIndex, Figure> updated_;
  std::unordered_map<std::string, Figure> coefficients_;       // by symbol
  std::unordered_map<std::string_view, std::size_t> updates_;  // by parameter
};

}  // namespace

Section update_section(const SheetContext& sheet) {
  if (sheet.solution.updates.empty()) return {};
  return UpdateRows(sheet).section();
}

}  // namespace chalkgrad
