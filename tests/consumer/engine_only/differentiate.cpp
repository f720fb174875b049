#include <cstdio>
#include <engine/backward.hpp>

int main() {
  chalkgrad::Graph graph;
  const auto x = graph.variable("x", 3);
  std::printf("%g\n", chalkgrad::backward(x * x)[x]);
}
