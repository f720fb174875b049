#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tracer/check/alignment/alignment.hpp"
#include "tracer/check/alignment/hull.hpp"
#include "tracer/check/reading/answer.hpp"
#include "tracer/check/report/report.hpp"

/// A side of a statement while it is being judged: its numbers taken out, so that each can be laid
/// beside what it stands for.
namespace chalkgrad {

struct Slot {
  std::string text{};
  double value = 0;
  Span span{};
  std::optional<Expr> meaning{};  ///< none: a number of the formula itself, or not known
  double truth = 0;
  /// Where it is not known what it stands for: a value in the formula of the subject that it is
  /// likely to be a rounding of.
  std::optional<double> likely{};
  bool datum = false;  ///< it is one of the problem's given numbers, and so exact
  Verdict verdict = Verdict::ok;
  std::optional<std::size_t> cause{};  ///< where what it follows from was written
};

struct WorkingSide {
  Span span{};
  Expr written = 0.0;  ///< as it was written
  Expr slotted = 0.0;  ///< with NumberSlot::symbol in place of each number
  std::vector<Slot> slots{};
  bool names = false;    ///< it has names of quantities
  bool aligned = false;  ///< the slots know what they stand for
  bool sound = true;     ///< nothing in it is wrong, carried or its own

  explicit WorkingSide(const WrittenSide& side);
  /// A number and nothing else.
  [[nodiscard]] bool is_result() const { return NumberSlot::of(slotted).has_value(); }
  [[nodiscard]] bool has_numbers() const { return !slots.empty(); }
};

/// The value of a slotted expression.
[[nodiscard]] double value_with(const Expr& slotted, const std::vector<double>& slots,
                                Scope& scope);

/// Half a unit in the last place that was written; 0 for a whole number.
[[nodiscard]] double half_unit(std::string_view text);

/// What the side may come to, if each right number lies between what was written and what is true,
/// each wrong one is as written, and each that was wrong before is what may have been rounded to
/// it. Numbers of which it is not known what they stand for may have
/// been rounded if `rounded`, and are exact otherwise.
[[nodiscard]] Range range_of(const WorkingSide& side, Scope& scope, bool rounded);

/// Where a slot stands: "factor 2 of 3", "term 1 of 2"; empty for a result.
[[nodiscard]] std::string place_of(const WorkingSide& side, std::size_t slot);

}  // namespace chalkgrad
