#include <gtest/gtest.h>

#include "tests/support/problems.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/picture/diagram.hpp"

namespace chalkgrad {
namespace {

/// "net_h1|out_h1" for a neuron, "b1*" for an attached node, "w1: i1 -> net_h1|out_h1" for an edge.
std::string name_of(const Diagram& diagram, std::size_t i) {
  const Diagram::Node& node = diagram.nodes[i];
  std::string name = node.sign;
  for (const Caption& caption : node.captions) {
    if (!name.empty()) name += "|";
    name += caption.name;
  }
  return name + (node.attached ? "*" : "");
}

std::string described(const Diagram& diagram) {
  std::string text;
  for (std::size_t i = 0; i < diagram.nodes.size(); ++i) text += name_of(diagram, i) + "\n";
  for (const Diagram::Edge& edge : diagram.edges) {
    for (const Caption& caption : edge.captions) text += caption.name + ": ";
    text += name_of(diagram, edge.from) + " -> " + name_of(diagram, edge.to) + "\n";
  }
  return text;
}

Diagram diagram_of(const std::string& problem, const PictureOptions& options = {}) {
  return make_diagram(testing::solve_text(problem), options);
}

/// Nine units are a box, eight are units; edges to the same box are one, with the array on it.
TEST(NetworkDiagram, ALargeArrayIsABox) {
  const auto layer = [](const std::string& units) {
    return described(diagram_of("input x = [1, 2]\nweight W[" + units +
                                ", 2] = 0\nz = W*x\nh = tanh(z)\nE = sum(h.^2)\nderive E wrt W"));
  };
  EXPECT_EQ(layer("9"),
            "vector of 9|h\nE\nx1\nx2\n"
            "W: x1 -> vector of 9|h\nW: x2 -> vector of 9|h\nvector of 9|h -> E\n");
  EXPECT_EQ(layer("8").find("vector"), std::string::npos);
}

TEST(NetworkDiagram, NetAndOutAreOneNodeAndWeightsAreOnEdges) {
  EXPECT_EQ(described(diagram_of("input x = 2\nweight w = 0.5\nbias b = 1\ntarget t = 0.8\n"
                                 "net = w*x + b\nout = sigmoid(net)\nE = 1/2*(t - out)^2\n"
                                 "derive E wrt w")),
            "net|out\nE\nx\nb*\nt*\n"
            "w: x -> net|out\nb* -> net|out\nt* -> E\nnet|out -> E\n");
}

TEST(NetworkDiagram, ABiasOfAWholeLayerIsDrawnOnce) {
  EXPECT_EQ(described(diagram_of("input x = 2\nweight w = 0.5, v = 1\nbias b = 1\n"
                                 "m = w*x + b\nn = v*x + b\ny = m + n\nderive y wrt w")),
            "m\nn\ny\nx\nb\nw: x -> m\nb -> m\nv: x -> n\nb -> n\nm -> y\nn -> y\n");
}

TEST(NetworkDiagram, SharedWeightsAreOnEachOfTheirEdges) {
  EXPECT_EQ(described(diagram_of("input a = 1, c = 2\nweight w = 0.5, u = 2\nbias b = 0\n"
                                 "h1 = tanh(w*a + b)\nh2 = tanh(w*c + u*h1 + b)\nderive h2 wrt w")),
            "h1\nh2\na\nc\nb*\nb*\nw: a -> h1\nb* -> h1\nw: c -> h2\nb* -> h2\nu: h1 -> h2\n");
}

TEST(NetworkDiagram, AWeightThatIsUsedOtherwiseIsANode) {
  EXPECT_EQ(described(diagram_of("input x = 2\nweight w = 0.5, v = 1\ny = w*x + v*x\nE = y + w^2\n"
                                 "derive E wrt w")),
            "y\nE\nx\nw*\nw*\nv: x -> y\nw* -> y\nw* -> E\ny -> E\n");
}

TEST(NetworkDiagram, ABatchIsDrawnForItsFirstSample) {
  const Diagram diagram = diagram_of(
      "samples x, t\n 1, 2\n 3, 4\nweight w = 0.5\ny = w*x\n"
      "E = mean over samples of (t - y)^2\nderive E wrt w");
  EXPECT_EQ(diagram.remark, "shown for the first of 2 samples");
  EXPECT_EQ(described(diagram),
            "y[1]\nE[1]\nE\nx[1]\nt[1]*\nw: x[1] -> y[1]\ny[1] -> E[1]\n"
            "t[1]* -> E[1]\nE[1] -> E\n");
}

TEST(NetworkDiagram, WhatIsNoNetworkIsACircuit) {
  const Diagram diagram = diagram_of("input x = 2, z = 5\ny = ln(x) + x*z\nderive y wrt x");
  EXPECT_TRUE(diagram.is_circuit);
  EXPECT_EQ(described(diagram),
            "x\nz\nln|\n×|\n+|y\nx -> ln|\nx -> ×|\nz -> ×|\nln| -> +|y\n×| -> +|y\n");
}

TEST(NetworkDiagram, NumbersAreThoseOfTheSheet) {
  // Published figures of Mazur's network, at four digits.
  const Diagram diagram =
      diagram_of(testing::example_text("mazur"), {.values = true, .gradients = true});
  const auto number = [&](const std::string& name, bool gradient) {
    std::vector<Caption> all;
    for (const auto& node : diagram.nodes)
      all.insert(all.end(), node.captions.begin(), node.captions.end());
    for (const auto& edge : diagram.edges)
      all.insert(all.end(), edge.captions.begin(), edge.captions.end());
    for (const Caption& caption : all)
      if (caption.name == name) return print(gradient ? *caption.gradient : *caption.value);
    return std::string("none");
  };
  EXPECT_EQ(number("out_h1", false), "0.5933");
  EXPECT_EQ(number("w5", false), "0.40");
  EXPECT_EQ(number("w5", true), "0.08217");
  EXPECT_EQ(number("out_h1", true), "0.03635");
  EXPECT_EQ(number("net_o1", true), "0.1385");
  EXPECT_EQ(number("b2", true), "0.1004");
}

TEST(NetworkDiagram, KnowsWhatIsDrawnOfEachUse) {
  const Diagram diagram = diagram_of(testing::example_text("mazur"));
  const auto edges = [&](const std::string& of, const std::string& in) {
    const auto use = diagram.uses.find({of, in});
    return use == diagram.uses.end() ? std::vector<std::size_t>{} : use->second.edges;
  };
  EXPECT_EQ(edges("w5", "net_o1"), edges("out_h1", "net_o1"));
  EXPECT_EQ(edges("w5", "net_o1").size(), 1u);
  EXPECT_TRUE(edges("net_o1", "out_o1").empty());
  EXPECT_EQ(diagram.uses.at({"net_o1", "out_o1"}).nodes.size(), 1u);
}

TEST(NetworkDiagram, AnOutlineHasOneNodeForEachLayer) {
  EXPECT_EQ(
      described(make_outline(diagram_of(testing::example_text("mazur")))),
      "2 nodes|i1|i2\n2 nodes|out_h1|out_h2\n2 nodes|out_o1|out_o2\n2 nodes|E_o1|E_o2\n"
      "1 node|E_total\n"
      ": 2 nodes|i1|i2 -> 2 nodes|out_h1|out_h2\n"
      ": 2 nodes|out_h1|out_h2 -> 2 nodes|out_o1|out_o2\n"
      ": 2 nodes|out_o1|out_o2 -> 2 nodes|E_o1|E_o2\n: 2 nodes|E_o1|E_o2 -> 1 node|E_total\n");
}

TEST(Network, NumbersHaveDecimalCommasIfAsked) {
  PictureOptions options{.values = true, .gradients = true};
  options.numerals.decimal_comma = true;
  std::size_t count = 0;
  for (const Diagram::Node& node : diagram_of(testing::example_text("mazur"), options).nodes)
    for (const Caption& caption : node.captions)
      for (const auto& number : {caption.value, caption.gradient}) {
        if (!number) continue;
        EXPECT_EQ(number->text().find('.'), std::string::npos) << number->text();
        ++count;
      }
  EXPECT_GT(count, 10U);
}

}  // namespace
}  // namespace chalkgrad
