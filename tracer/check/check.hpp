#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tracer/check/reading/answer.hpp"
#include "tracer/check/reading/conventions.hpp"
#include "tracer/check/reading/vocabulary.hpp"
#include "tracer/check/report/report.hpp"
#include "tracer/check/slips/slips.hpp"
#include "tracer/check/truth/later_steps.hpp"
#include "tracer/check/truth/learned_names.hpp"
#include "tracer/check/truth/truth.hpp"

/// Checking hand derivations: the problem is the answer key.
///
/// One checker serves any number of files; what it has worked out for one it knows for the next. It
/// never throws because of what is in a file. Not for several threads at once.
namespace chalkgrad {

class Checker {
 public:
  /// The solution must outlive the checker.
  explicit Checker(const Solution& solution, CheckOptions options = {});

  /// Linear in the text, for lines of a bounded length.
  [[nodiscard]] FileReport check(std::string path, std::string text);

  /// An answer as it was read in one way.
  struct Judged {
    Answer answer{};
    std::vector<Finding> findings{};
    std::string variant{};  ///< why it seems to be another variant; usually empty
  };

 private:
  [[nodiscard]] Judged judge(const std::string& text, const Conventions& conventions,
                             const Vocabulary& vocabulary);
  /// With the names that are learnt from what was judged without them; says them in the report.
  [[nodiscard]] std::optional<Vocabulary> learn(const std::string& text, Judged& judged,
                                                Conventions& conventions, FileReport& report);
  [[nodiscard]] LearnedNames learn_in_rounds(const std::string& text);
  [[nodiscard]] Vocabulary with_names(const std::vector<LearnedName>& names,
                                      const std::vector<std::string>& own) const;
  [[nodiscard]] Judged judge_by_best_conventions(const std::string& text, FileReport& report);
  [[nodiscard]] Judged judge_in_best_reading(const std::string& text, FileReport& report);

  CheckOptions options_;
  Vocabulary vocabulary_;
  std::optional<Vocabulary> families_{};  ///< with families; made where an answer has vectors
  const Vocabulary* base_;                ///< what names are learnt beside, of these two
  Truth truth_;
  SlipFinder slips_;
  LaterSteps later_;
};

}  // namespace chalkgrad
