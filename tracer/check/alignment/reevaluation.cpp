#include "tracer/check/alignment/reevaluation.hpp"

#include <map>

#include "tracer/check/alignment/alignment.hpp"

namespace chalkgrad {

Reevaluation::Reevaluation(const Expr& e, const ValueOfLeaf& value_of) { add(e, value_of); }

/// Parts before the whole, so that a parent has a larger number.
std::size_t Reevaluation::add(const Expr& e, const ValueOfLeaf& value_of) {
  std::vector<std::size_t> parts;
  for (const Term& part : e.parts()) parts.push_back(add(part.expr, value_of));
  const std::size_t number = nodes_.size();
  if (parts.empty()) {
    leaves_.push_back(number);
    nodes_.push_back({.value = e.is(Expr::Kind::number) ? e.value() : value_of(e)});
    return number;
  }
  std::vector<Term> places;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    nodes_[parts[i]].parent = number;
    nodes_[parts[i]].place = i;
    places.push_back({NumberSlot::symbol(i), e.parts()[i].inverted});
  }
  Node node{.expr = with_parts(e, std::move(places)), .parts = std::move(parts)};
  node.value = worked_out(node, {});
  nodes_.push_back(std::move(node));
  return number;
}

double Reevaluation::with(std::span<const std::size_t> leaves, double value) const {
  std::map<std::size_t, Changes> changed;  // by node: what has changed in it, the lowest first
  const auto hand_on = [&](std::size_t number, double moved) {
    changed[nodes_[number].parent].emplace_back(nodes_[number].place, moved);
  };
  for (const std::size_t leaf : leaves) {
    if (leaves_[leaf] + 1 == nodes_.size()) return value;
    hand_on(leaves_[leaf], value);
  }
  while (!changed.empty()) {
    const auto [number, changes] = *changed.begin();
    changed.erase(changed.begin());
    const double moved = worked_out(nodes_[number], changes);
    if (number + 1 == nodes_.size()) return moved;
    hand_on(number, moved);
  }
  return nodes_.back().value;
}

/// The value of a node with some of its parts changed; of a sum, what the others come to is known.
double Reevaluation::worked_out(const Node& node, const Changes& changes) const {
  const auto value_of_part = [&](std::size_t place) {
    for (const auto& [changed, value] : changes)
      if (changed == place) return value;
    return nodes_[node.parts[place]].value;
  };
  if (node.expr.is(Expr::Kind::sum) && !changes.empty()) {
    double total = node.value;
    for (const auto& [place, value] : changes) {
      const double difference = value - nodes_[node.parts[place]].value;
      total += node.expr.parts()[place].inverted ? -difference : difference;
    }
    return total;
  }
  return evaluate(node.expr,
                  [&](const Expr& part) { return value_of_part(*NumberSlot::of(part)); });
}

}  // namespace chalkgrad
