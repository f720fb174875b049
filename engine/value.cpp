#include "engine/value.hpp"

#include <algorithm>
#include <cmath>

namespace chalkgrad {

Graph& Value::graph() const {
  if (tapes[tape()].graph == nullptr) refuse_mixture(tape(), tape());
  return *tapes[tape()].graph;
}

Value Value::named(std::string_view name) const {
  if (!this->name().empty()) return apply<ops::Identity>(*this).named(name);
  graph().set_name(id(), name);
  return *this;
}

namespace {

/// The exponentials of the terms less the largest one. The largest is a constant here: it cancels,
/// so no derivative may flow through it.
std::vector<Value> shifted_exponentials(std::span<const Value> terms, double shift) {
  std::vector<Value> exponentials;
  exponentials.reserve(terms.size());
  for (const Value& term : terms) exponentials.push_back(exp(term - shift));
  return exponentials;
}

double largest(std::span<const Value> terms) {
  if (terms.empty()) throw GraphError("a list of values cannot be empty here");
  // An unknown term makes the result unknown, whatever is taken out.
  double result = terms.front().value();
  for (const Value& term : terms) result = std::max(result, term.value());
  return std::isnan(result) ? 0 : result;
}

}  // namespace

Value sum(std::span<const Value> terms) {
  if (terms.empty()) throw GraphError("a list of values cannot be empty here");
  Value total = terms.front();
  for (const Value& term : terms.subspan(1)) total += term;
  return total;
}

Value log_sum_exp(std::span<const Value> terms) {
  const double shift = largest(terms);
  return log(sum(shifted_exponentials(terms, shift))) + shift;
}

std::vector<Value> softmax(std::span<const Value> terms) {
  std::vector<Value> quotients = shifted_exponentials(terms, largest(terms));
  const Value total = sum(quotients);
  for (Value& quotient : quotients) quotient /= total;
  return quotients;
}

}  // namespace chalkgrad
