#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tracer/expression/expression.hpp"

/// Laying a formula with open names over one whose names are known: a = w_1·x + b over
/// net = w·x + b says what w_1 and b are. Sums and products may stand in another order.
namespace chalkgrad {

/// What an open name stands for: a symbol or a derivative.
using Bindings = std::map<std::string, Expr>;

struct OpenNames {
  std::function<bool(const std::string& name)> is_open;
  /// Whether an open name may stand for that leaf: because of its letter, or the numbers beside it.
  std::function<bool(const std::string& name, const Expr& leaf)> may_be;
};

/// Every way to read `formula` as `definition`, up to `most`; two open names never stand for one
/// leaf. Nothing is simplified: a formula of another form has no way. Of sums and products with
/// more than eight parts only the order in which they stand is tried.
[[nodiscard]] std::vector<Bindings> unify(const Expr& formula, const Expr& definition,
                                          const OpenNames& names, std::size_t most);

}  // namespace chalkgrad
