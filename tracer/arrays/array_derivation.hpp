#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tracer/arrays/array.hpp"
#include "tracer/arrays/array_evaluation.hpp"

/// The reverse sweep over arrays: δ_z = (h − t) ⊙ h ⊙ (1 − h), ∂E/∂W = δ_z·xᵀ.
///
/// It is data of its own, beside the derivation over scalars, and no second engine: a rule here is
/// a way of writing, and what it gives is held to the scalar derivatives element by element. Where
/// an operation has no rule over arrays, the step has no formula, and its value comes from the
/// scalars. The rules are those of Petersen and Pedersen, The Matrix Cookbook, section 2, in the
/// layout in which a gradient has the shape of the parameter.
namespace chalkgrad {

/// An array, or a number, that is computed.
struct ArrayDefinition {
  std::string symbol{};
  Shape shape{};
  Expr definition = 0.0;
};

struct ArrayProgram {
  std::vector<ArrayDefinition> definitions{};  ///< each after those it needs
  std::map<std::string, Shape> shapes{};       ///< of every array; what is missing is a number
  std::map<std::string, FunctionBody> functions{};
  /// The array that a symbol is a part of, W of W[1,:] and w12; empty if it is none.
  std::function<std::string(const std::string&)> whole_of{};
  /// The names of the elements of an array or a part, row by row; empty of other symbols.
  std::function<std::vector<std::string>(const std::string&)> elements_of{};
  /// Whether the numbers of each row, or of a vector, sum to 1: targets of a cross-entropy.
  std::function<bool(const std::string&)> sums_to_one{};
  std::function<bool(const std::string&)> is_taken{};  ///< a name that something has
};

struct ArrayStep {
  std::string symbol{};  ///< what is differentiated by
  std::string name{};    ///< δ_z; empty for what is asked for
  Shape shape{};
  std::optional<Expr> formula{};     ///< over arrays and earlier deltas
  std::vector<std::string> rules{};  ///< in words
};

struct ArrayDerivation {
  /// Net inputs that have no name in the file: net_h of h = tanh(W·x + b), and h as tanh(net_h).
  std::vector<ArrayDefinition> automatic{}, rewritten{};
  std::vector<ArrayStep> deltas{};     ///< from the last to the first
  std::vector<ArrayStep> gradients{};  ///< in the order in which they are asked for
};

/// ∂output/∂x for each x asked for. As long as the program.
[[nodiscard]] ArrayDerivation derive_arrays(ArrayProgram program, const std::string& output,
                                            const std::vector<std::string>& wanted);

/// The shape of an expression over arrays; throws SyntaxError where shapes do not fit.
[[nodiscard]] Shape shape_of(const Expr& e, const std::map<std::string, Shape>& shapes);

}  // namespace chalkgrad
