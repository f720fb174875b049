#pragma once

#include <span>
#include <string>
#include <vector>

#include "tracer/derivation/quantities.hpp"
#include "tracer/derivation/rounding_error.hpp"

/// The reverse sweep as courses on backpropagation write it: δ_h1 = (δ_o1·w5 + δ_o2·w7)·out_h1·(1 −
/// out_h1).
///
/// δ_q is ∂y/∂q. A quantity gets one if several derivatives need it: it uses a parameter, or
/// several quantities that lead to one (the net input of a neuron does both). The derivatives of
/// the others are written into those that need them. So each δ is worked out once, and the whole is
/// as long as the graph.
namespace chalkgrad {

struct Delta {
  QuantityIndex quantity = 0;
  std::string name{};  ///< δ_h1 for net_h1, δ_z for z; no quantity has that name
  Expr expr = 0.0;     ///< over quantities and earlier deltas
  Approximation value{};
  std::vector<std::string> conventions{};  ///< used at a kink
};

struct DeltaSweep {
  std::vector<Delta> deltas{};  ///< the output's layer first, in the order of the definitions
  /// ∂y/∂x for each x asked for, over quantities and deltas.
  std::vector<Delta> gradients{};
};

/// Time and memory proportional to the quantities up to y, and for each of them to the square of
/// its definition.
/// `named_after_output`: δ_h1_E for net_h1, where a sheet derives several outputs.
[[nodiscard]] DeltaSweep delta_sweep(const Quantities& quantities, QuantityIndex y,
                                     std::span<const QuantityIndex> xs,
                                     bool named_after_output = false);

}  // namespace chalkgrad
