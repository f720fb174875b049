#pragma once

#include <vector>

#include "tracer/sheet/figures.hpp"
#include "tracer/sheet/sheet.hpp"

/// The sections of a sheet, each in a file of its own. What they have in common is the solution and
/// the figures; in which order they follow each other is decided in sheet.cpp.
namespace chalkgrad {

struct SheetContext {
  const Solution& solution;
  const Quantities& quantities;
  const SheetOptions& options;
  const Figures& figures;
  const Derivation* in_short = nullptr;  ///< what is shown, where some of it has a short form

  [[nodiscard]] const Derivation& derivation() const {
    return in_short != nullptr ? *in_short : solution.derivation;
  }
  [[nodiscard]] Style style() const {
    return options.style.value_or(default_style(solution.problem));
  }
  [[nodiscard]] bool carries_exact() const { return options.numerals.carry == Carry::exact; }
};

/// The numbers that are given, by role, and the table of samples.
[[nodiscard]] Section given_section(const SheetContext& sheet);
/// Every defined quantity, from its definition to its value, A1, A2, ….
[[nodiscard]] Section forward_section(const SheetContext& sheet);

// The derivatives in each style, B1, B2, ….
[[nodiscard]] std::vector<Section> textbook_sections(const SheetContext& sheet);
[[nodiscard]] std::vector<Section> delta_sections(const SheetContext& sheet);
[[nodiscard]] std::vector<Section> path_sections(const SheetContext& sheet);
[[nodiscard]] std::vector<Section> trace_sections(const SheetContext& sheet);
[[nodiscard]] std::vector<Section> matrix_sections(const SheetContext& sheet);

/// One step of gradient descent, C1, C2, …, and the output after it.
[[nodiscard]] Section update_section(const SheetContext& sheet);

/// A name for the argument of a function, that no quantity and no array has.
[[nodiscard]] std::string unused_letter(const SheetContext& sheet);

/// left = side = side, where a side that says the same as the one before it is left out.
class RowBuilder {
 public:
  RowBuilder(const SheetContext& sheet, Expr left, std::string label = {});

  RowBuilder& side(const Expr& e, bool approximate = false, Remark remark = {});
  /// The expression, then with numbers (unless the detail is brief), then the figure.
  RowBuilder& worked_out(const Expr& e, const Figure& figure, Remark remark = {});
  /// The same of a derivative: where cases are decided only those that hold are written, with the
  /// reason unless there is a remark; in full detail the distinction first.
  RowBuilder& derivative_worked_out(const Expr& e, const Figure& figure, Remark remark);
  /// As worked_out, without the expression itself.
  RowBuilder& worked_out_in_numbers(const Expr& e, const Figure& figure);
  /// A remark to the last side.
  RowBuilder& remark(Remark remark);
  [[nodiscard]] Row row() { return std::move(row_); }

 private:
  const SheetContext& sheet_;
  Row row_;
};

/// The pairs (y, x) that are derived: those asked for, then those that the update needs.
[[nodiscard]] std::vector<StepIndex> derived_steps(const Solution& solution);
/// The same, gathered by y.
struct DerivedOutput {
  QuantityIndex y;
  std::vector<QuantityIndex> xs;
  std::vector<StepIndex> steps;
};
[[nodiscard]] std::vector<DerivedOutput> derived_outputs(const SheetContext& sheet);

}  // namespace chalkgrad
