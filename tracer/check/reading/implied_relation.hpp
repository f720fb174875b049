#pragma once

#include <vector>

#include "tracer/check/reading/known_names.hpp"
#include "tracer/check/reading/rows.hpp"

/// Relations that are written without a sign for them: "out_h1: 0.5933", "out_h1 is 0.5933",
/// "w5 → 0.3589", "w5: 0.40 → 0.3589", a name in one cell of a table and its number in the next, a
/// formula and its value likewise, a row of numbers under a row of names, and what a program
/// answers in the line below a name.
///
/// They come out with the sign. Only a name that is known, and a number or a formula that begins
/// with one, are taken for a relation; all else is left as it is.
namespace chalkgrad {

/// Linear.
[[nodiscard]] std::vector<AnswerRow> with_implied_relations(std::vector<AnswerRow> rows,
                                                            const KnownNames& known);

}  // namespace chalkgrad
