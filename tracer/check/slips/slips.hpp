#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tracer/check/alignment/working.hpp"
#include "tracer/check/slips/confusions.hpp"
#include "tracer/check/slips/mutation.hpp"
#include "tracer/check/slips/sequential_update.hpp"

/// Naming a slip: what may have gone wrong where a number or a formula is wrong.
///
/// A slip is named only where working it out again with the slip gives what was written, to all its
/// digits, and what was written has two digits at least. Where several slips would do, the likelier
/// is named. It is a guess about a person, and said as one.
namespace chalkgrad {

struct Slip {
  std::string id{};
  std::string description{};
};

class SlipFinder {
 public:
  /// Remembers what it has worked out; serves all files of one problem.
  explicit SlipFinder(Truth& truth) : truth_(truth), confused_(truth) {}

  /// In a number that stands for `meaning`.
  [[nodiscard]] std::optional<Slip> in_number(Scope& scope, const Expr& meaning,
                                              std::string_view written);
  /// In a result, worked out from the numbers before it, if there are any.
  [[nodiscard]] std::optional<Slip> in_result(Scope& scope, const std::optional<Expr>& subject,
                                              std::string_view written, const WorkingSide* before);
  /// In a side with numbers that fits none of the right formulas; `fits` as in alignment.hpp.
  [[nodiscard]] std::optional<Slip> in_side(
      Scope& scope, const Expr& subject, const WorkingSide& side,
      const std::function<bool(std::size_t, const Expr&)>& fits);
  /// In a formula that is not the subject.
  [[nodiscard]] std::optional<Slip> in_formula(Scope& scope, const Expr& subject,
                                               const Expr& written);
  /// Every slip in working out `subject`, with what it gives, the likely ones first.
  [[nodiscard]] std::vector<std::pair<Slip, double>> likely(Scope& scope, const Expr& subject);

 private:
  struct Candidate {
    Mutation mutation;
    double value = 0;
  };
  const std::vector<Candidate>& candidates(Scope& scope, const Expr& subject);
  [[nodiscard]] std::vector<Expr> formulas(Scope& scope, const Expr& subject) const;
  [[nodiscard]] std::vector<Candidate> find_candidates(Scope& scope, const Expr& subject);
  void name_what_is_missing(Scope& scope, const Expr& subject, std::vector<Candidate>& list);
  [[nodiscard]] std::optional<Slip> two_in_formula(Scope& scope, const Expr& subject,
                                                   const Expr& written);
  [[nodiscard]] std::optional<Slip> another_derivative(Scope& scope, const Expr& meaning,
                                                       std::string_view written);
  const SequentialUpdate& sequential();

  Truth& truth_;
  ConfusedNames confused_;
  int searches_for_two_left_ = 200;  ///< among all pairs of slips, for all files
  std::optional<SequentialUpdate> sequential_;
  std::unordered_map<std::string, std::vector<Candidate>> known_;
  std::vector<Candidate> of_one_file_;  ///< of a subject that the writer has defined
};

/// "looks like 0.1868": the number with a digit exchanged, dropped or doubled, two neighbours
/// swapped, or the point moved.
[[nodiscard]] std::optional<Slip> digit_slip(std::string_view written, double truth);

}  // namespace chalkgrad
