#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "tracer/derivation/deltas.hpp"
#include "tracer/sheet/sections/derivation_rows.hpp"
#include "tracer/sheet/sections/sections.hpp"

namespace chalkgrad {

namespace {

Remark conventions_of(const Delta& delta) {
  if (delta.conventions.empty()) return {};
  return {fmt::format("{}", fmt::join(delta.conventions, ", "))};
}

/// p1 − t1, where ∂y/∂z1 is that.
void add_short_form(const SheetContext& sheet, ShortForms& forms, QuantityIndex y,
                    const Delta& delta, RowBuilder& row) {
  const auto form = forms.of_summand(y, delta.quantity, delta.value);
  if (!form) return;
  row.side(form->expr, false, reason_of(*form));
  const auto numbers = sheet.figures.with_figures(form->expr);
  if (!numbers || !form->certain) return;
  const Figure figure = sheet.figures.show(delta.value);
  const bool rounded = sheet.figures.uses_rounded(form->expr) && sheet.carries_exact();
  row.side(*numbers, rounded).side(figure.number, rounded || figure.rounded);
}

std::vector<Section> sections_of(const SheetContext& sheet, const DerivedOutput& output,
                                 bool several, Figures& figures, std::size_t& count) {
  const SheetContext with_deltas{sheet.solution, sheet.quantities, sheet.options, figures};
  const DeltaSweep sweep = delta_sweep(sheet.quantities, output.y, output.xs, several);
  const std::string& y = sheet.quantities[output.y].name;
  ShortForms forms(sheet.quantities);
  Group deltas, gradients;
  for (const Delta& delta : sweep.deltas) {
    const std::string& q = sheet.quantities[delta.quantity].name;
    const Figure figure = figures.of_side(delta.expr, delta.value);
    RowBuilder row(with_deltas, Expr::symbol(delta.name), fmt::format("B{}", ++count));
    row.side(Expr::derivative(y, q))
        .derivative_worked_out(delta.expr, figure, conventions_of(delta));
    add_short_form(with_deltas, forms, output.y, delta, row);
    deltas.push_back(row.row());
    figures.define(delta.name, figure);
  }
  for (std::size_t i = 0; i < output.xs.size(); ++i) {
    const Delta& gradient = sweep.gradients[i];
    const Step& step = sheet.solution.derivation.steps[output.steps[i]];
    const Figure figure = sheet.carries_exact() ? figures.of_step(output.steps[i])
                                                : figures.of_side(gradient.expr, gradient.value);
    RowBuilder row(with_deltas, step.symbol(), fmt::format("B{}", ++count));
    if (step.rule == Rule::independent) {
      row.side(0.0, false, {Expr::symbol(step.of), " does not depend on ", Expr::symbol(step.wrt)});
    } else {
      row.derivative_worked_out(gradient.expr, figure, conventions_of(gradient));
      const bool is_delta = gradient.expr.is(Expr::Kind::symbol);  // which has shown it
      if (!is_delta) add_short_form(with_deltas, forms, output.y, gradient, row);
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
