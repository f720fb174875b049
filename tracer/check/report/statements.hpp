#pragma once

#include <optional>
#include <vector>

#include "tracer/check/report/report.hpp"

/// The findings of a report as a reader wants them: statement by statement, the first mistake
/// first, and with each mistake the lines that only follow from it. Formats read this.
namespace chalkgrad {

/// What was found of one statement.
struct JudgedStatement {
  std::size_t begin = 0, end = 0;          ///< of FileReport::findings
  std::size_t head = 0;                    ///< the finding that speaks for it: the worst
  std::size_t line = 0;                    ///< of the head
  std::vector<std::size_t> followed_by{};  ///< lines that follow from it, and are otherwise right
};

struct JudgedStatements {
  /// What is wrong or could not be read; a mistake first, if there is one, then by their lines.
  std::vector<JudgedStatement> marked{};
  std::vector<JudgedStatement> right{};
  /// Lines that follow from something wrong of which it is not known what.
  std::vector<std::size_t> following{};
};

/// Linear in the findings, but for sorting.
[[nodiscard]] JudgedStatements judged_statements(const FileReport& report);

/// wrong, a mis-copy, or a last digit.
[[nodiscard]] bool is_mistake(Verdict verdict);
/// ok, ok-digits or ok-carried.
[[nodiscard]] bool is_right(Verdict verdict);

/// "3, 5–9 and 12"; in order and each once.
[[nodiscard]] std::string line_ranges(const std::vector<std::size_t>& lines);

/// What went wrong first, in a sentence: "the first mistake is in line 12, factor 2 of ∂E/∂w5: …";
/// empty if nothing is wrong.
[[nodiscard]] std::string first_mistake_in_words(const FileReport& report,
                                                 const JudgedStatements& statements);

/// What a verdict means, for people who see one for the first time.
[[nodiscard]] std::string_view verdict_meaning(Verdict verdict);

}  // namespace chalkgrad
