#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "engine/graph.hpp"
#include "tracer/derivation/quantities.hpp"
#include "tracer/problem/problem.hpp"

/// From a problem to the engine's graph.
namespace chalkgrad {

struct Evaluation {
  std::unique_ptr<Graph> graph{};  ///< every item is a named node of it
  Spellings spellings{};           ///< how the numbers in the file were typed
};

/// What becomes of a definition that has no value: an error, or a quantity without a number.
enum class WithoutValue { refuse, leave_unknown };

/// Records every definition in an order in which it can be computed. `replace` may give a given
/// quantity another value than the file does (its value after an update); nothing keeps the file's.
/// Throws ProblemError where a value does not exist (a logarithm of 0, a division by zero, an
/// overflow): it names the quantity and shows the expression and its value.
[[nodiscard]] Evaluation evaluate_problem(
    const Problem& problem,
    const std::function<std::optional<double>(const std::string& name)>& replace = {},
    WithoutValue without_value = WithoutValue::refuse);

}  // namespace chalkgrad
