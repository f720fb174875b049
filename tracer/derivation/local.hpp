#pragma once

#include <string>
#include <vector>

#include "tracer/derivation/quantities.hpp"

/// The derivative of a quantity with respect to a quantity of its own definition, all others held
/// fixed.
namespace chalkgrad {

struct LocalDerivative {
  /// As the operations' rules give it; the derivative's own symbol if that would be too long to
  /// read.
  Expr raw = 0.0;
  double value = 0;                      ///< from the recorded local derivatives
  double size = 0;                       ///< the sum of the sizes of its terms
  std::vector<std::string> all_rules{};  ///< every rule used, from the outside in
  std::vector<std::string> rules{};      ///< those worth a remark: "power rule", "derivative of σ"
  std::vector<std::string> conventions{};
};

/// Σ over the occurrences of x in the definition of y of Π of the rules along the way. Linear in
/// the number of occurrences times the nesting of the definition, in which a sum counts once,
/// however many terms it has; no recursion.
[[nodiscard]] LocalDerivative local_derivative(const Quantities& quantities, QuantityIndex y,
                                               QuantityIndex x);

/// The symbolic rule of an operation for its first (0) or second (1) operand, over the symbols x
/// and y (unary) or a, b and y (binary), where y stands for the operation's own value; 0 for the
/// second operand of a unary one. `op` must be an operation, no leaf.
[[nodiscard]] const Expr& symbolic_rule(Op op, int operand);

}  // namespace chalkgrad
