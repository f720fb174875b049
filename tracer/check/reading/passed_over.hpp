#pragma once

#include <string_view>
#include <vector>

#include "tracer/check/reading/answer.hpp"
#include "tracer/check/reading/known_names.hpp"
#include "tracer/check/reading/rows.hpp"

/// The lines of a file that have a number in them and were not read, so that nobody takes them for
/// checked.
///
/// A number that counts or labels is none: 3 in "Step 3", "3." and "(3)". What was refused with a
/// message has been spoken of already.
namespace chalkgrad {

/// Linear in the text. `rows` is what the answer was read from.
[[nodiscard]] std::vector<Span> lines_passed_over(std::string_view text,
                                                  const std::vector<AnswerRow>& rows,
                                                  const Answer& answer, const KnownNames& known);

/// Whether every number with a fraction in the text has a comma for its point: 0,59 and never 0.59.
[[nodiscard]] bool has_decimal_commas_alone(std::string_view text);

/// Whether numbers of a list are parted by a comma and a blank, so that [0,5, 0,2] has two.
[[nodiscard]] bool has_commas_with_blanks(std::string_view text);

}  // namespace chalkgrad
