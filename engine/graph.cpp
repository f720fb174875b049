#include "engine/graph.hpp"

#include <cmath>
#include <limits>

#include "engine/error.hpp"
#include "engine/value.hpp"

namespace chalkgrad {

Graph::Graph() { record(Op::none, 0, 0, 0); }

Value Graph::variable(std::string_view name, double value) {
  if (std::isnan(value)) throw GraphError("'" + std::string(name) + "' is not a number");
  return Value(*this, leaf(Op::variable, name, value));
}

Value Graph::constant(std::string_view name, double value) {
  if (std::isnan(value)) throw GraphError("'" + std::string(name) + "' is not a number");
  return Value(*this, leaf(Op::constant, name, value));
}

Value Graph::constant(double value) { return Value(*this, record(Op::constant, value, 0, 0)); }

Value Graph::unknown(std::string_view name) {
  return Value(*this, leaf(Op::variable, name, std::numeric_limits<double>::quiet_NaN()));
}

Value Graph::at(NodeId id) {
  if (id == 0 || id > size()) throw GraphError("the graph has no node " + std::to_string(id));
  return Value(*this, id);
}

Value Graph::at(std::string_view name) {
  const NodeId id = find(name);
  if (id == 0) throw GraphError("the graph has no value named '" + std::string(name) + "'");
  return Value(*this, id);
}

std::string_view Graph::name(NodeId id) const {
  const auto found = names_.find(id);
  return found == names_.end() ? std::string_view{} : std::string_view(found->second);
}

NodeId Graph::find(std::string_view name) const {
  const auto found = ids_.find(std::string(name));
  return found == ids_.end() ? 0 : found->second;
}

void Graph::set_name(NodeId id, std::string_view name) {
  if (name.empty()) throw GraphError("a name cannot be empty");
  if (names_.contains(id)) {
    throw GraphError("'" + names_[id] + "' cannot be renamed to '" + std::string(name) + "'");
  }
  if (!ids_.emplace(name, id).second)
    throw GraphError("two values are named '" + std::string(name) + "'");
  names_.emplace(id, name);
}

NodeId Graph::leaf(Op op, std::string_view name, double value) {
  if (name.empty()) throw GraphError("a name cannot be empty");
  if (find(name) != 0) throw GraphError("two values are named '" + std::string(name) + "'");
  const NodeId id = record(op, value, 0, 0);
  set_name(id, name);
  return id;
}

void Graph::grow() {
  // Ids wrap around to 0 after the last chunk.
  if (size_ == 0 && !chunks_.empty()) {
    throw GraphError("the graph is full: it can hold 4294967295 nodes");
  }
  chunks_.push_back(std::make_unique_for_overwrite<Node[]>(chunk_size));
}

}  // namespace chalkgrad
