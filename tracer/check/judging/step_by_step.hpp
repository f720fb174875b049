#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tracer/check/judging/judge.hpp"
#include "tracer/check/truth/later_steps.hpp"

/// Judging what an answer to a training problem says of the second step and those behind it.
///
/// A statement that is wrong of the first step, where what it is about has been stated before and a
/// parameter has been updated, is read as one of the step that the file has come to. Where that
/// step is not known, since the method keeps something or an update before it was wrong, what stays
/// wrong is not compared.
///
/// Where perceptrons learn sample by sample, a statement about a sample is one of the step that
/// this sample is the turn of, and parameters are written without a mark behind their corrections.
namespace chalkgrad {

class StepByStep {
 public:
  /// Both must outlive it.
  StepByStep(LaterSteps& later, const Answer& answer, CheckOptions options)
      : later_(later), answer_(answer), options_(options), most_(later.count()) {}

  /// The findings of a statement, given those of the first step. Statements are judged in the order
  /// of the file.
  [[nodiscard]] std::vector<Finding> judge(const Chain& statement, std::size_t number,
                                           std::vector<Finding> findings);

 private:
  struct Later {
    Later(Truth& truth, const Answer& answer, const CheckOptions& options)
        : scope(truth, answer), slips(truth), judge(scope, slips, answer, options) {}
    Scope scope;
    SlipFinder slips;
    Judge judge;
  };

  [[nodiscard]] std::vector<Finding> in_step(std::size_t step, const Chain& statement,
                                             std::size_t number);

  [[nodiscard]] std::vector<Finding> of_correction(const Chain& statement, std::size_t number,
                                                   std::vector<Finding> findings);
  [[nodiscard]] std::vector<Finding> corrected_in(std::size_t step, const Chain& statement,
                                                  std::size_t number,
                                                  const std::vector<Finding>& of_first);

  LaterSteps& later_;
  const Answer& answer_;
  CheckOptions options_;
  std::size_t most_;
  std::size_t reached_ = 0;  ///< steps whose updates have been written
  bool slipped_ = false;     ///< one of them was wrong: what follows has other numbers
  std::set<std::string> said_{};
  std::map<std::size_t, std::unique_ptr<Later>> judges_{};
  bool has_corrected_ = false;
  bool has_computed_ = false;  ///< something of a sample has been stated
  std::size_t turn_ = 0;  ///< corrections that lie behind, where an answer tells of them in turn
};

/// Says of a statement that it was not compared, and why.
[[nodiscard]] Finding not_compared(const Chain& statement, std::string why);

}  // namespace chalkgrad
