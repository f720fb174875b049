#include "tracer/render/training_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tracer/render/text.hpp"

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
  if (!training.until) return {"Stopped " + after + ", as asked."};
  const bool change = training.until->what == UpdateStatement::Until::What::change;
  return {"Stopped " + after + ", the most that are done; ", error,
          change ? " still changed by more than " : " is still above ", training.until->limit, "."};
}

Table::Cell number(double value, const Numerals& numerals) {
  return {{Expr::number(value, numerals.show(value).text)}};
}

}  // namespace

Section training_steps(const Training& training, const Numerals& numerals,
                       const TrainingExcerpt& excerpt) {
  Section section;
  Table table;
  const auto& parameters = training.descent.parameters;
  const std::size_t shown = std::min(parameters.size(), excerpt.parameters);
  table.columns.push_back({{std::string("step")}, true});
  table.columns.push_back({{Expr::symbol(training.descent.output)}, true});
  for (std::size_t i = 0; i < shown; ++i)
    table.columns.push_back({{Expr::symbol(parameters[i].name)}, true});
  const bool with_velocities = !parameters.empty() && !parameters.front().velocity.empty();
  for (std::size_t i = 0; i < shown && with_velocities; ++i)
    table.columns.push_back({{Expr::symbol(parameters[i].velocity)}, true});
  const std::size_t distance = row_distance(training.rows.back().step, excerpt.rows);
  for (const TrainingRow& row : training.rows) {
    if (row.step % distance != 0 && &row != &training.rows.back()) continue;
    std::vector<Table::Cell> cells = {{{std::to_string(row.step)}}, number(row.error, numerals)};
    for (std::size_t i = 0; i < shown; ++i) cells.push_back(number(row.parameters[i], numerals));
    for (std::size_t i = 0; i < shown && with_velocities; ++i)
      cells.push_back(number(row.velocities[i], numerals));
    table.rows.push_back(std::move(cells));
  }
  section.parts.emplace_back(std::move(table));
  if (shown < parameters.size())
    section.parts.emplace_back(Note{
        {fmt::format("The other {} parameters are left out here.", parameters.size() - shown)}});
  section.parts.emplace_back(Note{why_it_ended(training)});
  return section;
}

std::string training_text(const Training& training, const Numerals& numerals) {
  return render_text({"", {training_steps(training, numerals, {})}});
}

std::string training_csv(const Training& training) {
  std::string text = "step," + training.descent.output;
  for (const auto& parameter : training.descent.parameters) text += "," + parameter.name;
  text += "\n";
  for (const TrainingRow& row : training.rows) {
    text += fmt::format("{},{}", row.step, row.error);
    for (const double value : row.parameters) text += fmt::format(",{}", value);
    text += "\n";
  }
  return text;
}

std::string training_json(const Training& training) {
  const std::string_view stopped = training.stop == Training::Stop::small_change  ? "change"
                                   : training.stop == Training::Stop::small_error ? "error"
                                   : training.stop == Training::Stop::diverged    ? "diverged"
                                                                                  : "steps";
  nlohmann::ordered_json json = {{"version", 1},
                                 {"output", training.descent.output},
                                 {"steps", training.steps},
                                 {"stopped", stopped},
                                 {"rows", nlohmann::ordered_json::array()}};
  for (const TrainingRow& row : training.rows) {
    nlohmann::ordered_json parameters = nlohmann::ordered_json::object();
    for (std::size_t i = 0; i < row.parameters.size(); ++i)
      parameters[training.descent.parameters[i].name] = row.parameters[i];
    json["rows"].push_back(
        {{"step", row.step}, {"value", row.error}, {"parameters", std::move(parameters)}});
  }
  return json.dump(2) + "\n";
}

}  // namespace chalkgrad
