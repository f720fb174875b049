#include "tracer/lesson/lesson.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/support/problems.hpp"
#include "tests/support/random_network.hpp"
#include "tests/support/slow_build.hpp"
#include "tracer/expression/printer.hpp"

namespace chalkgrad {
namespace {

struct Prepared {
  Solution solution;
  Sheet sheet;
  Diagram diagram;
  Lesson lesson;
};

Prepared prepare(const std::string& problem, const SheetOptions& options = {}) {
  Prepared all{testing::solve_text(problem), {}, {}, {}};
  all.sheet = make_sheet(all.solution, options);
  all.diagram = make_diagram(all.solution, {.values = true, .gradients = true});
  all.lesson = make_lesson(all.sheet, all.diagram);
  return all;
}

/// "out_h1 to net_o1", of the edges of a path, sorted.
std::string edges_of(const Diagram& diagram, const std::vector<std::size_t>& path) {
  std::set<std::string> names;
  for (const std::size_t e : path) {
    const Diagram::Edge& edge = diagram.edges[e];
    names.insert(diagram.nodes[edge.from].captions.back().name + " to " +
                 diagram.nodes[edge.to].captions.front().name);
  }
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

const LessonStep& step_labelled(const Lesson& lesson, const std::string& label) {
  for (const LessonStep& step : lesson.steps)
    if (step.label == label) return step;
  throw std::runtime_error("no step " + label);
}

TEST(Lesson, EveryLineIsInExactlyOneStep) {
  for (const std::string& example : testing::worked_examples())
    for (const Style style : {Style::textbook, Style::delta, Style::table}) {
      const Prepared all = prepare(testing::example_text(example), {.style = style});
      std::size_t lines = 0;
      for (const Section& section : all.sheet.sections)
        for (const Part& part : section.parts) {
          if (const auto* listings = std::get_if<std::vector<Listing>>(&part)) {
            lines += listings->size();
          } else if (const auto* table = std::get_if<Table>(&part)) {
            lines += table->rows.size();
          } else if (const auto* group = std::get_if<Group>(&part)) {
            for (const Row& row : *group) lines += is_stacked(row) ? row.sides.size() : 1;
          } else {
            ++lines;
          }
        }
      EXPECT_EQ(all.lesson.steps.size(), lines) << example;
      for (std::size_t i = 0; i < all.lesson.steps.size(); ++i)
        EXPECT_EQ(all.lesson.step_at(all.lesson.steps[i].place), i) << example;
    }
}

// The edges are read off the drawing of the network in the tutorial.
TEST(Lesson, TheEdgesAreThoseOfTheFactors) {
  const Prepared all = prepare(testing::example_text("mazur"));
  const auto path = [&](const char* label, std::size_t i = 0) {
    return edges_of(all.diagram, step_labelled(all.lesson, label).focus.paths.at(i));
  };
  EXPECT_EQ(path("A5"), "b2 to net_o1, out_h1 to net_o1, out_h2 to net_o1");
  EXPECT_EQ(path("B2"), "E_o1 to E_total, out_o1 to E_o1");
  EXPECT_EQ(path("B4"), "out_h1 to net_o1") << "the weight w5 stands on this edge";
  EXPECT_EQ(path("B1"), "E_o1 to E_total, out_h1 to net_o1, out_o1 to E_o1");
}

/// What is drawn of all uses of quantities on the way from x up to y, by the transitive closure of
/// the uses; of a direct derivative, of its one use.
std::set<std::size_t> edges_between(const Diagram& diagram, const Expr& factor) {
  std::set<std::string> above = {factor.wrt()}, below = {factor.text()};
  for (std::size_t round = 0; round < diagram.uses.size(); ++round)
    for (const auto& [use, drawn] : diagram.uses) {
      if (above.count(use.first) != 0) above.insert(use.second);
      if (below.count(use.second) != 0) below.insert(use.first);
    }
  std::set<std::size_t> edges;
  for (const auto& [use, drawn] : diagram.uses) {
    const bool is_it = factor.direct()
                           ? use == std::pair(factor.wrt(), factor.text())
                           : above.count(use.first) != 0 && below.count(use.second) != 0;
    if (is_it) edges.insert(drawn.edges.begin(), drawn.edges.end());
  }
  return edges;
}

/// Holds the edges of each derivative's lines against its factors, as the derivation has them.
void expect_edges_of_the_factors(const std::string& problem) {
  const Prepared all = prepare(problem);
  if (all.lesson.picture.nodes.size() != all.diagram.nodes.size()) return;  // an outline
  std::map<std::string, const Step*> derived;
  for (const Step& step : all.solution.derivation.steps) derived[print(step.symbol())] = &step;
  std::size_t compared = 0;
  for (const LessonStep& step : all.lesson.steps) {
    const auto& part = all.sheet.sections[step.place.section].parts[step.place.part];
    const auto* group = std::get_if<Group>(&part);
    if (group == nullptr) continue;
    const Expr& left = (*group)[step.place.row].left;
    if (!left.is(Expr::Kind::derivative) || derived.count(print(left)) == 0) continue;
    std::set<std::size_t> lit;
    for (const auto& path : step.focus.paths) lit.insert(path.begin(), path.end());
    EXPECT_EQ(lit, edges_between(all.diagram, left)) << print(left) << "\n" << problem;
    ++compared;
  }
  EXPECT_GT(compared, 0u) << problem;
}

TEST(Lesson, LightsExactlyWhatTheFactorsPassOver) {
  testing::Random random(20261127);
  for (int i = 0; i < testing::rounds(100); ++i)
    expect_edges_of_the_factors(testing::random_network(random));
  // A direct term, powers in a circuit.
  expect_edges_of_the_factors(
      "input x1 = 1, x2 = 2\nweight w = 0.5\nh = tanh(w*x1)\ny = tanh(h + w*x2)\nderive y wrt w");
  expect_edges_of_the_factors("input x = 3\na = x^2\nb = a^3 + x*a\ny = b*a^2\nderive y wrt x");
}

TEST(Lesson, ADirectTermIsItsOneEdge) {
  const Prepared all = prepare(
      "input x1 = 1, x2 = 2\nweight w = 0.5\nh = tanh(w*x1)\ny = tanh(h + w*x2)\nderive y wrt w");
  const Focus& focus = step_labelled(all.lesson, "B4").focus;
  ASSERT_EQ(focus.paths.size(), 1u);
  EXPECT_EQ(edges_of(all.diagram, focus.paths[0]), "x2 to y");
  EXPECT_TRUE(focus.gradients.empty()) << "that is not the whole derivative";
}

TEST(Lesson, TheOtherSamplesLightWhatTheFirstDoes) {
  const Prepared all = prepare(testing::example_text("xor_batch"));
  EXPECT_EQ(step_labelled(all.lesson, "B3").focus.paths,
            step_labelled(all.lesson, "B6").focus.paths);
  EXPECT_EQ(step_labelled(all.lesson, "B6").sample, 2u);
  EXPECT_EQ(step_labelled(all.lesson, "B1").focus.paths.size(), 1u)
      << "the samples are one picture";
}

TEST(Lesson, AFactorKnowsItsRule) {
  const Prepared all = prepare(testing::example_text("mazur"));
  const auto rule_of = [&](const char* label) {
    const auto& rule = step_labelled(all.lesson, label).rule;
    return rule ? all.lesson.steps[*rule].label : std::string();
  };
  EXPECT_EQ(rule_of("B1"), "");
  EXPECT_EQ(rule_of("B3"), "B1");
  EXPECT_EQ(rule_of("B6"), "B5");
  const std::size_t concluded = all.lesson.step_at(step_labelled(all.lesson, "B5").place) - 1;
  EXPECT_EQ(all.lesson.steps[concluded].rule, all.lesson.steps[concluded - 1].rule);
}

TEST(Lesson, AForkHasItsPathsApart) {
  const Prepared all = prepare(testing::example_text("mazur"));
  const Focus& focus = step_labelled(all.lesson, "B5").focus;
  ASSERT_EQ(focus.paths.size(), 2u);
  EXPECT_EQ(edges_of(all.diagram, focus.paths[0]),
            "E_o1 to E_total, out_h1 to net_o1, out_o1 to E_o1");
  EXPECT_EQ(edges_of(all.diagram, focus.paths[1]),
            "E_o2 to E_total, out_h1 to net_o2, out_o2 to E_o2");
}

TEST(Lesson, NumbersAppearWhereTheyAreWorkedOut) {
  const Prepared all = prepare(testing::example_text("mazur"));
  std::map<std::string, std::size_t> values, gradients;
  for (std::size_t i = 0; i < all.lesson.steps.size(); ++i) {
    for (const std::string& name : all.lesson.steps[i].focus.values) values.try_emplace(name, i);
    for (const std::string& name : all.lesson.steps[i].focus.gradients)
      gradients.try_emplace(name, i);
  }
  EXPECT_EQ(values.at("i1"), 0u);
  const auto step_of = [&](const char* label) {
    return all.lesson.step_at(step_labelled(all.lesson, label).place);
  };
  EXPECT_EQ(values.at("net_h1"), step_of("A1"));
  EXPECT_EQ(values.at("E_total"), step_of("A11"));
  EXPECT_EQ(gradients.at("E_total"), step_of("B1")) << "the way back begins";
  EXPECT_GT(gradients.at("w5"), step_of("B4"));
  EXPECT_LT(gradients.at("w5"), step_of("B5"));
}

TEST(Lesson, ARowOfSamplesShowsItsNumbers) {
  const Prepared all = prepare(
      "samples x, t\n 1, 2\n 3, 4\n\nweight w = 2\nnet = w*x\n"
      "out = sigmoid(net)\nE = mean over samples of (t - out)^2\n"
      "derive E wrt w");
  std::set<std::string> values;
  for (const LessonStep& step : all.lesson.steps)
    values.insert(step.focus.values.begin(), step.focus.values.end());
  EXPECT_EQ(values.count("x[1]"), 1u);
  EXPECT_EQ(values.count("t[1]"), 1u);
  EXPECT_EQ(values.count("x[2]"), 0u) << "the picture is that of the first sample";
}

TEST(Lesson, ATooLargePictureIsAnOutlineWithoutFocus) {
  std::string problem;
  for (int i = 1; i <= 70; ++i) problem += "input x" + std::to_string(i) + " = 1\n";
  problem += "weight w = 2\ny = w*x1";
  for (int i = 2; i <= 70; ++i) problem += " + x" + std::to_string(i);
  const Prepared all = prepare(problem + "\nderive y wrt w");
  EXPECT_LT(all.lesson.picture.nodes.size(), 10u);
  EXPECT_EQ(all.lesson.picture.remark, "an outline: " + std::to_string(all.diagram.nodes.size()) +
                                           " nodes are more than a picture can show");
  for (const LessonStep& step : all.lesson.steps) {
    EXPECT_TRUE(step.focus.paths.empty());
    EXPECT_TRUE(step.focus.values.empty());
  }
}

TEST(Lesson, OfNothingHasNoSteps) {
  const Lesson lesson = make_lesson({}, {});
  EXPECT_TRUE(lesson.steps.empty());
  EXPECT_EQ(lesson.step_at({}), 0u);
}

}  // namespace
}  // namespace chalkgrad
