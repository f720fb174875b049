#include "tracer/sheet/sections/training_section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace chalkgrad {

namespace {

/// The smallest of 1, 2, 5, 10, 20, … with which no more than `most` rows are left.
std::size_t row_distance(std::size_t steps, std::size_t most) {
  for (std::size_t power = 1;; power *= 10)
    for (const std::size_t factor : {1u, 2u, 5u})
      if (steps / (power * factor) <= most) return power * factor;
}

Remark why_it_ended(const Training& training) {
  const std::string after =
      fmt::format("after {} step{}", training.steps, training.steps == 1 ? "" : "s");
  const Expr error = Expr::symbol(training.descent.output);
  switch (training.stop) {
    case Training::Stop::unchanged:
      return {"Stopped " + after + ", because a pass over the samples changed nothing."};
    case Training::Stop::small_change:
      return {"Stopped " + after + ", because ", error, " changed by less than ",
              training.until->limit, "."};
    case Training::Stop::small_error:
      return {"Stopped " + after + ", because ", error, " fell below ", training.until->limit, "."};
    case Training::Stop::diverged:
      return {fmt::format("Diverged in step {}: {}. A smaller rate may help.", training.steps,
                          training.divergence)};
    case Training::Stop::steps: break;
  }
  if (training.until && training.until->what == UpdateStatement::Until::What::unchanged)
    return {"Stopped " + after +
            ", the most that are done; the last pass still changed a parameter."};
  if (!training.until) return {"Stopped " + after + ", as asked."};
  const bool change = training.until->what == UpdateStatement::Until::What::change;
  return {"Stopped " + after + ", the most that are done; ", error,
          change ? " still changed by more than " : " is still above ", training.until->limit, "."};
}

Table::Cell number_cell(double value, const Numerals& numerals) {
  return {{Expr::number(value, numerals.show(value).text)}};
}

void add_note_on_others(Section& section, std::size_t count) {
  if (count == 0) return;
  section.parts.emplace_back(
      Note{{fmt::format("The other {} parameters are left out here.", count)}});
}

constexpr std::size_t most_columns_of_corrections = 14;

/// In the table of the textbooks: what each sample has, Δw and w behind its step.
Table corrections(const Training& training, const Numerals& numerals,
                  const TrainingExcerpt& excerpt) {
  Table table;
  const auto column = [&](const Expr& symbol) { table.columns.push_back({{symbol}, true}); };
  table.columns.push_back({{std::string("step")}, true});
  const std::span parameters(training.descent.parameters.data(),
                             std::min(training.descent.parameters.size(), excerpt.parameters));
  const bool shows_changes =
      training.columns.size() + 2 * parameters.size() < most_columns_of_corrections;
  for (const std::string& name : training.columns) column(Expr::symbol(name));
  for (const Descent::Parameter& one : parameters)
    if (shows_changes) column(Expr::symbol(one.states[0]));
  for (const Descent::Parameter& one : parameters) column(Expr::symbol(one.name));
  for (const TrainingRow& row : training.rows) {
    if (row.step == 0 || (row.step > 2 * excerpt.rows && &row != &training.rows.back())) continue;
    std::vector<Table::Cell> cells = {{{std::to_string(row.step)}}};
    for (const double value : row.sample) cells.push_back(number_cell(value, numerals));
    for (const Descent::Parameter& one : parameters)
      if (shows_changes) cells.push_back(number_cell(row.states[one.first_state], numerals));
    for (std::size_t i = 0; i < parameters.size(); ++i)
      cells.push_back(number_cell(row.parameters[i], numerals));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

}  // namespace

Section training_steps(const Training& training, const Numerals& numerals,
                       const TrainingExcerpt& excerpt) {
  Section section;
  Table table;
  const auto& parameters = training.descent.parameters;
  const std::size_t shown = std::min(parameters.size(), excerpt.parameters);
  if (!training.columns.empty()) {
    section.parts.emplace_back(corrections(training, numerals, excerpt));
    add_note_on_others(section, parameters.size() - shown);
    section.parts.emplace_back(Note{why_it_ended(training)});
    return section;
  }
  table.columns.push_back({{std::string("step")}, true});
  table.columns.push_back({{Expr::symbol(training.descent.output)}, true});
  for (std::size_t i = 0; i < shown; ++i)
    table.columns.push_back({{Expr::symbol(parameters[i].name)}, true});
  // What a method keeps for the next step is shown as well: v of momentum, or m and v of Adam where
  // that leaves the table in a line; what is corrected of them, where there is room for that too.
  constexpr std::size_t most_columns = 9;
  std::size_t with_all = table.columns.size(), with_carried = with_all;
  const auto is_carried = [&](std::size_t i, std::size_t state) {
    return training.descent.group_of(parameters[i]).rule->states[state].is_carried;
  };
  for (std::size_t i = 0; i < shown; ++i)
    for (std::size_t k = 0; k < parameters[i].states.size(); ++k, ++with_all)
      with_carried += is_carried(i, k) ? 1 : 0;
  std::vector<std::size_t> states;
  for (std::size_t i = 0; i < shown; ++i) {
    if (parameters[i].states.size() != 1 && with_carried > most_columns) continue;
    for (std::size_t k = 0; k < parameters[i].states.size(); ++k) {
      if (with_all > most_columns && !is_carried(i, k)) continue;
      states.push_back(parameters[i].first_state + k);
      table.columns.push_back({{Expr::symbol(parameters[i].states[k])}, true});
    }
  }
  const std::size_t distance = row_distance(training.rows.back().step, excerpt.rows);
  for (const TrainingRow& row : training.rows) {
    if (row.step % distance != 0 && &row != &training.rows.back()) continue;
    std::vector<Table::Cell> cells = {{{std::to_string(row.step)}},
                                      number_cell(row.error, numerals)};
    for (std::size_t i = 0; i < shown; ++i)
      cells.push_back(number_cell(row.parameters[i], numerals));
    for (const std::size_t state : states)
      cells.push_back(number_cell(row.states[state], numerals));
    table.rows.push_back(std::move(cells));
  }
  section.parts.emplace_back(std::move(table));
  add_note_on_others(section, parameters.size() - shown);
  section.parts.emplace_back(Note{why_it_ended(training)});
  return section;
}

}  // namespace chalkgrad
