#pragma once

#include <functional>
#include <vector>

#include "tracer/derivation/derivation.hpp"

/// In which order the steps of a derivation are written down, and how they nest.
///
/// A composite step is stated, then the steps it uses that have not been shown are derived below
/// it, one level deeper, then it is concluded with numbers. Steps nest at most two deep: what would
/// go deeper becomes a block of its own before the block that needs it. Each step is shown once.
namespace chalkgrad {

struct Entry {
  enum class Part {
    statement,   ///< what the step uses, before those are derived
    conclusion,  ///< its numbers, after
    whole,       ///< both at once, because nothing has to be derived in between
  };
  StepIndex step = 0;
  Part part = Part::whole;
  int depth = 0;  ///< 0, 1 or 2
  /// A folded step and the local step it goes back to, written as one.
  bool with_folded = false;
};

struct Block {
  StepIndex root = 0;
  std::vector<Entry> entries{};
};

struct Arrangement {
  std::vector<Block> blocks{};
  /// For each step the number it is referred to by: 1, 2, … in order of appearance; 0 if not shown.
  std::vector<std::size_t> numbers{};
};

/// Arranges the steps `roots` and all that they use. Those that are `concluded_only` are not stated
/// first. Linear, no recursion.
[[nodiscard]] Arrangement arrange(const Derivation& derivation, const std::vector<StepIndex>& roots,
                                  const std::function<bool(StepIndex)>& concluded_only = {});

/// The steps that `roots` need, themselves included, each after those it uses. Linear.
[[nodiscard]] std::vector<StepIndex> needed_steps(const Derivation& derivation,
                                                  const std::vector<StepIndex>& roots);

}  // namespace chalkgrad
