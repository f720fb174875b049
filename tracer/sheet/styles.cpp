#include "tracer/sheet/styles.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "tracer/problem/problem.hpp"
#include "tracer/sheet/sections/sections.hpp"

namespace chalkgrad {

std::span<const StyleRow> styles() {
  static constexpr std::array table = {StyleRow{Style::textbook, "textbook", textbook_sections},
                                       StyleRow{Style::delta, "delta", delta_sections},
                                       StyleRow{Style::paths, "paths", path_sections},
                                       StyleRow{Style::matrix, "matrix", matrix_sections},
                                       StyleRow{Style::table, "table", trace_sections}};
  return table;
}

const StyleRow& row_of(Style style) {
  return *std::find_if(styles().begin(), styles().end(),
                       [style](const StyleRow& row) { return row.style == style; });
}

namespace {

/// Whether what is derived is made of derivatives itself.
bool derives_derivatives(const Problem& problem) {
  if (std::none_of(problem.items.begin(), problem.items.end(),
                   [](const Item& item) { return item.with_derivatives; }))
    return false;
  std::vector<std::string> open;
  for (const DeriveStatement& one : problem.derivations) open.push_back(one.output);
  std::set<std::string> seen(open.begin(), open.end());
  while (!open.empty()) {
    const Item* item = problem.find(open.back());
    open.pop_back();
    if (item == nullptr || !item->definition) continue;
    if (item->with_derivatives) return true;
    for_each_leaf(*item->definition, [&](const Expr& leaf) {
      if (leaf.is(Expr::Kind::symbol) && seen.insert(leaf.text()).second)
        open.push_back(leaf.text());
    });
  }
  return false;
}

}  // namespace

Style default_style(const Problem& problem) {
  if (problem.arrays.empty()) return Style::textbook;
  // Second derivatives are written element by element.
  if (derives_derivatives(problem)) return Style::textbook;
  std::set<std::string_view> asked;
  for (const DeriveStatement& one : problem.derivations)
    asked.insert(one.wrt.begin(), one.wrt.end());
  for (const UpdateStatement& one : problem.updates)
    asked.insert(one.parameters.begin(), one.parameters.end());
  const bool whole =
      std::any_of(problem.arrays.begin(), problem.arrays.end(), [&](const Array& array) {
        return !array.definition && !array.shape.is_number() &&
               std::all_of(array.elements.begin(), array.elements.end(),
                           [&](const std::string& name) { return asked.contains(name); });
      });
  return whole ? Style::matrix : Style::textbook;
}

}  // namespace chalkgrad
