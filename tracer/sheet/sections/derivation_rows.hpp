#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tracer/derivation/arrangement.hpp"
#include "tracer/derivation/decided_cases.hpp"
#include "tracer/sheet/sheet.hpp"

/// From the steps of a derivation to rows of a sheet, in the detail asked for.
namespace chalkgrad {

/// "in short, because t1 + t2 = 1"
[[nodiscard]] Remark reason_of(const ShortForm& form);
/// The reason where the long way is not shown.
[[nodiscard]] Remark reason_alone(const ShortForm& form);

class DerivationRows {
 public:
  DerivationRows(const Derivation& derivation, const Figures& figures, const SheetOptions& options)
      : derivation_(derivation), figures_(figures), options_(options) {}

  /// The steps `roots` and all they use, each derived once, labelled B1, B2, …
  std::vector<Group> in_full(const std::vector<StepIndex>& roots);
  /// One line for each of `roots` and each composite step they use; what has been shown is left
  /// out. `with_statement` writes the rule's symbols before the numbers, and gives a line to each
  /// local factor that cannot be read off a definition.
  Group in_brief(const std::vector<StepIndex>& roots, bool with_statement);

  /// The label of a step that has been shown; empty otherwise.
  [[nodiscard]] std::string label(StepIndex step) const;

 private:
  Row entry_row(const Entry& entry) const;
  Row numbers_row(const Entry& entry) const;
  [[nodiscard]] bool is_by_numbers(const Step& step, StepIndex index) const;
  Row brief_row(StepIndex index, bool with_statement);
  [[nodiscard]] bool is_worth_a_line(StepIndex index) const;
  [[nodiscard]] bool is_product_or_sum(StepIndex index) const;
  void add_local(Row& row, const Step& step, StepIndex index) const;
  void add_reason(Row& row, const DecidedCases& decided, Remark rules) const;
  void add_numbers(Row& row, const Step& step, StepIndex index) const;
  void add_short_form(Row& row, const Step& step) const;
  void add_statement(Row& row, const Step& step) const;
  void add_side(Row& row, const Expr& e, bool approximate, Remark remark = {}) const;
  void add_value(Row& row, const Figure& figure, bool from_rounded) const;
  [[nodiscard]] Remark statement_remark(const Step& step) const;
  [[nodiscard]] Remark references(const Step& step) const;
  [[nodiscard]] bool uses_rounded_steps(const Step& step) const;

  const Derivation& derivation_;
  const Figures& figures_;
  SheetOptions options_;
  void find_first_sample(const std::vector<StepIndex>& roots);

  std::size_t first_sample_ = 0;        // the one that is derived first, and in full
  std::vector<std::size_t> numbers_{};  // as Arrangement::numbers
  std::vector<bool> shown_in_brief_{};
};

}  // namespace chalkgrad
