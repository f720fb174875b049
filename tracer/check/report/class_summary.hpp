#pragma once

#include <string>
#include <vector>

#include "tracer/check/report/report.hpp"

/// A class at a glance: which slip in which quantity how often.
namespace chalkgrad {

struct ClassMistake {
  std::string quantity{};  ///< may be empty
  std::string slip{};      ///< the stable name; empty if none was recognised
  std::string what{};      ///< "a sign", "a digit", "wrong"
  std::size_t files = 0;   ///< in how many it was made
  std::size_t of = 0;      ///< of how many that have the quantity, or could be read
};

/// The frequent ones first, then in the order of the files. A slip counts once in a file; what
/// only follows from one does not count.
[[nodiscard]] std::vector<ClassMistake> class_mistakes(const std::vector<FileReport>& reports);

/// "a sign in ∂E/∂out_o1: 7 of 31".
[[nodiscard]] std::string in_words(const ClassMistake& mistake);

}  // namespace chalkgrad
