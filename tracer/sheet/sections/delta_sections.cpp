#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "tracer/derivation/deltas.hpp"
#include "tracer/sheet/sections/derivation_rows.hpp"
#include "tracer/sheet/sections/sections.hpp"

namespace chalkgrad {

namespace {

Remark conventions_of(const Delta& delta) {
  if (delta.conventions.empty()) return {};
  return {fmt::format("{}", fmt::join(delta.conventions, ", "))};
}

bool is_long(const SheetContext& sheet) {
  return sheet.options.long_way || sheet.options.detail == Detail::full;
}

/// p1 − t1, where ∂y/∂z1 is that.
void add_short_form(const SheetContext& sheet, const std::optional<ShortForm>& form,
                    const Figure& figure, RowBuilder& row, bool with_reason = true) {
  if (!form) return;
  row.side(form->expr, false,
           !with_reason                       ? Remark{}
           : form->certain && !is_long(sheet) ? reason_alone(*form)
                                              : reason_of(*form));
  const auto numbers = sheet.figures.with_figures(form->expr);
  if (!numbers || !form->certain) return;
  const bool rounded = sheet.figures.uses_rounded(form->expr) && sheet.carries_exact();
  row.side(*numbers, rounded).side(figure.number, rounded || figure.rounded);
}

/// What a row of the sweep is shown by.
struct Shown {
  std::optional<ShortForm> form{};
  bool long_way = true;
  bool needed = true;
};

/// Where δ of the net inputs are short, those of the probabilities are not needed.
std::vector<Shown> shown_deltas(const SheetContext& sheet, const DeltaSweep& sweep,
                                ShortForms& forms, QuantityIndex y) {
  std::set<std::string> used;
  const auto use = [&](const Expr& e) {
    for_each_leaf(e, [&](const Expr& leaf) {
      if (leaf.is(Expr::Kind::symbol)) used.insert(leaf.text());
    });
  };
  for (const Delta& gradient : sweep.gradients) use(gradient.expr);
  std::vector<Shown> list(sweep.deltas.size());
  for (std::size_t i = sweep.deltas.size(); i-- > 0;) {
    const Delta& delta = sweep.deltas[i];
    Shown& one = list[i];
    one.form = forms.of_summand(y, delta.quantity, delta.value);
    one.long_way = is_long(sheet) || !one.form || !one.form->certain;
    one.needed = is_long(sheet) || used.contains(delta.name);
    if (one.needed && one.long_way) use(delta.expr);
  }
  return list;
}

std::vector<Section> sections_of(const SheetContext& sheet, const DerivedOutput& output,
                                 bool several, Figures& figures, std::size_t& count) {
  const SheetContext with_deltas{sheet.solution, sheet.quantities, sheet.options, figures};
  const DeltaSweep sweep = delta_sweep(sheet.quantities, output.y, output.xs, several);
  const std::string& y = sheet.quantities[output.y].name;
  ShortForms forms(sheet.quantities);
  Group deltas, gradients;
  std::set<std::string> reasons;
  const std::vector<Shown> shown = shown_deltas(sheet, sweep, forms, output.y);
  for (std::size_t i = 0; i < sweep.deltas.size(); ++i) {
    const Delta& delta = sweep.deltas[i];
    const std::string& q = sheet.quantities[delta.quantity].name;
    if (!shown[i].needed) continue;
    const auto& form = shown[i].form;
    const Figure figure = figures.of_side(shown[i].long_way ? delta.expr : form->expr, delta.value);
    RowBuilder row(with_deltas, Expr::symbol(delta.name), fmt::format("B{}", ++count));
    // The second time it is a line.
    const bool again = !shown[i].long_way && !reasons.insert(form->reason).second;
    if (!again) row.side(Expr::derivative(y, q));
    if (shown[i].long_way) row.derivative_worked_out(delta.expr, figure, conventions_of(delta));
    add_short_form(with_deltas, form, figure, row, !again);
    deltas.push_back(row.row());
    figures.define(delta.name, figure);
  }
  for (std::size_t i = 0; i < output.xs.size(); ++i) {
    const Delta& gradient = sweep.gradients[i];
    const Step& step = sheet.solution.derivation.steps[output.steps[i]];
    const bool is_delta = gradient.expr.is(Expr::Kind::symbol);  // which has shown it
    const auto form = is_delta || step.rule == Rule::independent
                          ? std::nullopt
                          : forms.of_summand(output.y, gradient.quantity, gradient.value);
    const bool long_way = is_long(sheet) || !form || !form->certain;
    const Expr& formula = long_way ? gradient.expr : form->expr;
    const Figure figure = sheet.carries_exact() ? figures.of_step(output.steps[i])
                                                : figures.of_side(formula, gradient.value);
    RowBuilder row(with_deltas, step.symbol(), fmt::format("B{}", ++count));
    if (step.rule == Rule::independent) {
      row.side(0.0, false, {Expr::symbol(step.of), " does not depend on ", Expr::symbol(step.wrt)});
    } else {
      if (long_way) row.derivative_worked_out(gradient.expr, figure, conventions_of(gradient));
      add_short_form(with_deltas, form, figure, row);
    }
    gradients.push_back(row.row());
  }
  std::vector<Section> sections;
  if (!deltas.empty()) {
    sections.push_back({"Reverse sweep", {}});
    sections.back().parts.emplace_back(std::move(deltas));
  }
  sections.push_back({"Derivatives", {}});
  sections.back().parts.emplace_back(std::move(gradients));
  return sections;
}

}  // namespace

std::vector<Section> delta_sections(const SheetContext& sheet) {
  std::vector<Section> sections;
  std::size_t count = 0;
  const std::vector<DerivedOutput> outputs = derived_outputs(sheet);
  for (const DerivedOutput& output : outputs) {
    Figures figures = sheet.figures;  // each output has deltas of its own
    for (Section& section : sections_of(sheet, output, outputs.size() > 1, figures, count))
      sections.push_back(std::move(section));
  }
  return sections;
}

}  // namespace chalkgrad
