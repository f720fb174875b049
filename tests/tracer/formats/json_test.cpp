#include "tracer/formats/json.hpp"

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "tests/support/problems.hpp"

namespace chalkgrad {
namespace {

using Json = nlohmann::json;

// The true figures: mpmath at 50 digits (published_numbers, section 1).
TEST(Json, HoldsMazursNumbersAtFullPrecision) {
  const Json json = Json::parse(render_json(
      testing::solve_text(testing::file_text(testing::source_path("worked_examples/mazur.chalk")) +
                          "derive E_total wrt all")));
  EXPECT_EQ(json.at("version"), 1);
  EXPECT_EQ(json.at("title"), "A 2-2-2 sigmoid network, one step of gradient descent");
  const std::map<std::string, double> values = {
      {"out_h1", 0.593269992107187}, {"out_h2", 0.596884378259767}, {"net_o1", 1.10590596705977},
      {"out_o1", 0.751365069552316}, {"net_o2", 1.22492140409647},  {"out_o2", 0.772928465321463},
      {"E_o1", 0.274811083176155},   {"E_o2", 0.0235600255838477},  {"E_total", 0.298371108760003}};
  for (const auto& [name, value] : values)
    EXPECT_NEAR(json.at("values").at(name).get<double>() / value, 1, 1e-12) << name;
  const std::map<std::string, double> gradients = {
      {"w1", 0.000438567734474347}, {"w5", 0.0821670405642308},  {"w6", 0.0826676278475333},
      {"w7", -0.0226025404774751},  {"w8", -0.0227402422159782}, {"b1", 0.0187256093947041},
      {"b2", 0.100400325112001}};
  for (const auto& [name, value] : gradients)
    EXPECT_NEAR(json.at("gradients").at("E_total").at(name).get<double>() / value, 1, 1e-12)
        << name;
  const std::map<std::string, double> updates = {
      {"w1", 0.149780716132763}, {"w2", 0.199561432265526}, {"w3", 0.24975114363237},
      {"w4", 0.299502287264739}, {"w5", 0.358916479717885}, {"w6", 0.408666186076233},
      {"w7", 0.511301270238738}, {"w8", 0.561370121107989}};
  for (const auto& [name, value] : updates)
    EXPECT_NEAR(json.at("updates").at(name).get<double>() / value, 1, 1e-12) << name;
  EXPECT_EQ(json.at("updates").size(), 8u);
  for (const Json& expectation : json.at("expectations"))
    EXPECT_EQ(expectation.at("verdict"), "ok") << expectation;
}

TEST(Json, KeepsItsShape) {
  const Json json = Json::parse(render_json(testing::solve_text(
      "input x = 2, u\ny = x^2\nz = y*u\nderive y wrt x\nexpect y = 4.1\nexpect dy/dx = 4")));
  EXPECT_EQ(json.at("values"), Json::parse(R"({"x": 2.0, "u": null, "y": 4.0, "z": null})"));
  EXPECT_EQ(json.at("gradients"), Json::parse(R"({"y": {"x": 4.0}})"));
  EXPECT_EQ(json.at("quantities"), Json::parse(R"([
    {"name": "x", "role": "input", "formula": null, "shown": "2", "tolerance": 0.0001},
    {"name": "u", "role": "input", "formula": null, "shown": null, "tolerance": null},
    {"name": "y", "role": "defined", "formula": "x^2", "shown": "4", "tolerance": 0.0001},
    {"name": "z", "role": "defined", "formula": "y·u", "shown": null, "tolerance": null}])"));
  EXPECT_EQ(json.at("updates"), Json::object());
  EXPECT_EQ(json.at("expectations"), Json::parse(R"([
    {"line": 5, "quantity": "y", "written": "4.1", "value": 4.0, "verdict": "wrong"},
    {"line": 6, "quantity": "dy/dx", "written": "4", "value": 4.0, "verdict": "ok"}])"));
  EXPECT_EQ(json.at("steps"), Json::parse(R"json([{
    "derivative": "∂y/∂x", "of": "y", "wrt": "x", "direct": false, "rule": "local",
    "raw": "2·x^(2 − 1)", "expression": "2·x", "formula": "2·x", "rules": ["power rule"],
    "conventions": [], "uses": [], "value": 4.0}])json"));
}

TEST(Json, HasTheTrainingAndTheStyle) {
  const Solution solution = testing::solve_text(
      "samples x\n1\n3\nweight w = 1\ny = w*x\nE = mean over samples of y^2\nderive E wrt w\n"
      "update w rate 0.01 repeat 2");
  const auto json = nlohmann::json::parse(render_json(solution, {.style = Style::delta}));
  EXPECT_EQ(json.at("version"), 1);
  EXPECT_EQ(json.at("values").at("y[2]"), 3);
  EXPECT_EQ(json.at("training").at("rows").size(), 3u);
  EXPECT_EQ(json.at("training").at("stopped"), "steps");
  EXPECT_EQ(json.at("style"), "delta");
  EXPECT_EQ(json.at("sheet").back().at("heading"), "Training");
  // The textbook's JSON has neither style nor sheet, and its sum rule says the constant.
  const auto textbook = nlohmann::json::parse(render_json(solution));
  EXPECT_FALSE(textbook.contains("sheet"));
  EXPECT_EQ(textbook.at("steps").back().at("scale"), "1/2");
  EXPECT_EQ(textbook.at("steps").back().at("expression"), "1/2·(∂E⁽¹⁾/∂w + ∂E⁽²⁾/∂w)");
}

}  // namespace
}  // namespace chalkgrad
