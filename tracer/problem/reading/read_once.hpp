#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "tracer/problem/problem.hpp"
#include "tracer/problem/reading/random_numbers.hpp"

/// One reading of a file, whatever its requirements say of the numbers that were drawn for it.
namespace chalkgrad {

struct Reading {
  Problem problem{};
  RandomNumbers random{1};    ///< the generator after the last draw
  std::vector<Draw> draws{};  ///< of all random numbers, in the order in which they were drawn
};

/// Throws ProblemError. `random`, if it is not null, goes on where another reading ended.
[[nodiscard]] Reading read_once(const Source& source, std::optional<std::uint64_t> seed,
                                const RandomNumbers* random = nullptr);

}  // namespace chalkgrad
