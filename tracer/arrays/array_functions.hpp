#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "tracer/arrays/array_value.hpp"
#include "tracer/expression/function_names.hpp"

/// Functions of arrays: sum(A), softmax(z), cross_entropy(t; p), conv(X, K, stride 2).
namespace chalkgrad {

/// The arguments of a call: lists of arrays, and what is given by name.
struct ArrayArguments {
  std::vector<std::vector<ArrayValue>> lists{};
  std::optional<std::size_t> stride{}, padding{};
};

/// What a call stands for; nothing if there is no function of that name. Throws ShapeError where
/// the arguments do not fit.
[[nodiscard]] std::optional<ArrayValue> apply_array_function(std::string_view name,
                                                             const ArrayArguments& arguments);
/// Those that are no functions of lists already.
[[nodiscard]] const std::vector<KnownFunction>& array_functions();
/// Whether arrays may be given to a function of that name: one of these, or of lists.
[[nodiscard]] bool is_array_function(std::string_view name);
/// half_squared_error, cross_entropy, …: of targets and predictions.
[[nodiscard]] bool is_loss(std::string_view name);

}  // namespace chalkgrad
