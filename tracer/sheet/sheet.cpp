#include "tracer/sheet/sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_map>

#include "engine/ops.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/sheet/commas.hpp"
#include "tracer/sheet/exact_figures.hpp"
#include "tracer/sheet/sections/array_rows.hpp"
#include "tracer/sheet/sections/decided_reason.hpp"
#include "tracer/sheet/sections/derivation_rows.hpp"
#include "tracer/sheet/sections/sections.hpp"
#include "tracer/sheet/sections/training_section.hpp"

namespace chalkgrad {

namespace {

bool calls_threshold(const Expr& e) {
  if (e.is(Expr::Kind::call) && description_of(e.op()).is_threshold) return true;
  return std::any_of(e.parts().begin(), e.parts().end(),
                     [](const Term& part) { return calls_threshold(part.expr); });
}

/// That nothing is derived through stop(…), where the problem has it.
std::optional<Note> note_on_constants(const SheetContext& sheet) {
  const Graph& graph = *sheet.solution.evaluation.graph;
  // A rule's own formulas, which have it, are not on the sheet.
  if (!sheet.solution.problem.auxiliary.empty()) return std::nullopt;
  for (NodeId id = 1; id <= graph.size(); ++id)
    if (description_of(graph.op(id)).is_constant)
      return Note{
          {"What stands in stop(…) is treated as a constant: nothing is derived through it."}};
  return std::nullopt;
}

/// Why there is nothing to learn through a threshold, where a derivative goes through one.
std::optional<Note> note_on_thresholds(const SheetContext& sheet) {
  std::vector<bool> seen(sheet.quantities.size());
  for (const Step& step : sheet.solution.derivation.steps) {
    const auto i = sheet.quantities.find(step.of);
    if (step.rule != Rule::local || !i || sheet.quantities[*i].given || seen[*i]) continue;
    seen[*i] = true;
    if (!calls_threshold(sheet.quantities.definition(*i))) continue;
    return Note{
        {"A threshold is flat on both sides of its jump: its derivative is 0 wherever it "
         "exists, and at the jump there is none. A small change of a weight changes nothing "
         "behind it, so gradient descent cannot train a network through a threshold."}};
  }
  return std::nullopt;
}

}  // namespace

bool has_several_remarks(const Row& row) {
  return std::count_if(row.sides.begin(), row.sides.end(),
                       [](const Side& side) { return !side.remark.empty(); }) > 1;
}

RowBuilder::RowBuilder(const SheetContext& sheet, Expr left, std::string label)
    : sheet_(sheet), row_{.left = std::move(left), .label = std::move(label)} {}

RowBuilder& RowBuilder::side(const Expr& e, bool approximate, Remark remark) {
  const bool repeats = !row_.sides.empty() && print(row_.sides.back().expr) == print(e);
  if (!repeats)
    row_.sides.push_back({.expr = e, .approximate = sheet_.options.approx && approximate});
  if (row_.sides.back().remark.empty()) row_.sides.back().remark = std::move(remark);
  return *this;
}

RowBuilder& RowBuilder::remark(Remark remark) {
  if (!row_.sides.empty() && row_.sides.back().remark.empty())
    row_.sides.back().remark = std::move(remark);
  return *this;
}

RowBuilder& RowBuilder::worked_out(const Expr& e, const Figure& figure, Remark remark) {
  side(e, false, std::move(remark));
  return worked_out_in_numbers(e, figure);
}

RowBuilder& RowBuilder::derivative_worked_out(const Expr& e, const Figure& figure, Remark remark) {
  const auto decided = figure.known ? decided_by(sheet_.figures, e) : std::optional<DecidedCases>();
  if (!decided) return worked_out(e, figure, std::move(remark));
  if (sheet_.options.detail == Detail::full) side(e);
  if (remark.empty()) remark = reason_of(*decided, sheet_.figures);
  side(decided->expr, false, std::move(remark));
  row_.sides.back().of_case = OfCase::formula;
  return worked_out_in_numbers(decided->expr, figure);
}

/// Of a definition by cases the one that holds is worked out, with the reason.
RowBuilder& RowBuilder::worked_out_in_numbers(const Expr& e, const Figure& figure) {
  if (!figure.known) return *this;
  const auto decided = decided_by(sheet_.figures, e);
  const Expr& formula = decided ? decided->expr : e;
  const std::size_t first = row_.sides.size();
  const bool rounded = sheet_.figures.uses_rounded(formula) && sheet_.carries_exact();
  if (const auto numbers = sheet_.figures.with_figures(formula, {figure.number.value(), 0});
      numbers && sheet_.options.detail != Detail::brief)
    side(*numbers, rounded);
  if (decided) {
    remark(reason_of(*decided, sheet_.figures));
    if (row_.sides.size() > first) row_.sides.back().of_case = OfCase::numbers;
  }
  return side(figure.number, rounded || figure.rounded);
}

std::vector<StepIndex> derived_steps(const Solution& solution) {
  std::vector<StepIndex> steps = solution.derived;
  steps.insert(steps.end(), solution.needed_for_update.begin(), solution.needed_for_update.end());
  return steps;
}

std::vector<DerivedOutput> derived_outputs(const SheetContext& sheet) {
  std::vector<DerivedOutput> outputs;
  std::unordered_map<QuantityIndex, std::size_t> place;
  for (const StepIndex index : derived_steps(sheet.solution)) {
    const Step& step = sheet.solution.derivation.steps[index];
    const QuantityIndex y = *sheet.quantities.find(step.of);
    const auto [known, added] = place.try_emplace(y, outputs.size());
    if (added) outputs.push_back({y, {}, {}});
    outputs[known->second].xs.push_back(*sheet.quantities.find(step.wrt));
    outputs[known->second].steps.push_back(index);
  }
  return outputs;
}

std::vector<Section> textbook_sections(const SheetContext& sheet) {
  const Solution& solution = sheet.solution;
  DerivationRows rows(sheet.derivation(), sheet.figures, sheet.options);
  const bool full = sheet.options.detail == Detail::full;
  const bool brief = sheet.options.detail == Detail::brief;
  const std::vector<StepIndex> roots = full ? derived_steps(solution) : solution.derived;
  std::vector<Section> sections;
  Section section{.heading = "Derivatives"};
  if (brief) {
    if (Group group = rows.in_brief(roots, false); !group.empty())
      section.parts.emplace_back(std::move(group));
  } else if (!roots.empty()) {
    for (Group& group : rows.in_full(roots)) section.parts.emplace_back(std::move(group));
  }
  sections.push_back(std::move(section));
  if (full || solution.needed_for_update.empty()) return sections;
  Section others{.heading = solution.derived.empty() ? "Derivatives"
                                                     : "The other derivatives, in the same way"};
  if (Group group = rows.in_brief(solution.needed_for_update, !brief); !group.empty())
    others.parts.emplace_back(std::move(group));
  sections.push_back(std::move(others));
  return sections;
}

namespace {

/// Where figures are carried, the update goes on from what these sections have ended in.
void take_conclusions(const std::vector<Section>& sections, const Solution& solution,
                      Figures& figures) {
  std::map<std::pair<std::string_view, std::string_view>, StepIndex> updated;  // by symbol
  for (const Update& one : solution.updates) {
    const Step& step = solution.derivation.steps[one.gradient];
    if (!step.direct) updated.try_emplace({step.of, step.wrt}, one.gradient);
  }
  std::map<std::string_view, const Array*> arrays;
  for (const Array& array : solution.problem.arrays) arrays[array.shown] = &array;
  for (const Section& section : sections) {
    for (const Part& part : section.parts) {
      const auto* group = std::get_if<Group>(&part);
      if (group == nullptr) continue;
      for (const Row& row : *group) {
        if (!row.left.is(Expr::Kind::derivative) || row.left.direct() || row.sides.empty())
          continue;
        const Expr& last = row.sides.back().expr;
        if (const auto array = arrays.find(row.left.wrt());
            array != arrays.end() && last.is(Expr::Kind::matrix)) {
          for (std::size_t k = 0; k < last.parts().size(); ++k)
            if (const auto one = updated.find({row.left.text(), array->second->elements[k]});
                one != updated.end())
              figures.conclude(one->second, last.part(k));
          continue;
        }
        const auto step = updated.find({row.left.text(), row.left.wrt()});
        if (step != updated.end() && last.is(Expr::Kind::number))
          figures.conclude(step->second, last);
      }
    }
  }
}

}  // namespace

Sheet make_sheet(const Solution& solution, const SheetOptions& options) {
  const bool in_short =
      !options.long_way && options.detail != Detail::full && solution.derivation.has_short_forms();
  const Derivation shown = in_short ? solution.derivation.in_short() : Derivation();
  Numerals numerals = options.numerals;
  numerals.keeps_values = options.exact;
  Figures figures(*solution.quantities, in_short ? shown : solution.derivation, numerals);
  const SheetContext context{solution, *solution.quantities, options, figures,
                             in_short ? &shown : nullptr};
  for (const Array& array : solution.problem.arrays)
    if (!array.shape.is_number()) figures.define(array.shown, figure_of_array(context, array));
  for (const Array& part : solution.problem.array_parts)
    figures.define(part.shown, figure_of_array(context, part));
  Sheet sheet{.title = solution.problem.title};
  const auto add = [&](Section section) {
    if (!section.parts.empty()) sheet.sections.push_back(std::move(section));
  };
  add(given_section(context));
  add(forward_section(context));
  if (!derived_steps(solution).empty()) {
    std::vector<Section> sections = row_of(context.style()).derivatives(context);
    if (!context.carries_exact()) take_conclusions(sections, solution, figures);
    for (Section& section : sections) add(std::move(section));
    for (auto& note : {note_on_constants(context), note_on_thresholds(context)})
      if (note) sheet.sections.back().parts.emplace_back(*note);
  }
  add(update_section(context));
  if (solution.training) {
    // A larger table is not read; `chalkgrad train` writes it.
    Section training =
        training_steps(*solution.training, options.numerals, {.rows = 20, .parameters = 24});
    training.heading = "Training";
    add(std::move(training));
  }
  if (options.exact)
    sheet = with_exact_figures(std::move(sheet), solution, in_short ? shown : solution.derivation);
  if (options.numerals.decimal_comma) return with_decimal_commas(std::move(sheet));
  return sheet;
}

Sheet make_derivation_sheet(const Quantities& quantities, const Derivation& derivation,
                            const SheetOptions& options) {
  const Figures figures(quantities, derivation, options.numerals);
  Sheet sheet;
  Section section;
  Group names;
  for (QuantityIndex i = 0; i < quantities.size(); ++i) {
    if (!quantities[i].automatic || quantities[i].given) continue;
    Row row{.left = Expr::symbol(quantities[i].name), .sides = {{quantities.definition(i)}}};
    if (figures.of_quantity(i).known) row.sides.push_back({figures.of_quantity(i).number});
    names.push_back(std::move(row));
  }
  if (!names.empty()) section.parts.emplace_back(std::move(names));
  DerivationRows rows(derivation, figures, options);
  if (options.detail == Detail::brief) {
    section.parts.emplace_back(rows.in_brief(derivation.requested, false));
  } else {
    for (Group& group : rows.in_full(derivation.requested))
      section.parts.emplace_back(std::move(group));
  }
  sheet.sections.push_back(std::move(section));
  return sheet;
}

}  // namespace chalkgrad
