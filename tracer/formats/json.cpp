#include "tracer/formats/json.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <unordered_map>
#include <utility>

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

/// An object with an entry for each name, in the order of their first. Json itself looks for a name
/// among all entries, which takes as long as there are many.
class NamedEntries {
 public:
  Json& operator[](const std::string& name) {
    const auto [place, is_new] = places_.emplace(name, entries_.size());
    if (is_new) entries_.emplace_back(name, nullptr);
    return entries_.data()[place->second].second;
  }
  /// The entry of a name, or nullptr.
  [[nodiscard]] const Json* find(const std::string& name) const {
    const auto found = places_.find(name);
    return found == places_.end() ? nullptr : &entries_.data()[found->second].second;
  }
  [[nodiscard]] Json take() { return std::move(entries_); }

 private:
  Json::object_t entries_;
  std::unordered_map<std::string, std::size_t> places_;
};

/// Numbers by the names of quantities, and by those of arrays and their elements: W, W[1,2].
class NamedNumbers {
 public:
  explicit NamedNumbers(const Problem& problem) : problem_(problem) {}

  void add(const std::string& name, double value) {
    json_[name] = json_number(value);
    values_[name] = value;
  }

  /// What has been added, with each array of which all elements have been.
  [[nodiscard]] Json with_arrays() {
    for (const Array& array : problem_.arrays)
      if (std::all_of(array.elements.begin(), array.elements.end(),
                      [this](const std::string& name) { return values_.contains(name); }))
        add_array(array);
    for (const Array& array : problem_.arrays) add_elements(array);
    return json_.take();
  }

 private:
  /// Nested lists, row by row.
  void add_array(const Array& array) {
    Json whole = Json::array(), row = Json::array();
    for (std::size_t i = 0; i < array.elements.size(); ++i) {
      const Json number = json_number(values_[array.elements[i]]);
      if (array.shape.is_number()) whole = number;
      if (array.shape.is_vector()) whole.push_back(number);
      if (!array.shape.is_matrix()) continue;
      row.push_back(number);
      if (row.size() == array.shape.columns) whole.push_back(std::exchange(row, Json::array()));
    }
    json_[array.name] = std::move(whole);
  }

  void add_elements(const Array& array) {
    for (std::size_t i = 0; i < array.elements.size(); ++i)
      if (const auto found = values_.find(array.elements[i]); found != values_.end())
        json_[array.element_name(i)] = json_number(found->second);
  }

  const Problem& problem_;
  NamedEntries json_;
  std::unordered_map<std::string, double> values_;
};

/// Of an array that is differentiated: its elements are also called y[1].
void add_gradients_of_arrays(const Solution& solution, NamedEntries& gradients) {
  for (const Array& array : solution.problem.arrays)
    for (std::size_t i = 0; i < array.elements.size(); ++i)
      if (const Json* found = gradients.find(array.elements[i])) {
        Json copy = *found;
        gradients[array.element_name(i)] = std::move(copy);
      }
}

Json gradients_json(const Solution& solution) {
  NamedEntries all;
  for (const auto& [y, row] : solution.gradients) {
    if (solution.problem.auxiliary.contains(y)) continue;
    NamedNumbers gradients(solution.problem);
    for (const auto& [x, value] : row) gradients.add(x, value);
    all[y] = gradients.with_arrays();
  }
  add_gradients_of_arrays(solution, all);
  return all.take();
}

/// The arrays with their shapes, and what their elements are called on the sheet.
Json arrays_json(const Problem& problem) {
  Json arrays = Json::object();
  for (const Array& array : problem.arrays) {
    Json shape = Json::array();
    if (!array.shape.is_number()) shape.push_back(array.shape.rows);
    if (array.shape.is_matrix()) shape.push_back(array.shape.columns);
    arrays[array.name] = {{"shape", std::move(shape)}, {"elements", array.elements}};
  }
  return arrays;
}

/// What each quantity of the file is, how it is defined, and its number as a sheet shows it.
Json quantities_json(const Solution& solution, const Numerals& numerals) {
  Json list = Json::array();
  for (const Item& item : solution.problem.items) {
    if (item.role == Role::function || solution.problem.auxiliary.contains(item.name)) continue;
    const Quantity& quantity = (*solution.quantities)[*solution.quantities->find(item.name)];
    const bool is_known = std::isfinite(quantity.value);
    const Numeral shown = numerals.show(quantity.value, quantity.error);
    list.push_back(
        {{"name", item.name},
         {"role", item.role == Role::defined ? "defined" : std::string(role_name(item.role))},
         {"formula", item.definition ? Json(print(*item.definition)) : Json(nullptr)},
         {"shown", is_known ? Json(shown.text) : Json(nullptr)},
         {"tolerance", is_known ? Json(numerals.unit_of(shown)) : Json(nullptr)}});
  }
  return list;
}

}  // namespace

std::string render_json(const Solution& solution, const SheetOptions& options) {
  const Problem& problem = solution.problem;
  Json json = {{"version", 1}, {"title", problem.title}};
  NamedNumbers values(problem);
  for (const Item& item : problem.items)
    if (item.role != Role::function && !problem.auxiliary.contains(item.name))
      values.add(item.name, (*solution.quantities)[*solution.quantities->find(item.name)].value);
  json["values"] = values.with_arrays();
  json["quantities"] = quantities_json(solution, options.numerals);
  json["gradients"] = gradients_json(solution);
  NamedNumbers updates(problem);
  for (const Update& update : solution.updates) updates.add(update.parameter, update.after);
  json["updates"] = updates.with_arrays();
  if (!problem.arrays.empty()) json["arrays"] = arrays_json(problem);
  json["expectations"] = Json::array();
  for (const auto& [expectation, value, verdict] : solution.expectations)
    json["expectations"].push_back({{"line", expectation.place.line},
                                    {"quantity", expectation.title()},
                                    {"written", expectation.written},
                                    {"value", json_number(value)},
                                    {"verdict", verdict_name(verdict)}});
  json["steps"] = Json::array();
  // Of what only a rule needs, a sheet shows nothing.
  const bool is_shown =
      !solution.derived.empty() || !solution.needed_for_update.empty() || problem.auxiliary.empty();
  for (const Step& step : solution.derivation.steps)
    if (is_shown) json["steps"].push_back(step_json(solution.derivation, step));
  if (solution.training) json["training"] = Json::parse(training_json(*solution.training));
  const Style style = options.style.value_or(default_style(problem));
  if (style != Style::textbook) {
    json["style"] = row_of(style).name;
    json["sheet"] = sheet_json(make_sheet(solution, options));
  }
  return json.dump(2) + "\n";
}

}  // namespace chalkgrad
