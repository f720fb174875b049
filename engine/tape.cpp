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

OpenTape::OpenTape(Graph& graph) {
  Registry& all = registry();
  const std::lock_guard lock(all.mutex);
  id_ = all.unused;
  if (id_ < tape_count) {
    ++all.unused;
  } else if (!all.closed.empty()) {
    id_ = all.closed.front();
    all.closed.pop_front();
  } else {
    throw GraphError("there can be at most 65535 graphs at a time");
  }
  tapes[id_].graph = &graph;
}

OpenTape::~OpenTape() {
  Registry& all = registry();
  const std::lock_guard lock(all.mutex);
  tapes[id_] = Tape{};
  all.closed.push_back(id_);
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
