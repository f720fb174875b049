#include "tracer/problem/dependencies.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace chalkgrad {

namespace {

std::vector<std::size_t> needs_of(const Problem& problem, const Item& item) {
  std::vector<std::size_t> needs;
  if (!item.definition) return needs;
  for_each_leaf(*item.definition, [&](const Expr& leaf) {
    const auto found =
        leaf.is(Expr::Kind::symbol) ? problem.index.find(leaf.text()) : problem.index.end();
    if (found != problem.index.end()) needs.push_back(found->second);
  });
  std::sort(needs.begin(), needs.end());
  needs.erase(std::unique(needs.begin(), needs.end()), needs.end());
  return needs;
}

void report_circle(const Problem& problem, std::vector<std::size_t> circle,
                   std::vector<Diagnostic>& errors) {
  // Begin with the definition that stands first in the file, and come back to it.
  std::rotate(circle.begin(), std::min_element(circle.begin(), circle.end()), circle.end());
  circle.push_back(circle.front());
  constexpr std::size_t most = 8;
  std::vector<std::string> names;
  for (const std::size_t i : circle) names.push_back(problem.items[i].name);
  if (names.size() > most) {
    names.erase(names.begin() + most / 2, names.end() - most / 2);
    names.insert(names.begin() + most / 2, "...");
  }
  const Item& first = problem.items[circle.front()];
  errors.push_back({first.place.line, first.place.span,
                    fmt::format("'{}' needs itself: {}", first.name, fmt::join(names, " needs ")),
                    "a definition cannot go in a circle"});
}

}  // namespace

void order_items(Problem& problem, std::vector<Diagnostic>& errors) {
  enum class State { fresh, open, done };
  struct Visit {
    std::size_t item;
    std::vector<std::size_t> needs;
    std::size_t next = 0;
  };
  std::vector<State> state(problem.items.size(), State::fresh);
  for (std::size_t root = 0; root < problem.items.size(); ++root) {
    if (state[root] != State::fresh) continue;
    std::vector<Visit> path = {{root, needs_of(problem, problem.items[root])}};
    state[root] = State::open;
    while (!path.empty()) {
      Visit& visit = path.back();
      if (visit.next == visit.needs.size()) {
        state[visit.item] = State::done;
        problem.order.push_back(visit.item);
        path.pop_back();
        continue;
      }
      const std::size_t need = visit.needs[visit.next++];
      if (state[need] == State::open) {
        std::vector<std::size_t> circle;
        for (const Visit& open : path)
          if (!circle.empty() || open.item == need) circle.push_back(open.item);
        report_circle(problem, std::move(circle), errors);
      } else if (state[need] == State::fresh) {
        state[need] = State::open;
        path.push_back({need, needs_of(problem, problem.items[need])});
      }
    }
  }
}

}  // namespace chalkgrad
