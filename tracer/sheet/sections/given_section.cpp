#include <fmt/format.h>

#include <set>

#include "tracer/expression/name.hpp"
#include "tracer/sheet/sections/array_rows.hpp"

namespace chalkgrad {

namespace {

std::string plural(Role role, std::size_t count) {
  const std::string_view ending = count == 1 ? "" : role == Role::bias ? "es" : "s";
  return fmt::format("{}{}", role_name(role), ending);
}

/// 1/3 is put in as 0.3333; nothing where the number was typed in digits.
const Figure* figure_of_expression(const SheetContext& sheet, const Item& item) {
  const auto i = item.written ? sheet.quantities.find(item.name) : std::nullopt;
  return i ? &sheet.figures.of_quantity(*i) : nullptr;
}

/// W = [[0.15, 0.20], [0.25, 0.30]]; without numbers its elements, so that they have names.
Row given_array(const SheetContext& sheet, const Array& array) {
  Row entry{.left = Expr::symbol(array.shown)};
  if (is_too_large(array.shape)) return entry;
  std::vector<Expr> elements;
  for (const std::string& name : array.elements) {
    const Item& item = *sheet.solution.problem.find(name);
    elements.push_back(item.number ? item.as_typed() : Expr::symbol(name));
  }
  entry.sides.push_back({array_of(array.shape, std::move(elements))});
  return entry;
}

/// g_z = ∂L/∂z = [1, 2], where that derivative is given.
void add_upstream(const SheetContext& sheet, Row& entry) {
  for (const UpstreamDerivative& one : sheet.solution.problem.upstream)
    if (entry.left == Expr::symbol(one.constant) && !entry.sides.empty())
      entry.sides.insert(entry.sides.begin(), {Expr::derivative(one.of, one.wrt)});
}

std::vector<Listing> listings(const SheetContext& sheet) {
  std::vector<Listing> list;
  const ArraysByElement arrays(sheet.solution.problem);
  std::set<const Array*> written;
  for (const Role role : {Role::input, Role::weight, Role::bias, Role::target, Role::constant}) {
    Listing listing;
    for (const Item& item : sheet.solution.problem.items) {
      if (item.role != role || sample_of(item.name) != 0) continue;
      if (const Array* array = arrays.find(item.name); array != nullptr && !array->definition) {
        if (!written.insert(array).second) continue;
        listing.entries.push_back(given_array(sheet, *array));
        add_upstream(sheet, listing.entries.back());
        continue;
      }
      Row entry{.left = Expr::symbol(item.name)};
      if (item.number) entry.sides.push_back({item.as_typed()});
      if (const Figure* figure = figure_of_expression(sheet, item))
        entry.sides.push_back({figure->number, sheet.options.approx && figure->rounded});
      add_upstream(sheet, entry);
      listing.entries.push_back(std::move(entry));
    }
    listing.label = plural(role, listing.entries.size());
    if (!listing.entries.empty()) list.push_back(std::move(listing));
  }
  return list;
}

/// The coefficients of the update that are numbers in the file, not quantities.
void add_coefficients(const SheetContext& sheet, std::vector<Listing>& list) {
  if (sheet.solution.updates.empty()) return;
  std::set<std::string> listed;
  for (const Coefficient& one : sheet.solution.descent->coefficients())
    if (one.written.is(Expr::Kind::number) && listed.insert(one.symbol.text()).second)
      list.push_back({one.label, {{.left = one.symbol, .sides = {{one.written}}}}});
}

Table samples_table(const Problem& problem) {
  Table table;
  table.columns.push_back({{std::string("sample")}, true});
  for (const std::string& column : problem.samples.columns)
    table.columns.push_back({{Expr::symbol(column)}, true});
  for (std::size_t k = 1; k <= problem.samples.count; ++k) {
    std::vector<Table::Cell> row = {{{std::to_string(k)}}};
    for (const std::string& column : problem.samples.columns)
      row.push_back({{problem.find(name_in_sample(column, k))->as_typed()}});
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

Section given_section(const SheetContext& sheet) {
  Section section{.heading = "Given"};
  std::vector<Listing> list = listings(sheet);
  add_coefficients(sheet, list);
  if (!list.empty()) section.parts.emplace_back(std::move(list));
  if (sheet.solution.problem.samples.count > 0)
    section.parts.emplace_back(samples_table(sheet.solution.problem));
  return section;
}

}  // namespace chalkgrad
