#pragma once

#include <string>
#include <vector>

#include "tracer/exercise/asked.hpp"

/// What usual slips make of an answer: the value without η, with a sign turned, with a factor
/// forgotten. For marking schemes, and for what a course platform says to a wrong answer. They are
/// the slips that `check` names.
namespace chalkgrad {

struct AnswerSlip {
  double value = 0;
  std::string shown{};        ///< with the digits of the sheet
  std::string description{};  ///< "the sign is wrong"
};

/// Of one value, the likeliest first; none that shows as the right value would, or as another.
using AnswerSlips = std::vector<AnswerSlip>;

/// Of each of `asked`, at most `most`.
[[nodiscard]] std::vector<AnswerSlips> slips_of_answers(const Solution& solution,
                                                        const std::vector<Asked>& asked,
                                                        const Numerals& numerals, std::size_t most);

}  // namespace chalkgrad
