#include "tracer/formats/json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "tracer/expression/printer.hpp"
#include "tracer/formats/training_table.hpp"

namespace chalkgrad {

namespace {

using Json = nlohmann::ordered_json;

Json json_number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json step_json(const Derivation& derivation, const Step& step) {
  Json uses = Json::array();
  for (const Step::Product& product : step.products)
    for (const StepIndex factor : product.factors) uses.push_back(factor);
  const std::string_view rule = step.rule == Rule::local      ? "local"
                                : step.rule == Rule::identity ? "identity"
                                : step.rule == Rule::folded   ? "folded"
                                                              : rule_name(step.rule);
  Json result = {{"derivative", print(step.symbol())},
                 {"of", step.of},
                 {"wrt", step.wrt},
                 {"direct", step.direct},
                 {"rule", rule}};
  if (step.products.empty()) {
    result["raw"] = print(step.raw);
    result["expression"] = print(step.simplified);
  } else {
    result["expression"] = print(derivation.statement(step));
  }
  result["formula"] = print(step.formula);
  if (!step.scale.is_number(1)) result["scale"] = print(step.scale);
  if (step.short_form) result["short_form"] = print(step.short_form->expr);
  result["rules"] = step.all_rules;
  result["conventions"] = step.conventions;
  result["uses"] = std::move(uses);
  result["value"] = json_number(step.value);
  return result;
}

std::string json_words(const Remark& remark) {
  std::string text;
  for (const auto& part : remark) {
    const auto* word = std::get_if<std::string>(&part);
    text += word != nullptr ? *word : print(std::get<Expr>(part));
  }
  return text;
}

/// Rows, tables and notes of a section, each by the key of its kind.
struct PartJson {
  Json operator()(const std::vector<Listing>&) const { return {}; }
  Json operator()(const Note& note) const { return {{"note", json_words(note.words)}}; }
  Json operator()(const Group& group) const {
    Json rows = Json::array();
    for (const Row& row : group) {
      Json sides = Json::array();
      for (const Side& side : row.sides) sides.push_back(print(side.expr));
      rows.push_back(
          {{"left", print(row.left)}, {"sides", std::move(sides)}, {"label", row.label}});
    }
    return {{"rows", std::move(rows)}};
  }
  Json operator()(const Table& table) const {
    Json rows = Json::array();
    for (const auto& row : table.rows) {
      Json cells = Json::array();
      for (const Table::Cell& cell : row) cells.push_back(json_words(cell.content));
      rows.push_back(std::move(cells));
    }
    return {{"table", std::move(rows)}};
  }
};

Json sheet_json(const Sheet& sheet) {
  Json sections = Json::array();
  for (const Section& section : sheet.sections) {
    Json parts = Json::array();
    for (const Part& part : section.parts)
      if (Json one = std::visit(PartJson{}, part); !one.is_null()) parts.push_back(std::move(one));
    sections.push_back({{"heading", section.heading}, {"parts", std::move(parts)}});
  }
  return sections;
}

}  // namespace

std::string render_json(const Solution& solution, const SheetOptions& options) {
  Json json = {{"version", 1}, {"title", solution.problem.title}};
  json["values"] = Json::object();
  for (const Item& item : solution.problem.items)
    json["values"][item.name] =
        json_number((*solution.quantities)[*solution.quantities->find(item.name)].value);
  json["gradients"] = Json::object();
  for (const auto& [y, row] : solution.gradients)
    for (const auto& [x, value] : row) json["gradients"][y][x] = json_number(value);
  json["updates"] = Json::object();
  for (const Update& update : solution.updates)
    json["updates"][update.parameter] = json_number(update.after);
  json["expectations"] = Json::array();
  for (const auto& [expectation, value, verdict] : solution.expectations)
    json["expectations"].push_back({{"line", expectation.place.line},
                                    {"quantity", expectation.title()},
                                    {"written", expectation.written},
                                    {"value", json_number(value)},
                                    {"verdict", verdict_name(verdict)}});
  json["steps"] = Json::array();
  for (const Step& step : solution.derivation.steps)
    json["steps"].push_back(step_json(solution.derivation, step));
  if (solution.training) json["training"] = Json::parse(training_json(*solution.training));
  if (options.style != Style::textbook) {
    json["style"] = row_of(options.style).name;
    json["sheet"] = sheet_json(make_sheet(solution, options));
  }
  return json.dump(2) + "\n";
}

}  // namespace chalkgrad
