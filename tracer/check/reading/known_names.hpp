#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "tracer/check/reading/conventions.hpp"
#include "tracer/check/reading/vocabulary.hpp"

/// What a reader of answers knows: the problem's names, and those that the answer has introduced.
/// Both belong to the reader; this only looks at them.
namespace chalkgrad {

struct KnownNames {
  const Vocabulary* vocabulary = nullptr;
  std::function<bool(std::string_view)> introduced{};
  bool blanks_multiply = false;  ///< a blank between two names means a product
  Conventions conventions{};
  /// Is told of each product that could be read in two ways, where conventions say in which.
  std::function<void()> note_two_readings{};
  /// Is told each name that is not known, where names are left open.
  std::function<void(const std::string&)> note_unknown{};

  /// Whether the heading of a column that only counts happens to be a name.
  [[nodiscard]] static bool is_counter(std::string_view written) {
    return written == "n" || written == "step" || written == "sample" || written == "epoch";
  }
  [[nodiscard]] bool is_name(std::string_view written) const {
    return vocabulary->meaning(written).has_value() || (introduced && introduced(written));
  }
};

}  // namespace chalkgrad
