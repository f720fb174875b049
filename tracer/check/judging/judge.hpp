#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tracer/check/alignment/working.hpp"
#include "tracer/check/judging/acceptance.hpp"
#include "tracer/check/slips/slips.hpp"

/// Judging the statements of one file, link by link.
///
/// A chain Q = a = b = c says that each side is Q. A side with names alone is compared with Q in
/// several worlds. A side with numbers is laid over what it stands for, and each number is judged;
/// a side that fits nothing is judged by its value. A result, the number at the end, is accepted if
/// it agrees (numerals/agreement.hpp) with the true value, or with some value that the side before
/// it may come to (hull.hpp). A number that was wrong before and is used correctly follows.
namespace chalkgrad {

class Judge {
 public:
  Judge(Scope& scope, SlipFinder& slips, const Answer& answer, const CheckOptions& options);

  /// Statements are judged in the order in which they stand in the file. Where values after the
  /// update have been written, one that is wrong is read as such a value if that is right; a
  /// statement of the same thing goes on from the one before it.
  [[nodiscard]] std::vector<Finding> judge(const Chain& statement, std::size_t number);

 private:
  /// How far back in a chain the formula of a line is looked for.
  static constexpr std::size_t longest_look_back = 20;

  [[nodiscard]] static Verdict verdict_of(Agreement agreement);
  [[nodiscard]] static bool is_right(Verdict verdict);

  // What a statement is about: subject.cpp.
  void choose_subject(std::vector<WorkingSide>& sides, bool assigns);
  void infer_subject(std::vector<WorkingSide>& sides);
  [[nodiscard]] bool may_go_on(const Chain& statement) const;
  [[nodiscard]] std::size_t go_on(std::vector<WorkingSide>& sides);
  [[nodiscard]] bool states_parameter(const Chain& statement) const;
  [[nodiscard]] std::optional<Chain> after_update(const Chain& statement);
  [[nodiscard]] std::vector<Expr> candidates() const;

  // Links: judge.cpp.
  [[nodiscard]] std::vector<Finding> judge_fractions(const Chain& statement);
  [[nodiscard]] std::vector<Finding> judge_as(const Chain& statement);
  [[nodiscard]] static bool all_right(const std::vector<Finding>& findings);
  [[nodiscard]] bool is_right_but_for_signs(const WorkingSide& side);
  void leave_out_definition(const Chain& statement);
  void judge_link(std::vector<WorkingSide>& sides, std::size_t at);
  void judge_names(std::vector<WorkingSide>& sides, std::size_t at);
  void judge_numbers(std::vector<WorkingSide>& sides, std::size_t at);
  void find_likely_values(WorkingSide& side);
  void judge_by_value(std::vector<WorkingSide>& sides, std::size_t at);
  void judge_slots(WorkingSide& side);
  [[nodiscard]] bool comes_to_the_same(const WorkingSide& side);
  std::optional<Slip> missing_factor(const WorkingSide& side);
  void judge_slot(Slot& slot);
  [[nodiscard]] std::optional<std::size_t> cause_in_statement() const;
  void accept_signs_that_do_not_matter(WorkingSide& side);
  void accept_signs_drawn_out(WorkingSide& side);
  [[nodiscard]] bool rests_on_own_numbers(const Expr& e);
  bool rests_on_own_numbers(const Expr& e, std::set<std::string>& seen);
  [[nodiscard]] bool agrees_with_own_numbers(const WorkingSide& side);
  void report_slots(const WorkingSide& side);
  bool holds_in_the_case_here(const Expr& written);
  bool lay_over(WorkingSide& side, const std::vector<WorkingSide>& sides, std::size_t at);
  void take_parts(const WorkingSide& side);

  // The number at the end: result.cpp.
  void judge_result(std::vector<WorkingSide>& sides, std::size_t at);
  [[nodiscard]] std::optional<Carried> carried_to(const Slot& slot, double truth,
                                                  const std::vector<WorkingSide>& sides,
                                                  std::size_t at);
  [[nodiscard]] bool follows_formula(const Slot& slot, const WorkingSide* before);
  void remember_formula(const WorkingSide& side, double value);
  void remember(const std::vector<WorkingSide>& sides, std::size_t at);

  [[nodiscard]] std::string formula_of(const Expr& what, Verdict verdict);
  Finding& add(Span span, Verdict verdict, const Expr& reading);
  Finding& add(const WorkingSide& side, Verdict verdict);
  /// Puts the name of a slip into a finding, and says it after the message.
  enum class SlipOf { number, formula };
  void name_slip(Finding& finding, const std::optional<Slip>& slip, SlipOf of) const;
  [[nodiscard]] std::optional<std::size_t> same_slip_before(const std::optional<Slip>& slip);

  Scope& scope_;
  SlipFinder& slips_;
  CheckOptions options_;
  Acceptance acceptance_;
  int searches_left_ = 3'000;  ///< for an order in which a line fits, in the whole file

  // Of the statement that is being judged.
  std::size_t statement_ = 0;
  std::optional<Expr> subject_;
  std::vector<Finding> findings_;
  bool updates_written_ = false;  ///< a value after the update has been worked out

  /// The sides of the statement before, which the next may go on from.
  struct Previous {
    std::size_t statement = static_cast<std::size_t>(-2);
    std::optional<Expr> subject{};
    std::vector<WorkingSide> sides{};
  };
  Previous previous_;
  /// Where each slip was made first, by what it is said to be, and in what.
  std::map<std::string, std::pair<std::size_t, std::string>> slips_made_;

  /// Products of a sum over paths, written one after the other before their sum.
  std::vector<Expr> recent_products_;
};

}  // namespace chalkgrad
