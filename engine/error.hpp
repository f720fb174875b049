#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "engine/ops/op.hpp"

/// What can go wrong in the engine. Nothing here is thrown for a value that is merely unknown.
namespace chalkgrad {

/// The engine was used wrongly: values of two graphs combined, a name given twice, a graph too
/// large.
class GraphError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// An operation was applied outside its domain: ln(0), 1/0, √(−1). The graph is as it was before.
class DomainError : public std::domain_error {
 public:
  DomainError(Op failed_op, double a, double b, std::string_view why)
      : std::domain_error(std::string(why)), op(failed_op), operands{a, b} {}

  Op op;
  double operands[2];  ///< the second is 0 for a unary operation
};

}  // namespace chalkgrad
