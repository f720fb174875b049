#include "engine/graph.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/error.hpp"
#include "engine/value.hpp"

namespace chalkgrad {

Graph::Graph(NodeId most_nodes)
    : most_nodes_(std::min(most_nodes, Node::largest_id)), tape_(*this) {
  start();
}

void Graph::start() {
  open_chunk(0);
  tapes[tape()].append(Op::none, 0, 0, 0, 0, 0);
}

void Graph::reset() {
  OpenTape fresh(*this);
  tape_.swap(fresh);
  names_.clear();
  ids_.clear();
  start();
}

Value Graph::variable(std::string_view name, double value) {
  if (std::isnan(value)) throw GraphError("'" + std::string(name) + "' is not a number");
  return leaf(Op::variable, name, value);
}

Value Graph::variable(double value) {
  if (std::isnan(value)) throw GraphError("a variable without a name is not a number");
  return {tape(), record(Op::variable, value, 0, 0), value};
}

Value Graph::constant(std::string_view name, double value) {
  if (std::isnan(value)) throw GraphError("'" + std::string(name) + "' is not a number");
  return leaf(Op::constant, name, value);
}

Value Graph::constant(double value) { return {tape(), record(Op::constant, value, 0, 0), value}; }

Value Graph::unknown(std::string_view name) {
  return leaf(Op::variable, name, std::numeric_limits<double>::quiet_NaN());
}

Value Graph::at(NodeId id) {
  if (id == 0 || id > size()) throw GraphError("the graph has no node " + std::to_string(id));
  return {tape(), id, node(id).value};
}

Value Graph::at(std::string_view name) {
  const NodeId id = find(name);
  if (id == 0) throw GraphError("the graph has no value named '" + std::string(name) + "'");
  return at(id);
}

std::string_view Graph::name(NodeId id) const {
  const auto found = names_.find(id);
  return found == names_.end() ? std::string_view{} : std::string_view(found->second);
}

NodeId Graph::find(std::string_view name) const {
  const auto found = ids_.find(std::string(name));
  return found == ids_.end() ? 0 : found->second;
}

NodeId Graph::record(Op op, double value, NodeId a, double derivative_a, NodeId b,
                     double derivative_b) {
  if (tapes[tape()].room() == 0) extend();
  return tapes[tape()].append(op, value, a, derivative_a, b, derivative_b);
}

void Graph::set_name(NodeId id, std::string_view name) {
  if (name.empty()) throw GraphError("a name cannot be empty");
  if (id == 0 || id > size()) throw GraphError("the graph has no node " + std::to_string(id));
  if (names_.contains(id)) {
    throw GraphError("'" + names_[id] + "' cannot be renamed to '" + std::string(name) + "'");
  }
  if (!ids_.emplace(name, id).second)
    throw GraphError("two values are named '" + std::string(name) + "'");
  names_.emplace(id, name);
}

Value Graph::leaf(Op op, std::string_view name, double value) {
  if (name.empty()) throw GraphError("a name cannot be empty");
  if (find(name) != 0) throw GraphError("two values are named '" + std::string(name) + "'");
  const NodeId id = record(op, value, 0, 0);
  set_name(id, name);
  return {tape(), id, value};
}

void Graph::extend() { open_chunk(tapes[tape()].next_id()); }

void Graph::open_chunk(NodeId first) {
  if (first > most_nodes_) {
    throw GraphError("the graph is full: it can hold " + std::to_string(most_nodes_) + " nodes");
  }
  const std::size_t chunk = first >> chunk_bits;
  if (chunk == chunks_.size())
    chunks_.push_back(std::make_unique_for_overwrite<Node[]>(chunk_size));
  Node* const begin = chunks_[chunk].get();
  const NodeId in_chunk = first & (chunk_size - 1);
  const NodeId most = most_nodes_ - (first - in_chunk);  // the last place in the chunk to be used
  Tape& tape = tapes[tape_.id()];
  tape.next = begin + in_chunk;
  tape.end = begin + std::min(chunk_size - 1, most) + 1;
  tape.base =
      reinterpret_cast<std::uintptr_t>(begin) - std::uintptr_t{first - in_chunk} * sizeof(Node);
}

}  // namespace chalkgrad
