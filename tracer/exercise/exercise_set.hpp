#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tracer/exercise/asked.hpp"
#include "tracer/exercise/variants.hpp"

/// An exercise for a class: one problem, solved once for each student with other random numbers.
namespace chalkgrad {

struct SolvedVariant {
  Variant variant{};
  Solution solution{};
  std::vector<Asked> asked{};
};

struct VariantsWanted {
  std::size_t count = 1;
  std::optional<std::uint64_t> seed{};  ///< of the first; none: as the file says
  std::vector<std::string> names{};     ///< empty, or one for each
  Numerals numerals{};
};

/// Calls `use` with one variant after the other: the seeds are those from the first on, without
/// those that would give an exercise again that there was. Throws ProblemError, NothingToAsk, and
/// VariantsError where there are not as many exercises as wanted. The variants that were used.
std::vector<Variant> for_each_variant(const Source& source, const VariantsWanted& wanted,
                                      const std::function<void(const SolvedVariant&)>& use);

/// What `--stress` tells: how far each result ranges over many seeds, how often it is degenerate
/// (0, 1 or −1) or a number that is given anyway, and how often numbers were drawn. As text.
[[nodiscard]] std::string stress_report(const Source& source, const VariantsWanted& wanted);

}  // namespace chalkgrad
