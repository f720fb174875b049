#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tracer/check/report/slip_kinds.hpp"
#include "tracer/expression/expression.hpp"

/// Formulas as people get them wrong: one slip at a time.
///
/// A slip is named only where working out the formula with that slip in it gives what was written;
/// this is the list of the formulas to work out.
namespace chalkgrad {

struct Mutation {
  std::string_view slip{};
  Expr expr = 0.0;
  std::string description{};       ///< "(1 − out_o1) is missing"
  std::optional<Expr> left_out{};  ///< the term of a sum that is missing
};

/// What a name may be taken for, and which slip that is.
struct Confusion {
  std::string_view slip{};
  Expr expr = 0.0;
  std::string description{};
};
using Confusions = std::function<std::vector<Confusion>(const Expr& leaf)>;

/// Every single slip in the formula, the likely ones first; `rate` is the symbol of η. Quadratic in
/// the size of the formula.
[[nodiscard]] std::vector<Mutation> mutations(const Expr& e, const Expr& rate,
                                              const Confusions& confusions);

}  // namespace chalkgrad
