#include "tracer/render/json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "tracer/expression/printer.hpp"

namespace chalkgrad {

namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

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
  result["rules"] = step.all_rules;
  result["conventions"] = step.conventions;
  result["uses"] = std::move(uses);
  result["value"] = number(step.value);
  return result;
}

}  // namespace

std::string render_json(const Solution& solution) {
  Json json = {{"version", 1}, {"title", solution.problem.title}};
  json["values"] = Json::object();
  for (const Item& item : solution.problem.items)
    json["values"][item.name] =
        number((*solution.quantities)[*solution.quantities->find(item.name)].value);
  json["gradients"] = Json::object();
  for (const auto& [y, row] : solution.gradients)
    for (const auto& [x, value] : row) json["gradients"][y][x] = number(value);
  json["updates"] = Json::object();
  for (const Update& update : solution.updates)
    json["updates"][update.parameter] = number(update.after);
  json["expectations"] = Json::array();
  for (const auto& [expectation, value, verdict] : solution.expectations)
    json["expectations"].push_back({{"line", expectation.place.line},
                                    {"quantity", expectation.title()},
                                    {"written", expectation.written},
                                    {"value", number(value)},
                                    {"verdict", verdict_name(verdict)}});
  json["steps"] = Json::array();
  for (const Step& step : solution.derivation.steps)
    json["steps"].push_back(step_json(solution.derivation, step));
  return json.dump(2) + "\n";
}

}  // namespace chalkgrad
