#include "tracer/formats/training_table.hpp"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "tracer/formats/text.hpp"
#include "tracer/sheet/sections/training_section.hpp"

namespace chalkgrad {

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

std::span<const TrainingFormat> training_formats() {
  static constexpr std::array table = {
      TrainingFormat{"text", ".txt", training_text},
      TrainingFormat{
          "csv", ".csv",
          [](const Training& training, const Numerals&) { return training_csv(training); }},
      TrainingFormat{"json", ".json", [](const Training& training, const Numerals&) {
                       return training_json(training);
                     }}};
  return table;
}

}  // namespace chalkgrad
