#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/ops/op.hpp"

/// Which names are functions. Names and their synonyms are what the operations say of themselves
/// (engine/ops/description.hpp); what a reader accepts of them is decided here.
namespace chalkgrad {

/// The operation that a name stands for in a .chalk file (sigmoid, σ, ln, …); nothing if there is
/// none.
[[nodiscard]] std::optional<Op> function_named(std::string_view name);

/// Every name that function_named accepts.
[[nodiscard]] std::vector<std::string_view> function_names();

/// The operation that people call by this name, whatever its case and underscores: logistic,
/// LeakyReLU, sgn.
[[nodiscard]] std::optional<Op> function_known_as(std::string_view name);

}  // namespace chalkgrad
