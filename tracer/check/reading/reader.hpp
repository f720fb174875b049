#pragma once

#include <string_view>

#include "tracer/check/reading/answer.hpp"
#include "tracer/check/reading/rows.hpp"
#include "tracer/check/reading/vocabulary.hpp"

/// Reading a file of answers: plain text, Markdown or LaTeX.
///
/// What has no relation is prose and passed over. Around each relation the longest expressions are
/// read that make sense; where one does not, the relation is reported and reading goes on. A name
/// that the problem does not have is a quantity of the writer's own if a line defines it by names
/// that are known, as z = w1·i1 + b1 does; anywhere in the file, because the reverse trace of a
/// table is read from below.
namespace chalkgrad {

/// Any bytes may be read; linear in the text, but for prose before a relation, which is tried from
/// each word of the line.
[[nodiscard]] Answer read_answer(std::string_view text, const Vocabulary& vocabulary,
                                 const ReadingOptions& options = {});

/// A name that stands for any number, as z in σ(z) = 1/(1 + exp(−z)), begins with this.
inline constexpr char bound_mark = '?';

}  // namespace chalkgrad
