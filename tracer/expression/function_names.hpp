#pragma once

#include <optional>
#include <string>
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

/// A function that is no operation of the engine, and what else people call it: in lower case,
/// without underscores, with blanks between.
struct KnownFunction {
  std::string_view name;
  std::string_view known_as{};
};

/// What to write in place of a function that there is not: "did you mean 'relu'?" for ReLU, by its
/// other names and without regard to case; "write ln(x)/ln(2)" for log2; otherwise the nearest
/// name. Empty if nothing is near.
[[nodiscard]] std::string hint_for_function(std::string_view written,
                                            const std::vector<KnownFunction>& further);

}  // namespace chalkgrad
