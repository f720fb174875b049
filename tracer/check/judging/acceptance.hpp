#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tracer/check/alignment/working.hpp"
#include "tracer/check/judging/ledger.hpp"
#include "tracer/expression/expression_hash.hpp"
#include "tracer/numerals/agreement.hpp"

/// Whether a written number may stand for what it was meant to be.
///
/// It may if it agrees with the true value (numerals/agreement.hpp), with what was written for the
/// same thing before, or with what follows from that. How precise the writer is, is learnt from the
/// file; the problem's own numbers are exact.
namespace chalkgrad {

class Acceptance {
 public:
  Acceptance(Scope& scope, const Answer& answer, const CheckOptions& options);

  /// Against the value of the meaning.
  [[nodiscard]] Agreement agree(const Slot& slot, const Expr& meaning, Approximation truth) const;
  /// Against the nearest value of a range.
  [[nodiscard]] Agreement with_range(const Slot& slot, Range range) const;
  /// Whether the number may be meant, right or carried.
  [[nodiscard]] bool fits(const Slot& slot, const Expr& meaning);
  /// What was written for this before, if this number is it.
  [[nodiscard]] const Ledger::Entry* earlier(const Slot& slot, const Expr& meaning) const;

  /// The value of an expression with what was written for its parts, so far and in this chain.
  [[nodiscard]] Carried carried(const Expr& e);
  /// Where it may lie: up to the true value if all was right; otherwise as far as the digits of
  /// what was wrong allow, for behind a slip the writer may go on with all digits.
  [[nodiscard]] Range range_of_carried(const Expr& e, const Carried& carried, double truth);
  /// The same for a name, by its definition alone.
  [[nodiscard]] Carried carried_by_definition(const Expr& leaf, int depth = 0);

  /// Remembers a number that was written for a name, or for a product of derivatives.
  void write(const Expr& meaning, const Ledger::Entry& entry);
  /// What the numbers of the chain at hand stand for.
  void take_part(const Expr& meaning, const Carried& carried);
  void begin_chain();

  /// From here, nothing is remembered until the trial ends, and then only if it was accepted.
  void begin_trial() { trial_ = true; }
  void end_trial(bool accepted);

  /// Whether it is one of the problem's given numbers, but for its sign.
  [[nodiscard]] bool is_datum(double value) const;

 private:
  [[nodiscard]] static bool is_same_double(const Slot& slot, double value, double error);
  [[nodiscard]] bool is_exact(const Expr& meaning) const;
  [[nodiscard]] std::string precise_text(const Slot& slot) const;
  Expr with_written(const Expr& e, Carried& carried, int depth = 0);

  Scope& scope_;
  bool strict_;
  Ledger ledger_;
  std::set<double> data_;
  std::unordered_map<Expr, Carried, ExpressionHash> parts_;  ///< the first that was written counts
  std::unordered_map<std::string, Carried> carried_;         ///< until something new is written
  double shift_ = 0;  ///< of what was written and is wrong, in half units of its last place
  /// Whether what was right is carried with the digits of the calculator, and not as it was
  /// written.
  bool has_all_digits_ = false;
  bool trial_ = false;
  std::vector<std::pair<Expr, Ledger::Entry>> tried_;
  int expansions_left_ = 2'000'000;  ///< of definitions, in the whole file
  /// The most significant digits of a number with a fraction that was worked out; 0 if there is
  /// none.
  std::size_t digits_kept_ = 0;
};

}  // namespace chalkgrad
