#include "tracer/picture/layout.hpp"
#include "tests/support/slow_build.hpp"

#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tests/support/random_network.hpp"
#include "tracer/picture/dot.hpp"
#include "tracer/picture/label_placement.hpp"
#include "tracer/picture/svg.hpp"
#include "tracer/picture/tikz.hpp"

namespace chalkgrad {
namespace {

/// What covers what, in words; empty if all is well.
std::string collisions(const Diagram& diagram, const Layout& layout) {
  std::string found;
  const auto report = [&](const char* what, std::size_t a, std::size_t b) {
    found += std::string(what) + " " + std::to_string(a) + ", " + std::to_string(b) + "\n";
  };
  const auto& [width, height, nodes, signs, edges, labels] = layout;
  for (std::size_t a = 0; a < nodes.size(); ++a) {
    if (nodes[a].left() < 0 || nodes[a].top() < 0 || nodes[a].right() > width ||
        nodes[a].bottom() > height)
      report("outside", a, a);
    for (std::size_t b = 0; b < a; ++b)
      if (nodes[a].meets(nodes[b])) report("nodes", a, b);
    for (std::size_t e = 0; e < edges.size(); ++e) {
      if (labels[e] && labels[e]->meets(nodes[a])) report("label and node", e, a);
      if (diagram.edges[e].from == a || diagram.edges[e].to == a) continue;
      for (std::size_t k = 0; k + 1 < edges[e].size(); ++k)
        if (passes(edges[e][k], edges[e][k + 1], nodes[a])) report("edge and node", e, a);
    }
  }
  for (std::size_t a = 0; a < labels.size(); ++a)
    for (std::size_t b = 0; b < a; ++b)
      if (labels[a] && labels[b] && labels[a]->meets(*labels[b])) report("labels", a, b);
  return found;
}

void expect_legible(const std::string& problem, const PictureOptions& options) {
  const Solution solution = testing::solve_text(problem);
  const Diagram diagram = make_diagram(solution, options);
  if (diagram.nodes.size() > most_nodes) return;
  const Layout layout = lay_out(diagram);
  EXPECT_EQ(collisions(diagram, layout), "") << problem;
  for (std::size_t e = 0; e < diagram.edges.size(); ++e)
    EXPECT_EQ(layout.labels[e].has_value(), !diagram.edges[e].captions.empty());
  const Diagram again = make_diagram(testing::solve_text(problem), options);
  EXPECT_EQ(render_svg(diagram, layout), render_svg(again, lay_out(again)));
}

TEST(Layout, CoversNothingInTheWorkedExamples) {
  for (const std::string& name : testing::worked_examples())
    for (const bool numbers : {false, true})
      for (const bool expanded : {false, true}) {
        SCOPED_TRACE(name);
        expect_legible(testing::example_text(name),
                       {.values = numbers, .gradients = numbers, .expanded = expanded});
      }
}

TEST(Layout, CoversNothingInRandomNetworks) {
  testing::Random random(20261121);
  for (int i = 0; i < testing::rounds(200); ++i) {
    SCOPED_TRACE(i);
    const bool numbers = i % 2 == 0;
    expect_legible(testing::random_network(random), {.values = numbers, .gradients = numbers});
  }
}

TEST(Layout, InputsAreAtTheLeftAndTheErrorAtTheRight) {
  const Diagram diagram = make_diagram(testing::solve_text(testing::example_text("mazur")), {});
  const Layout layout = lay_out(diagram);
  const auto x = [&](const std::string& name) {
    for (std::size_t i = 0; i < diagram.nodes.size(); ++i)
      for (const Caption& caption : diagram.nodes[i].captions)
        if (caption.name == name) return layout.nodes[i].x;
    return -1.0;
  };
  EXPECT_EQ(x("i1"), x("i2"));
  EXPECT_LT(x("i1"), x("net_h1"));
  EXPECT_LT(x("net_h2"), x("net_o1"));
  EXPECT_LT(x("net_o2"), x("E_o1"));
  EXPECT_LT(x("E_o1"), x("E_total"));
  EXPECT_EQ(x("t1"), x("E_o1"));
}

TEST(Layout, LinesPassThroughBoxes) {
  const Box box{10, 10, 4, 4};
  EXPECT_TRUE(passes({0, 10}, {20, 10}, box));
  EXPECT_TRUE(passes({10, 10}, {10.5, 10.5}, box));
  EXPECT_FALSE(passes({0, 0}, {20, 0}, box));
  EXPECT_FALSE(passes({0, 10}, {7, 10}, box));
  EXPECT_TRUE(passes({0, 0}, {20, 20}, box));
  EXPECT_FALSE(passes({0, 16}, {16, 32}, box));
}

TEST(Pictures, EscapeWhatComesFromTheUser) {
  Diagram diagram;
  diagram.nodes.push_back({.captions = {{.name = "<script>alert(\"1\")&'"}}});
  diagram.remark = "a < b & \"c\" \\ {";
  const Layout layout = lay_out(diagram);
  const std::string svg = render_svg(diagram, layout, {.title = "<script>"});
  EXPECT_EQ(svg.find("<script"), std::string::npos) << svg;
  EXPECT_NE(svg.find("a &lt; b &amp; &quot;c&quot;"), std::string::npos);
  EXPECT_NE(render_dot(diagram, layout).find("label=\"a < b & \\\"c\\\" \\\\ {\""),
            std::string::npos);
  EXPECT_NE(render_tikz(diagram, layout).find("a $<$ b \\& ''c'' \\textbackslash{} \\{"),
            std::string::npos);
}

}  // namespace
}  // namespace chalkgrad
