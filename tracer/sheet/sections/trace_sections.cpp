#include <fmt/format.h>

#include <algorithm>

#include <cmath>
#include <unordered_map>

#include "tracer/derivation/evaluation_trace.hpp"
#include "tracer/sheet/sections/sections.hpp"

namespace chalkgrad {

namespace {

/// The figures of a trace's lines: the values from the first line to the last, then the derivatives
/// in the order in which they are worked out.
void define_figures(const EvaluationTrace& trace, Mode mode, const SheetContext& sheet,
                    Figures& figures) {
  const auto derivative = [&](const TraceLine& line) {
    if (!line.derivative_name.is(Expr::Kind::symbol)) return;
    figures.define(line.derivative_name.text(),
                   figures.of_side(line.derivative, line.derivative_value));
  };
  for (const TraceLine& line : trace.lines) {
    if (!line.input && !line.quantity.empty() && sheet.carries_exact()) {
      figures.define(line.name, figures.of_quantity(*sheet.quantities.find(line.quantity)));
    } else if (!line.input) {
      figures.define(line.name, figures.of_side(line.expr, {line.value, line.error}));
    }
    if (mode == Mode::forward) derivative(line);
  }
  if (mode == Mode::reverse)
    for (auto line = trace.lines.rbegin(); line != trace.lines.rend(); ++line) derivative(*line);
}

Table::Cell relation_to(const SheetContext& sheet, const Expr& e, bool approximate) {
  return {{e}, sheet.options.approx && approximate ? '~' : '='};
}

Table table_of(const EvaluationTrace& trace, const SheetContext& sheet, const Figures& figures) {
  Table table;
  bool has_names = false;
  for (const TraceLine& line : trace.lines) has_names = has_names || !line.quantity.empty();
  const auto figure_of = [&](const Expr& symbol) { return figures.with_figures(symbol); };
  const std::string derivative = sheet.options.mode == Mode::reverse ? "adjoint" : "tangent";
  table.columns = {{{std::string("value")}}, {}, {}};
  if (has_names) table.columns.emplace_back();
  table.columns.insert(table.columns.end(), {{{derivative}}, {}, {}});
  for (const TraceLine& line : trace.lines) {
    const Expr name = Expr::symbol(line.name);
    std::vector<Table::Cell> row = {{{name}}};
    const auto value = figure_of(name);
    const bool rounded = figures.uses_rounded(name);
    row.push_back(line.input ? Table::Cell{} : relation_to(sheet, line.expr, false));
    row.push_back(value ? relation_to(sheet, *value, rounded) : Table::Cell{});
    if (has_names)
      row.push_back(line.quantity.empty() ? Table::Cell{}
                                          : Table::Cell{{Expr::symbol(line.quantity)}});
    if (line.derivative_name.is(Expr::Kind::symbol)) {
      const auto number = figure_of(line.derivative_name);
      row.push_back({{line.derivative_name}});
      const bool is_number = number && line.derivative.is(Expr::Kind::number);
      row.push_back(is_number ? Table::Cell{} : relation_to(sheet, line.derivative, false));
      row.push_back(number ? relation_to(sheet, *number, figures.uses_rounded(line.derivative_name))
                           : Table::Cell{});
    } else {
      row.insert(row.end(), 3, Table::Cell{});
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// The lines of the quantities that have one, by name.
using LinesByName = std::unordered_map<std::string_view, const TraceLine*>;

LinesByName lines_by_name(const EvaluationTrace& trace) {
  LinesByName lines;
  for (const TraceLine& line : trace.lines) lines[line.input ? line.name : line.quantity] = &line;
  return lines;
}

/// ∂y/∂x = x̄ = 5.5, for a derivative that can be read off the table.
Row result_row(const EvaluationTrace& trace, const LinesByName& lines, const SheetContext& sheet,
               const Figures& figures, StepIndex index) {
  const Step& step = sheet.solution.derivation.steps[index];
  RowBuilder row(sheet, step.symbol());
  if (step.rule == Rule::independent)
    return row
        .side(0.0, false, {Expr::symbol(step.of), " does not depend on ", Expr::symbol(step.wrt)})
        .row();
  const auto named = lines.find(step.wrt);
  const TraceLine* found = sheet.options.mode == Mode::forward ? &trace.lines.back()
                           : named == lines.end()              ? nullptr
                                                               : named->second;
  if (found == nullptr) return row.row();
  row.side(found->derivative_name);
  const Figure exact = figures.of_step(index);
  const Figure shown = sheet.carries_exact()
                           ? exact
                           : figures.of_side(found->derivative_name, found->derivative_value);
  if (exact.known) row.side(shown.number, shown.rounded);
  return row.row();
}

void add(std::vector<Section>& sections, const EvaluationTrace& trace, const SheetContext& sheet,
         const std::vector<StepIndex>& steps, const std::string& heading) {
  Figures figures = sheet.figures;
  define_figures(trace, sheet.options.mode, sheet, figures);
  const SheetContext with_lines{sheet.solution, sheet.quantities, sheet.options, figures};
  Section section{.heading = heading};
  section.parts.emplace_back(table_of(trace, with_lines, figures));
  if (sheet.options.mode == Mode::reverse)
    section.parts.emplace_back(Note{
        {"The values are worked out from the first line to the last, the adjoints from the last "
         "to the first."}});
  Group group;
  const LinesByName lines = lines_by_name(trace);
  for (const StepIndex index : steps)
    group.push_back(result_row(trace, lines, with_lines, figures, index));
  section.parts.emplace_back(std::move(group));
  sections.push_back(std::move(section));
}

}  // namespace

std::vector<Section> trace_sections(const SheetContext& sheet) {
  std::vector<Section> sections;
  std::size_t lines = 0;  // a name stands for one line of the sheet
  for (const DerivedOutput& output : derived_outputs(sheet)) {
    const std::string& y = sheet.quantities[output.y].name;
    if (sheet.options.mode == Mode::reverse) {
      const EvaluationTrace trace = reverse_trace(sheet.quantities, output.y, output.xs, lines);
      add(sections, trace, sheet, output.steps, fmt::format("Forward and reverse trace of {}", y));
      lines += static_cast<std::size_t>(std::count_if(
          trace.lines.begin(), trace.lines.end(), [](const TraceLine& one) { return !one.input; }));
      continue;
    }
    constexpr std::size_t most_traces = 100;
    if (output.xs.size() > most_traces)
      throw SheetTooLong(fmt::format(
          "--mode forward: a trace for each of {} variables is too long; name some of them "
          "with --wrt",
          output.xs.size()));
    for (std::size_t i = 0; i < output.xs.size(); ++i)
      add(sections, forward_trace(sheet.quantities, output.y, output.xs[i]), sheet,
          {output.steps[i]},
          fmt::format("Forward trace of {} with tangents for {}", y,
                      sheet.quantities[output.xs[i]].name));
  }
  return sections;
}

}  // namespace chalkgrad
