#include "tracer/sheet/sections/array_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tracer/expression/name.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/expression/utf8.hpp"

namespace chalkgrad {

namespace {

/// More numbers in a line would not be read.
constexpr std::size_t most_numbers_in_side = 80, most_numbers_in_array = 120;
constexpr std::size_t most_digits_in_side = 240, most_digits_in_call = 100;

std::size_t numbers_in(const Expr& e) {
  std::size_t count = e.is(Expr::Kind::matrix) ? e.parts().size() : 0;
  for (const Term& part : e.parts()) count += numbers_in(part.expr);
  return count;
}

std::size_t digits_in(const Expr& e) {
  std::size_t count = 0;
  for_each_leaf(e, [&](const Expr& leaf) { count += leaf.text().size() + 1; });
  return count;
}

/// A call stands in one piece where LaTeX sets it.
std::size_t digits_in_widest_call(const Expr& e) {
  std::size_t widest = e.is(Expr::Kind::function) ? digits_in(e) : 0;
  for (const Term& part : e.parts()) widest = std::max(widest, digits_in_widest_call(part.expr));
  return widest;
}

std::string shape_in_words(const Shape& shape) {
  return shape.is_vector() ? fmt::format("{} numbers", shape.rows)
                           : fmt::format("{} × {} numbers", shape.rows, shape.columns);
}

}  // namespace

namespace {

/// relu′([0.6, −0.3]) is [1, 0]: what a slope is for numbers is a number.
Expr with_slopes_worked_out(const Expr& e, const SheetContext& sheet) {
  if (e.parts().empty()) return e;
  std::vector<Term> parts;
  for (const Term& part : e.parts())
    parts.push_back({with_slopes_worked_out(part.expr, sheet), part.inverted});
  Expr whole = with_parts(e, std::move(parts));
  if (!whole.is(Expr::Kind::function) || !whole.text().ends_with("′")) return whole;
  const std::map<std::string, FunctionBody>& functions = sheet.solution.problem.functions;
  const ArrayScope scope{[](const std::string&) { return std::nullopt; },
                         [&](const std::string& name) {
                           const auto found = functions.find(name);
                           return found == functions.end() ? nullptr : &found->second;
                         }};
  ArrayValue value = evaluate_arrays(whole, scope);
  for (Expr& element : value.elements) {
    const double slope = evaluate(element, [&](const Expr& leaf) {
      return sheet.figures.value_of(leaf).value_or(std::nan(""));
    });
    element = sheet.figures.show(slope).number;
  }
  return array_of(value.shape, std::move(value.elements));
}

}  // namespace

Figure figure_of_array(const SheetContext& sheet, const Array& array) {
  std::vector<Expr> numbers;
  Figure whole{0.0, true, false};
  for (const std::string& name : array.elements) {
    const auto i = sheet.quantities.find(name);
    if (!i) return {};
    const Figure& figure = sheet.figures.of_quantity(*i);
    whole.known = whole.known && figure.known;
    whole.rounded = whole.rounded || figure.rounded;
    numbers.push_back(figure.number);
  }
  if (whole.known) whole.number = array_of(array.shape, std::move(numbers));
  return whole;
}

bool is_too_large(const Shape& shape) { return shape.size() > most_numbers_in_array; }

void add_worked_out(RowBuilder& row, const SheetContext& sheet, const Expr& e, const Figure& value,
                    const Shape& shape) {
  if (!value.known) return;
  const bool rounded = sheet.figures.uses_rounded(e) && sheet.carries_exact();
  auto numbers = sheet.options.detail == Detail::brief
                     ? std::nullopt
                     : sheet.figures.with_figures(e, {std::nan(""), 0});
  if (numbers) numbers = with_slopes_worked_out(*numbers, sheet);
  const bool long_side = numbers && (numbers_in(*numbers) > most_numbers_in_side ||
                                     digits_in(*numbers) > most_digits_in_side ||
                                     digits_in_widest_call(*numbers) > most_digits_in_call);
  if (numbers && !long_side) row.side(*numbers, rounded);
  if (is_too_large(shape)) {
    row.remark({fmt::format("{}, not written out", shape_in_words(shape))});
    return;
  }
  row.side(
      value.number, rounded || value.rounded,
      long_side ? Remark{std::string("the numbers are not put in: there are too many")} : Remark{});
}

bool is_wide(const Expr& definition) {
  constexpr std::size_t longest = 90;
  return definition.is(Expr::Kind::matrix) && utf8::display_width(print(definition)) > longest;
}

Row array_row(const SheetContext& sheet, const Array& array, std::string label) {
  RowBuilder row(sheet, Expr::symbol(array.shown), std::move(label));
  const bool by_numbers = sample_of(array.name) > 1 && sheet.options.detail == Detail::standard;
  const Figure value = figure_of_array(sheet, array);
  // The formulas of a wide matrix stand in lines of their own above it.
  if (is_wide(*array.definition) && value.known) return row.side(value.number, value.rounded).row();
  if (!by_numbers || !value.known) row.side(*array.definition);
  add_worked_out(row, sheet, *array.definition, value, array.shape);
  return row.row();
}

ArraysByElement::ArraysByElement(const Problem& problem) {
  for (const Array& array : problem.arrays) {
    if (array.shape.is_number()) continue;
    for (const std::string& element : array.elements) arrays_.try_emplace(element, &array);
  }
}

const Array* ArraysByElement::find(const std::string& element) const {
  const auto found = arrays_.find(element);
  return found == arrays_.end() ? nullptr : found->second;
}

}  // namespace chalkgrad
