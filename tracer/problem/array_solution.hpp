#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tracer/arrays/array_derivation.hpp"
#include "tracer/problem/solution.hpp"

/// The derivation over arrays of a solved problem, with its values.
///
/// Each formula is held to the derivatives that the engine has found for the elements: one that
/// does not give them is dropped, and the values stand alone.
namespace chalkgrad {

struct ArraySolution {
  ArrayDerivation derivation{};
  /// Of every array, delta and gradient, element by element; NaN where it is not known.
  std::map<std::string, std::vector<double>> values{};
  std::vector<std::vector<double>> gradients{};  ///< in the order of derivation.gradients

  [[nodiscard]] const std::vector<double>* find(const std::string& symbol) const;
};

/// ∂y/∂x for arrays and quantities x by their symbols. Linear in the elements of all products.
[[nodiscard]] ArraySolution solve_over_arrays(const Solution& solution, const std::string& y,
                                              const std::vector<std::string>& wanted);

/// The value of an expression over arrays, its elements as numbers, where `value_of` has the
/// elements of each symbol; nothing if a symbol is unknown. Throws SyntaxError where shapes do not
/// fit.
[[nodiscard]] ArrayValue array_over_arrays(
    const Expr& e, const std::map<std::string, Shape>& shapes,
    const std::function<const std::vector<double>*(const std::string&)>& value_of,
    const std::map<std::string, FunctionBody>& functions);
/// The same, element by element.
[[nodiscard]] std::vector<double> evaluate_over_arrays(
    const Expr& e, const std::map<std::string, Shape>& shapes,
    const std::function<const std::vector<double>*(const std::string&)>& value_of,
    const std::map<std::string, FunctionBody>& functions);

}  // namespace chalkgrad
