#pragma once

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tracer/check/ledger.hpp"
#include "tracer/check/slips.hpp"
#include "tracer/check/working.hpp"
#include "tracer/numerals/agreement.hpp"

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

  /// Statements are judged in the order in which they stand in the file.
  [[nodiscard]] std::vector<Finding> judge(const Chain& statement, std::size_t number);

 private:
  void choose_subject(std::vector<WorkingSide>& sides, bool assigns);
  void infer_subject(std::vector<WorkingSide>& sides);
  [[nodiscard]] std::vector<Expr> candidates() const;
  void judge_link(std::vector<WorkingSide>& sides, std::size_t at);
  void judge_names(std::vector<WorkingSide>& sides, std::size_t at);
  void judge_numbers(std::vector<WorkingSide>& sides, std::size_t at);
  void judge_by_value(std::vector<WorkingSide>& sides, std::size_t at);
  void judge_result(std::vector<WorkingSide>& sides, std::size_t at);
  void judge_slot(Slot& slot);
  void report_slots(const WorkingSide& side);
  bool lay_over(WorkingSide& side, const std::vector<WorkingSide>& sides, std::size_t at);
  bool fits(const Slot& slot, const Expr& meaning);
  void remember(const std::vector<WorkingSide>& sides, std::size_t at);
  void take_parts(const WorkingSide& side);

  [[nodiscard]] static bool is_same_double(const Slot& slot, double value, double error);
  [[nodiscard]] bool is_exact(const Expr& meaning) const;
  [[nodiscard]] std::string precise_text(const Slot& slot) const;
  [[nodiscard]] Agreement agree(const Slot& slot, const Expr& meaning, Approximation truth) const;
  [[nodiscard]] Agreement with_range(const Slot& slot, Range range) const;
  [[nodiscard]] const Ledger::Entry* earlier(const Slot& slot, const Expr& meaning) const;

  /// A value that follows from what was written before, and whether all of that was right.
  struct Carried {
    double value = 0;
    bool right = true;
    bool any = false;  ///< something written before was used
  };
  [[nodiscard]] Carried carried(const Expr& e);
  Expr with_written(const Expr& e, Carried& carried, int depth = 0);
  [[nodiscard]] Carried carried_by_definition(const Expr& leaf, int depth);
  [[nodiscard]] std::optional<Carried> carried_to(const Slot& slot, double truth,
                                                  const std::vector<WorkingSide>& sides,
                                                  std::size_t at);

  [[nodiscard]] bool follows_formula(const Slot& slot, const WorkingSide* before);

  Finding& add(Span span, Verdict verdict, const Expr& reading);
  Finding& add(const WorkingSide& side, Verdict verdict);
  /// Puts the name of a slip into a finding, and says it after the message.
  void name_slip(Finding& finding, const std::optional<Slip>& slip) const;

  Scope& scope_;
  SlipFinder& slips_;
  CheckOptions options_;
  Ledger ledger_;
  std::set<double> data_;  ///< the problem's given numbers, without their signs
  std::unordered_map<std::string, Carried> carried_;  ///< until something new is written
  int searches_left_ = 3'000;  ///< for an order in which a line fits, in the whole file
  int expansions_left_ = 2'000'000;                   ///< of definitions, in the whole file
  /// The most significant digits of a number with a fraction that was worked out; 0 if there is
  /// none.
  std::size_t digits_kept_ = 0;

  // Of the statement that is being judged.
  std::size_t statement_ = 0;
  std::optional<Expr> subject_;
  std::vector<Finding> findings_;
  std::vector<std::pair<Expr, Carried>> parts_;  ///< what numbers of this chain stand for

  /// Products of a sum over paths, written one after the other before their sum.
  std::vector<Expr> recent_products_;
};

}  // namespace chalkgrad
