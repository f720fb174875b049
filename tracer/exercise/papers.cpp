#include "tracer/exercise/papers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "tracer/exercise/blanks.hpp"
#include "tracer/expression/name.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/sheet/commas.hpp"
#include "tracer/sheet/sections/sections.hpp"

namespace chalkgrad {

namespace {

/// "Variant 03 (seed 9): Anna Lee", which `check` finds again on an answer.
Section heading(const PaperSource& source, std::string_view what) {
  const Variant& variant = source.variant;
  std::string words = fmt::format("Variant {} (seed {})", variant.label, variant.seed);
  if (!variant.name.empty()) words += ": " + variant.name;
  if (!what.empty()) words += fmt::format(". {}", what);
  return {.heading = {}, .parts = {Note{{std::move(words)}}}};
}

Sheet empty_paper(const PaperSource& source, std::string_view what = {}) {
  return {.title = source.solution.problem.title, .sections = {heading(source, what)}};
}

/// The questions as they stand in the file, numbered where there are several.
void add_questions(Sheet& sheet, const Exercise& exercise) {
  if (exercise.questions.empty()) return;
  Section section;
  for (std::size_t i = 0; i < exercise.questions.size(); ++i) {
    Remark words;
    if (exercise.questions.size() > 1) words.emplace_back(fmt::format("({}) ", i + 1));
    words.insert(words.end(), exercise.questions[i].begin(), exercise.questions[i].end());
    section.parts.emplace_back(Note{std::move(words)});
  }
  sheet.sections.push_back(std::move(section));
}

std::string in_points(double points) {
  return points_in_digits(points) + (points == 1 ? " point" : " points");
}

/// The symbol of the array that an element is asked for with: ∂E/∂W of ∂E/∂w12; its own if it is
/// in none.
Expr symbol_of_array(const Problem& problem, const Target& target) {
  const auto array_of = [&](const std::string& name) {
    for (const Array& array : problem.arrays)
      if (!array.shape.is_number() &&
          std::find(array.elements.begin(), array.elements.end(), name) != array.elements.end())
        return array.shown;
    return name;
  };
  Target whole = target;
  if (whole.wrt) {
    whole.wrt = array_of(*whole.wrt);
  } else {
    whole.quantity = array_of(whole.quantity);
  }
  return whole.symbol();
}

/// What is asked for, arrays as a whole, with the points of all their elements.
struct AskedWhole {
  Expr symbol = 0.0;
  double points = 0;
};
std::vector<AskedWhole> asked_wholes(const PaperSource& source) {
  std::vector<AskedWhole> wholes;
  for (const Asked& one : source.asked) {
    const Expr symbol = symbol_of_array(source.solution.problem, one.target);
    if (wholes.empty() || !(wholes.back().symbol == symbol)) wholes.push_back({symbol, 0});
    wholes.back().points += one.points;
  }
  return wholes;
}

/// What is asked for: a table with points, or a sentence; and with how many digits.
Section asked_section(const PaperSource& source) {
  Section section{.heading = "Asked"};
  const double total = total_points(source.asked);
  const std::vector<AskedWhole> wholes = asked_wholes(source);
  if (total == 0) {
    Remark words;
    for (const AskedWhole& one : wholes) {
      if (!words.empty()) words.emplace_back(", ");
      words.emplace_back(one.symbol);
    }
    section.parts.emplace_back(Note{std::move(words)});
    section.parts.emplace_back(Note{{digits_wanted(source.options.numerals)}});
    return section;
  }
  Table table;
  table.columns = {{{std::string("quantity")}}, {{std::string("points")}, true}};
  for (const AskedWhole& one : wholes)
    table.rows.push_back(
        {{{one.symbol}}, {{one.points == 0 ? std::string() : points_in_digits(one.points)}}});
  section.parts.emplace_back(std::move(table));
  section.parts.emplace_back(Note{{fmt::format("Altogether {}. {}", in_points(total),
                                               digits_wanted(source.options.numerals))}});
  return section;
}

Sheet make_question(const PaperSource& source) {
  Sheet sheet = empty_paper(source);
  add_questions(sheet, source.solution.problem.exercise);
  const Sheet all = make_sheet(source.solution, source.options);
  for (const Section& section : all.sections)
    if (section.heading == given_heading) sheet.sections.push_back(section);
  if (Section section = definitions_only(all); !section.parts.empty())
    sheet.sections.push_back(std::move(section));
  sheet.sections.push_back(asked_section(source));
  return sheet;
}

/// Three lines of room beside each value that is asked for.
Sheet with_frames(const PaperSource& source, Sheet sheet) {
  constexpr std::size_t line = 60;
  for (const Asked& one : source.asked) {
    Row row{.left = one.symbol, .stacked = true};
    for (int i = 0; i < 3; ++i) row.sides.push_back({Expr::symbol(blank_name(line))});
    sheet.sections.push_back({.heading = {}, .parts = {Group{std::move(row)}}});
  }
  return sheet;
}

Sheet make_blanks(const PaperSource& source) {
  Sheet sheet = empty_paper(source);
  add_questions(sheet, source.solution.problem.exercise);
  Sheet all = make_sheet(source.solution, source.options);
  if (source.gaps == Gaps::frame) {
    for (Section& section : all.sections)
      if (section.heading == given_heading) sheet.sections.push_back(std::move(section));
    return with_frames(source, std::move(sheet));
  }
  for (Section& section : all.sections)
    sheet.sections.push_back(section.heading == given_heading
                                 ? std::move(section)
                                 : with_gaps(std::move(section), source.gaps == Gaps::formulas));
  std::erase_if(sheet.sections, [](const Section& section) { return section.parts.empty(); });
  return sheet;
}

Sheet make_solution(const PaperSource& source) {
  Sheet sheet = empty_paper(source, "Solution");
  add_questions(sheet, source.solution.problem.exercise);
  for (Section& section : make_sheet(source.solution, source.options).sections)
    sheet.sections.push_back(std::move(section));
  return sheet;
}

/// Where the solution works a quantity out: its label, A3.
std::string label_of(const Sheet& sheet, const Expr& symbol) {
  const std::string printed = print(symbol);
  for (const Section& section : sheet.sections)
    for (const Part& part : section.parts)
      if (const auto* group = std::get_if<Group>(&part))
        for (const Row& row : *group)
          if (!row.label.empty() && print(row.left) == printed) return row.label;
  return {};
}

/// A value of the scheme with the line that works it out; without a label where there is none.
struct SchemeLine {
  std::size_t asked = 0;
  std::string label{};
};

/// In the order of the lines, in which whoever marks meets them; the rest behind.
std::vector<SchemeLine> scheme_lines(const PaperSource& source) {
  const Sheet sheet = make_sheet(source.solution, source.options);
  std::map<std::string, std::size_t> place;
  for (const Section& section : sheet.sections)
    for (const Part& part : section.parts)
      if (const auto* group = std::get_if<Group>(&part))
        for (const Row& row : *group) place.emplace(row.label, place.size());
  std::vector<SchemeLine> lines;
  for (std::size_t i = 0; i < source.asked.size(); ++i) {
    std::string label = label_of(sheet, source.asked[i].symbol);
    if (label.empty())
      label = label_of(sheet, symbol_of_array(source.solution.problem, source.asked[i].target));
    lines.push_back({i, std::move(label)});
  }
  const auto place_of = [&](const SchemeLine& line) {
    return line.label.empty() ? place.size() : place.at(line.label);
  };
  std::stable_sort(lines.begin(), lines.end(), [&](const SchemeLine& a, const SchemeLine& b) {
    return place_of(a) < place_of(b);
  });
  return lines;
}

Table points_table(const PaperSource& source, const std::vector<SchemeLine>& lines) {
  Table table;
  table.columns = {{{std::string("line")}},
                   {{std::string("quantity")}},
                   {{std::string("value")}, true},
                   {{std::string("tolerance")}, true},
                   {{std::string("points")}, true}};
  for (const SchemeLine& line : lines) {
    const Asked& one = source.asked[line.asked];
    table.rows.push_back({{{line.label}},
                          {{one.symbol}},
                          {{Expr::number(std::string_view(one.shown))}},
                          {{Expr::number(Decimal::of(one.tolerance).plain())}},
                          {{one.points == 0 ? std::string("–") : points_in_digits(one.points)}}});
  }
  return table;
}

Table slips_table(const PaperSource& source, const std::vector<SchemeLine>& lines) {
  Table table;
  table.columns = {{{std::string("quantity")}},
                   {{std::string("written")}, true},
                   {{std::string("what went wrong")}}};
  for (const SchemeLine& line : lines)
    for (const AnswerSlip& slip : source.slips[line.asked])
      table.rows.push_back({{{source.asked[line.asked].symbol}},
                            {{Expr::number(std::string_view(slip.shown))}},
                            {{slip.description}}});
  return table;
}

Sheet make_scheme(const PaperSource& source) {
  Sheet tables;
  const std::vector<SchemeLine> lines = scheme_lines(source);
  Section points{.heading = "Points", .parts = {points_table(source, lines)}};
  const double total = total_points(source.asked);
  if (total > 0) points.parts.emplace_back(Note{{"Altogether " + in_points(total) + "."}});
  points.parts.emplace_back(
      Note{{"A value earns its points if it agrees within the tolerance, or if it follows from a "
            "wrong number by correct work: a slip costs the points of the value where it was "
            "made, once."}});
  tables.sections.push_back(std::move(points));
  if (Table table = slips_table(source, lines); !table.rows.empty())
    tables.sections.push_back({.heading = "What slips give", .parts = {std::move(table)}});
  if (source.options.numerals.decimal_comma) tables = with_decimal_commas(std::move(tables));
  Sheet sheet = empty_paper(source, "Marking scheme");
  for (Section& section : tables.sections) sheet.sections.push_back(std::move(section));
  return sheet;
}

}  // namespace

std::string digits_wanted(const Numerals& numerals) {
  switch (numerals.precision) {
    case Precision::digits:
      return fmt::format("Give numbers with {0} decimals and {0} significant digits at least.",
                         numerals.count);
    case Precision::decimals: return fmt::format("Give numbers with {} decimals.", numerals.count);
    case Precision::significant:
      return fmt::format("Give numbers with {} significant digits.", numerals.count);
  }
  return {};
}

std::span<const Paper> papers() {
  static constexpr std::array table = {
      Paper{"question", make_question, true}, Paper{"blanks", make_blanks, false},
      Paper{"solution", make_solution, false}, Paper{"scheme", make_scheme, false}};
  return table;
}

}  // namespace chalkgrad
