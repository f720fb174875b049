#include "tracer/exercise/blanks.hpp"

#include <algorithm>

#include "tracer/expression/name.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/expression/utf8.hpp"

namespace chalkgrad {

namespace {

/// Whether there is no name in it: 0.4 − 0.5·0.0822, 0.3589.
bool is_of_numbers(const Expr& e) {
  bool names = false;
  for_each_leaf(e, [&](const Expr& leaf) { names = names || !leaf.is(Expr::Kind::number); });
  return !names;
}

bool has_number(const Remark& remark) {
  return std::any_of(remark.begin(), remark.end(), [](const auto& part) {
    if (const auto* words = std::get_if<std::string>(&part))
      return words->find_first_of("0123456789") != std::string::npos;
    bool number = false;
    for_each_leaf(std::get<Expr>(part),
                  [&](const Expr& leaf) { number = number || leaf.is(Expr::Kind::number); });
    return number;
  });
}

/// As wide as what stood there, so that it can be written in; by steps, so that the width does not
/// tell.
Expr gap_for(const Expr& e) {
  constexpr std::size_t step = 6, widest = 42;
  const std::size_t width = utf8::display_width(print(e));
  return Expr::symbol(blank_name(std::min((width / step + 2) * step, widest)));
}

/// A gap in place of each side that is worked out in numbers, or of every side.
void open_gaps(Row& row, bool formulas) {
  std::vector<Side> sides;
  for (Side& side : row.sides) {
    side.remark.clear();
    const bool open = formulas || is_of_numbers(side.expr);
    if (!open) {
      sides.push_back(std::move(side));
      continue;
    }
    sides.push_back({.expr = gap_for(side.expr), .approximate = side.approximate});
  }
  row.sides = std::move(sides);
}

struct GapsOfPart {
  bool formulas;

  /// Whether the part stays.
  bool operator()(std::vector<Listing>&) const { return true; }
  bool operator()(Note& note) const { return !has_number(note.words); }
  bool operator()(Group& group) const {
    for (Row& row : group) open_gaps(row, formulas);
    return true;
  }
  bool operator()(Table& table) const {
    for (auto& row : table.rows)
      for (Table::Cell& cell : row)
        for (auto& part : cell.content)
          if (auto* e = std::get_if<Expr>(&part); e != nullptr && is_of_numbers(*e))
            *e = gap_for(*e);
    return true;
  }
};

}  // namespace

Section with_gaps(Section section, bool formulas) {
  constexpr std::string_view training = "Training";  // a table of numbers, and nothing else
  if (section.heading == training) return {};
  std::erase_if(section.parts, [&](Part& part) { return !std::visit(GapsOfPart{formulas}, part); });
  return section;
}

Section definitions_only(const Sheet& sheet) {
  constexpr std::string_view forward = "Forward pass";
  Section network{.heading = "Network"};
  for (const Section& section : sheet.sections) {
    if (section.heading != forward) continue;
    for (const Part& part : section.parts) {
      const auto* group = std::get_if<Group>(&part);
      if (group == nullptr) continue;
      Group rows;
      for (const Row& row : *group) {
        if (row.sides.empty()) continue;
        Row copy{.left = row.left, .sides = {{row.sides.front().expr}}};
        if (!is_of_numbers(copy.sides.front().expr)) rows.push_back(std::move(copy));
      }
      if (!rows.empty()) network.parts.emplace_back(std::move(rows));
    }
  }
  return network;
}

}  // namespace chalkgrad
