#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/ops.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/sheet/sections/array_rows.hpp"

namespace chalkgrad {

namespace {

bool calls(const Expr& e, Op op) {
  if (e.is(Expr::Kind::call) && e.op() == op) return true;
  return std::any_of(e.parts().begin(), e.parts().end(),
                     [op](const Term& part) { return calls(part.expr, op); });
}

}  // namespace

std::string unused_letter(const SheetContext& sheet) {
  const auto& arrays = sheet.solution.problem.arrays;
  for (const char* letter : {"z", "x", "u", "s", "ξ", "ζ"})
    if (!sheet.quantities.find(letter) &&
        std::none_of(arrays.begin(), arrays.end(),
                     [&](const Array& array) { return array.shown == letter; }))
      return letter;
  return "argument";
}

namespace {

/// σ(z) = 1/(1 + e^(−z)) and the like, for the functions that the definitions use.
Group function_definitions(const SheetContext& sheet) {
  Group group;
  const Expr z = Expr::symbol(unused_letter(sheet));
  const auto is_used = [&](Op op) {
    const auto& items = sheet.solution.problem.items;
    return std::any_of(items.begin(), items.end(), [op](const Item& item) {
      return item.definition && sample_of(item.name) <= 1 && calls(*item.definition, op);
    });
  };
  for_each_operation([&]<class O>(O) {
    if constexpr (is_unary<O>)
      if (description_of(O::code).is_explained && is_used(O::code))
        group.push_back({.left = Expr::call(O::code, {z}), .sides = {{O::value(z)}}});
  });
  return group;
}

Row forward_row(const SheetContext& sheet, QuantityIndex i, std::string label) {
  const Quantity& quantity = sheet.quantities[i];
  RowBuilder row(sheet, Expr::symbol(quantity.name), std::move(label));
  const Figure& figure = sheet.figures.of_quantity(i);
  const Item* item = sheet.solution.problem.find(quantity.name);
  if (quantity.given) {
    if (item != nullptr && item->with_derivatives) row.side(*item->with_derivatives);
    if (figure.known) row.side(figure.number);
    return row.row();
  }
  const Expr definition = sheet.quantities.definition(i);
  // What the first sample shows in symbols, the others repeat with their numbers.
  const bool by_numbers =
      sample_of(quantity.name) > 1 && figure.known && sheet.options.detail == Detail::standard;
  if (item != nullptr && item->of_arrays) {
    // A loss of arrays is put into numbers as what it stands for.
    constexpr std::size_t longest = 60;
    if (!by_numbers) row.side(*item->of_arrays);
    if (definition.size() > longest)
      return figure.known ? row.side(figure.number, figure.rounded).row() : row.row();
  }
  if (!by_numbers && item != nullptr && item->with_derivatives) row.side(*item->with_derivatives);
  if (!by_numbers) return row.worked_out(definition, figure).row();
  return row.worked_out_in_numbers(definition, figure).row();
}

}  // namespace

Section forward_section(const SheetContext& sheet) {
  Section section{.heading = "Forward pass"};
  Group definitions = function_definitions(sheet);
  if (!definitions.empty()) section.parts.emplace_back(std::move(definitions));
  Group group;
  const ArraysByElement arrays(sheet.solution.problem);
  std::set<const Array*> written;
  std::size_t sample = 0, count = 0;
  // The rule of a perceptron changes the weights before the second sample: its table goes on.
  const auto& updates = sheet.solution.problem.updates;
  const bool corrects = std::any_of(updates.begin(), updates.end(),
                                    [](const auto& one) { return one.correction.has_value(); });
  const auto end_group = [&] {
    if (!group.empty()) section.parts.emplace_back(std::move(group));
    group.clear();
  };
  for (QuantityIndex i = 0; i < sheet.quantities.size(); ++i) {
    const Item* item = sheet.solution.problem.find(sheet.quantities[i].name);
    const bool shown = sheet.quantities[i].automatic || (item != nullptr && item->definition);
    if (!shown || sheet.solution.problem.is_hidden(sheet.quantities[i].name)) continue;
    if (corrects && sample_of(sheet.quantities[i].name) > 1) continue;
    if (sample_of(sheet.quantities[i].name) != sample) end_group();
    sample = sample_of(sheet.quantities[i].name);
    if (const Array* array = arrays.find(sheet.quantities[i].name)) {
      const bool by_elements = array->definition && is_wide(*array->definition);
      if (by_elements) group.push_back(forward_row(sheet, i, fmt::format("A{}", ++count)));
      const bool last = array->elements.back() == sheet.quantities[i].name;
      if (array->definition && (!by_elements || last) && written.insert(array).second)
        group.push_back(array_row(sheet, *array, fmt::format("A{}", ++count)));
      if (array->definition) continue;
    }
    group.push_back(forward_row(sheet, i, fmt::format("A{}", ++count)));
  }
  end_group();
  return section;
}

}  // namespace chalkgrad
