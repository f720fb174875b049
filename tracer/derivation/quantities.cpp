#include "tracer/derivation/quantities.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <map>

#include "engine/ops.hpp"

namespace chalkgrad {

namespace {

/// Definitions that nest deeper are cut with an automatic name.
constexpr int deepest_tree = 60;

bool is_sum(Op op) { return op == Op::add || op == Op::subtract; }
bool is_product(Op op) { return op == Op::multiply || op == Op::divide; }

/// Whether the left operand of an `upper` node that is a `lower` node continues the same list.
bool continues(Op upper, Op lower) {
  return (is_sum(upper) && is_sum(lower)) || (is_product(upper) && is_product(lower));
}

/// when(c, a) + unless(c, b) are the two cases of one definition: (a if c > 0, else b).
void join_cases(std::vector<Term>& terms) {
  const auto is_call = [](const Term& term, Op op) {
    return !term.inverted && term.expr.is(Expr::Kind::call) && term.expr.op() == op;
  };
  for (std::size_t i = 0; i + 1 < terms.size(); ++i) {
    const Expr &one = terms[i].expr, &other = terms[i + 1].expr;
    const bool positive_first = is_call(terms[i], Op::when) && is_call(terms[i + 1], Op::unless);
    const bool negative_first = is_call(terms[i], Op::unless) && is_call(terms[i + 1], Op::when);
    if ((!positive_first && !negative_first) || !(one.part(0) == other.part(0))) continue;
    const auto [left, right] = sides_of_condition(one.part(0));
    // The case that was written first has the sign of equality in its condition if it is unless.
    const Expr joined = positive_first
                            ? Expr::cases(left, right, one.part(1), other.part(1), other.part(1))
                            : Expr::cases(right, left, one.part(1), one.part(1), other.part(1));
    terms[i] = {joined, false};
    terms.erase(terms.begin() + static_cast<long>(i) + 1);
  }
}

std::vector<bool> reachable(const Graph& graph, std::span<const NodeId> outputs) {
  NodeId last = 0;
  for (const NodeId output : outputs) last = std::max(last, output);
  std::vector<bool> reached(last + std::size_t{1});
  for (const NodeId output : outputs) reached[output] = true;
  for (NodeId id = last; id > 0; --id) {
    if (!reached[id]) continue;
    for (const NodeId operand : graph.node(id).operands()) reached[operand] = true;
  }
  reached[0] = false;
  return reached;
}

}  // namespace

Quantities::Quantities(const Graph& graph, std::span<const NodeId> outputs, Spellings spellings)
    : graph_(graph), spellings_(std::move(spellings)) {
  const std::vector<bool> reached = reachable(graph, outputs);
  find_repetitions(reached);
  name_shared_nodes(reached, outputs);
  by_node_.assign(reached.size(), none);
  for (QuantityIndex i = 0; i < list_.size(); ++i) {
    by_node_[list_[i].node] = i;
    by_name_.emplace(list_[i].name, i);
    symbols_.push_back(Expr::symbol(list_[i].name));
  }
  for (const auto& [node, named] : repeats_) by_node_[node] = by_node_[named];
  use_.resize(reached.size());
  for (QuantityIndex i = 0; i < list_.size(); ++i) {
    collect_operands(i);
    for (const QuantityIndex operand : list_[i].operands) list_[operand].users.push_back(i);
  }
  find_runs_of_sums();
}

/// Value numbering: nodes with the same operation on the same operands get the same number, which
/// is the id of the first of them. A node without a name repeats the named one before it that has
/// its number.
void Quantities::find_repetitions(const std::vector<bool>& reached) {
  using Key = std::array<std::uint64_t, 3>;
  std::map<Key, NodeId> first;
  std::vector<NodeId> number(reached.size());
  std::unordered_map<NodeId, NodeId> named;
  for (NodeId id = 1; id < reached.size(); ++id) {
    number[id] = id;
    if (!reached[id]) continue;
    const Node& node = graph_.node(id);
    const bool has_name = !graph_.name(id).empty();
    const auto op = static_cast<std::uint64_t>(graph_.op(id));
    if (!is_operation(graph_.op(id))) {
      if (!has_name)
        number[id] =
            first.try_emplace(Key{op, std::bit_cast<std::uint64_t>(node.value)}, id).first->second;
      continue;
    }
    const Key key = {op, number[node.operand(0)], number[node.operand(1)]};
    number[id] = first.try_emplace(key, id).first->second;
    const auto known = named.find(number[id]);
    if (has_name) {
      named.emplace(number[id], id);
      number[id] = id;  // another name is another quantity
      named.emplace(id, id);
    } else if (known != named.end()) {
      repeats_.emplace(id, known->second);
      number[id] = known->second;
    }
  }
}

void Quantities::name_shared_nodes(const std::vector<bool>& reached,
                                   std::span<const NodeId> outputs) {
  std::vector<std::uint8_t> uses(reached.size()), depth(reached.size());
  const auto use = [&](NodeId id) {
    uses[id] = static_cast<std::uint8_t>(std::min(2, uses[id] + 1));
  };
  for (NodeId id = 1; id < reached.size(); ++id) {
    if (!reached[id] || repeats_.contains(id)) continue;
    for (const NodeId operand : graph_.node(id).operands()) use(operand);
  }
  std::vector<bool> is_output(reached.size());
  for (const NodeId output : outputs) is_output[output] = true;
  RoundingErrors errors(graph_);
  std::size_t count = 0;
  const auto next_name = [&] {
    std::string name;
    do {
      name = "v" + std::to_string(++count);
    } while (graph_.find(name) != 0);
    return name;
  };
  for (NodeId id = 1; id < reached.size(); ++id) {
    if (!reached[id] || repeats_.contains(id)) continue;
    const Node& node = graph_.node(id);
    const Op op = graph_.op(id);
    int nesting = 0;
    for (int i = 0; i < 2; ++i) {
      const NodeId operand = node.operand(i);
      const int step = i == 0 && operand != 0 && continues(op, graph_.op(operand)) ? 0 : 1;
      nesting = std::max(nesting, depth[operand] + step);
    }
    const std::string_view name = graph_.name(id);
    const bool shared = is_operation(op) && (uses[id] > 1 || nesting > deepest_tree);
    const bool automatic = name.empty() && (is_output[id] || shared);
    depth[id] = static_cast<std::uint8_t>(nesting);
    if (name.empty() && !automatic) continue;
    depth[id] = 0;
    const auto spelling = spellings_.find(id);
    list_.push_back({.node = id,
                     .name = automatic ? next_name() : std::string(name),
                     .automatic = automatic,
                     .given = !is_operation(op),
                     .value = node.value,
                     .error = errors.of(id),
                     .spelling = spelling == spellings_.end() ? "" : spelling->second});
  }
}

void Quantities::collect_operands(QuantityIndex i) {
  // The nodes of the definition, found without recursion: a sum may have a million terms.
  auto& operands = list_[i].operands;
  auto& occurrences = list_[i].occurrences;
  std::vector<NodeId> waiting = {list_[i].node};
  while (!waiting.empty()) {
    const NodeId user = waiting.back();
    waiting.pop_back();
    // What is treated as a constant has no operands: no path goes through it.
    if (description_of(graph_.op(user)).is_constant) continue;
    for (int k = 0; k < 2; ++k) {
      const NodeId node = graph_.node(user).operand(k);
      if (node == 0) continue;
      if (const auto quantity = quantity_at(node)) {
        occurrences.emplace_back(*quantity, Use{user, k});
      } else {
        use_[node] = {user, k};
        waiting.push_back(node);
      }
    }
  }
  std::sort(occurrences.begin(), occurrences.end());
  for (const auto& [quantity, use] : occurrences)
    if (operands.empty() || operands.back() != quantity) operands.push_back(quantity);
}

void Quantities::find_runs_of_sums() {
  end_of_sum_.resize(use_.size());
  other_of_sum_.resize(use_.size());
  for (auto id = static_cast<NodeId>(use_.size()); id-- > 0;) {
    const auto [user, operand] = use_[id];
    const bool goes_on =
        user != 0 && operand == 0 && is_sum(graph_.op(id)) && is_sum(graph_.op(user));
    const NodeId end = goes_on ? end_of_sum_[user] : id;
    end_of_sum_[id] = end;
    if (other_of_sum_[end] == 0 && graph_.op(id) != graph_.op(end)) other_of_sum_[end] = id;
  }
}

std::optional<QuantityIndex> Quantities::find(std::string_view name) const {
  const auto found = by_name_.find(std::string(name));
  return found == by_name_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<QuantityIndex> Quantities::quantity_at(NodeId node) const {
  const bool known = node < by_node_.size() && by_node_[node] != none;
  return known ? std::optional(by_node_[node]) : std::nullopt;
}

Expr Quantities::definition(QuantityIndex i) const {
  return list_[i].given ? symbols_[i] : read_operation(list_[i].node);
}

Expr Quantities::read(NodeId node) const {
  if (const auto quantity = quantity_at(node)) return symbols_[*quantity];
  if (is_operation(graph_.op(node))) return read_operation(node);
  const double value = graph_.node(node).value;
  const auto spelling = spellings_.find(node);
  return spelling == spellings_.end() ? Expr(value) : Expr::number(value, spelling->second);
}

Expr Quantities::read_operation(NodeId id) const {
  const Node& node = graph_.node(id);
  switch (const Op op = graph_.op(id)) {
    case Op::identity: return read(node.operand(0));
    case Op::negate: return -read(node.operand(0));
    case Op::add:
    case Op::subtract: return read_chain(id, Op::add, Op::subtract);
    case Op::multiply:
    case Op::divide: return read_chain(id, Op::multiply, Op::divide);
    case Op::power: return pow(read(node.operand(0)), read(node.operand(1)));
    case Op::square: return square(read(node.operand(0)));
    default:
      if (arity_of(op) == 1) return Expr::call(op, {read(node.operand(0))});
      return Expr::call(op, {read(node.operand(0)), read(node.operand(1))});
  }
}

/// A sum or product along its left operands, in a loop: it may be a million terms long.
Expr Quantities::read_chain(NodeId id, Op one, Op other) const {
  std::vector<Term> parts;
  while (true) {
    const Node& node = graph_.node(id);
    parts.push_back({read(node.operand(1)), graph_.op(id) == other});
    id = node.operand(0);
    const Op below = graph_.op(id);
    if (quantity_at(id) || (below != one && below != other)) break;
  }
  parts.push_back({read(id), false});
  std::reverse(parts.begin(), parts.end());
  if (one == Op::add) join_cases(parts);
  if (parts.size() == 1 && !parts[0].inverted) return parts[0].expr;
  return one == Op::add ? Expr::sum(std::move(parts)) : Expr::product(std::move(parts));
}

std::pair<Expr, Expr> sides_of_condition(const Expr& difference) {
  const auto& parts = difference.parts();
  if (difference.is(Expr::Kind::sum) && parts.back().inverted) {
    std::vector<Term> left(parts.begin(), parts.end() - 1);
    if (left.empty()) left.push_back({0.0, false});
    return {left.size() == 1 && !left[0].inverted ? left[0].expr : Expr::sum(std::move(left)),
            parts.back().expr};
  }
  return {difference, 0.0};
}

Approximation evaluate_with_error(const Expr& e, const Quantities& quantities) {
  return evaluate_with_error(e, [&quantities](const Expr& leaf) {
    const auto i = quantities.find(leaf.text());
    return i ? Approximation{quantities[*i].value, quantities[*i].error} : Approximation{};
  });
}

}  // namespace chalkgrad
