#pragma once

#include "tracer/problem/reading/draft.hpp"

/// What the statements that ask for something have in common.
namespace chalkgrad {

/// A file asks for no more steps; `chalkgrad train --steps` may.
inline constexpr std::size_t most_steps = 1'000'000;

/// Throws "expected <wanted>, but found <what is there>", with that hint.
[[noreturn]] void refuse_request(const Statement& statement, std::string_view wanted,
                                 std::string hint);

/// The names of a list; `all` is left for expand_all unless it is a quantity.
std::vector<std::string> names_or_all(Statement& statement);

/// Whether an option of an update begins there, and not the name of a quantity.
[[nodiscard]] bool option_follows(const Statement& statement, std::size_t ahead);

}  // namespace chalkgrad
