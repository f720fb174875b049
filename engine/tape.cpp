#include "engine/tape.hpp"

#include <deque>
#include <mutex>

#include "engine/error.hpp"
#include "engine/graph.hpp"

namespace chalkgrad {

constinit Tape tapes[tape_count] = {};

namespace {

/// The tapes that are not in use: those never opened, from `unused` on, and those closed, in the
/// order of closing.
struct Registry {
  std::mutex mutex;
  TapeId unused = 1;
  std::deque<TapeId> closed;
};

Registry& registry() {
  // Never destroyed: a graph with static storage may outlive everything here.
  static Registry& instance = *new Registry;
  return instance;
}

[[noreturn]] void refuse_closed(TapeId id) {
  if (id == 0) throw GraphError("the value belongs to no graph");
  throw GraphError("the graph of this value was reset or destroyed");
}

}  // namespace

TapeId open_tape(Graph& graph) {
  Registry& all = registry();
  const std::lock_guard lock(all.mutex);
  TapeId id = all.unused;
  if (id < tape_count) {
    ++all.unused;
  } else if (!all.closed.empty()) {
    id = all.closed.front();
    all.closed.pop_front();
  } else {
    throw GraphError("there can be at most 65535 graphs at a time");
  }
  tapes[id].graph = &graph;
  return id;
}

void close_tape(TapeId id) {
  Registry& all = registry();
  const std::lock_guard lock(all.mutex);
  tapes[id] = Tape{};
  all.closed.push_back(id);
}

void extend_tape(TapeId id) {
  if (tapes[id].graph == nullptr) refuse_closed(id);
  tapes[id].graph->extend();
}

void refuse_mixture(TapeId a, TapeId b) {
  for (const TapeId id : {a, b})
    if (tapes[id].graph == nullptr) refuse_closed(id);
  throw GraphError("values of two graphs cannot be combined");
}

}  // namespace chalkgrad
