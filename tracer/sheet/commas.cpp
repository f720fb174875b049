#include "tracer/sheet/commas.hpp"

#include "tracer/expression/decimal_comma.hpp"

namespace chalkgrad {

namespace {

void use_commas(Remark& remark) {
  for (auto& part : remark)
    std::visit([](auto& one) { one = with_decimal_comma(std::move(one)); }, part);
}

void use_commas(Row& row) {
  row.left = with_decimal_comma(row.left);
  for (Side& side : row.sides) {
    side.expr = with_decimal_comma(side.expr);
    use_commas(side.remark);
  }
}

void use_commas(Group& group) {
  for (Row& row : group) use_commas(row);
}

void use_commas(std::vector<Listing>& listings) {
  for (Listing& listing : listings) use_commas(listing.entries);
}

void use_commas(Note& note) { use_commas(note.words); }

void use_commas(Table& table) {
  for (Table::Column& column : table.columns) use_commas(column.head);
  for (std::vector<Table::Cell>& row : table.rows)
    for (Table::Cell& cell : row) use_commas(cell.content);
}

}  // namespace

Sheet with_decimal_commas(Sheet sheet) {
  for (Section& section : sheet.sections)
    for (Part& part : section.parts) std::visit([](auto& one) { use_commas(one); }, part);
  return sheet;
}

}  // namespace chalkgrad
