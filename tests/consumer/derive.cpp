#include <engine/backward.hpp>
#include <tracer/formats/trace.hpp>

using chalkgrad::backward;
using chalkgrad::trace;

int main() {
  chalkgrad::Graph graph;
  auto w = graph.variable("w", 0.5), x = graph.constant("x", 2.0), t = graph.constant("t", 0.8);
  auto y = sigmoid(w * x).named("y");
  auto E = (0.5 * pow(t - y, 2)).named("E");
  auto gradients = backward(E);
  fmt::print("{}\n{}\n", gradients[w], trace(E, w));
  fmt::print("{:latex}\n", trace(E, w));
}
