#include "tracer/exercise/blanks.hpp"

#include <algorithm>

#include "tracer/expression/name.hpp"

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

/// One width for each kind of gap, with room to write in: one that followed what stood there would
/// tell of it.
enum class GapKind { value, line, formula, array };

Expr gap_for(GapKind kind) {
  constexpr std::size_t value = 18, line = 36, formula = 36, array = 42;
  switch (kind) {
    case GapKind::value: return Expr::symbol(blank_name(value));
    case GapKind::line: return Expr::symbol(blank_name(line));
    case GapKind::formula: return Expr::symbol(blank_name(formula));
    case GapKind::array: return Expr::symbol(blank_name(array));
  }
  return Expr::symbol(blank_name(value));
}

GapKind kind_of(const Expr& e, bool is_last) {
  if (e.is(Expr::Kind::matrix)) return GapKind::array;
  if (!is_of_numbers(e)) return GapKind::formula;
  return is_last ? GapKind::value : GapKind::line;
}

/// A gap in place of each side that is worked out in numbers, or of every side. Where a case was
/// decided there are as many in every case, though 1 is one side and −(t − m) are three.
void open_gaps(Row& row, bool formulas) {
  std::vector<Side> sides;
  for (Side& side : row.sides) {
    side.remark.clear();
    if (side.of_case != OfCase::none) {
      const bool formula = side.of_case == OfCase::formula;
      sides.push_back({.expr = gap_for(formula ? GapKind::formula : GapKind::line)});
      sides.push_back(
          {.expr = gap_for(GapKind::value), .approximate = row.sides.back().approximate});
      row.stacked = sides.size() > 2;
      break;
    }
    const bool open = formulas || is_of_numbers(side.expr);
    if (!open) {
      sides.push_back(std::move(side));
      continue;
    }
    const bool is_last = &side == &row.sides.back();
    sides.push_back(
        {.expr = gap_for(kind_of(side.expr, is_last)), .approximate = side.approximate});
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
            *e = gap_for(kind_of(*e, true));
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
