#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <map>
#include <regex>
#include <sstream>

#include "tests/support/problems.hpp"
#include "tests/support/random_network.hpp"
#include "tests/support/slow_build.hpp"
#include "tracer/expression/parser.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/formats/json.hpp"

/// The sheet checks itself: every line that claims an equality of numbers is read back by the
/// expression parser and must hold within the digits it shows.
namespace chalkgrad {
namespace {

using testing::solve_text;

/// The sides of the equality that a row states, cut at its relations outside brackets.
std::vector<std::string> sides_of(const std::string& row) {
  std::vector<std::string> sides(1);
  int depth = 0;
  for (std::size_t at = 0; at < row.size(); ++at) {
    if (row[at] == '(') ++depth;
    if (row[at] == ')') --depth;
    const std::string_view rest = std::string_view(row).substr(at);
    const std::string_view relation = rest.starts_with(" = ")    ? " = "
                                      : rest.starts_with(" ≈ ")  ? " ≈ "
                                      : rest.starts_with(" ~= ") ? " ~= "
                                                                 : "";
    if (depth == 0 && !relation.empty()) {
      sides.emplace_back();
      at += relation.size() - 1;
    } else {
      sides.back() += row[at];
    }
  }
  return sides;
}

/// The rows of a sheet; a row goes on in the lines that begin with a relation or with a sign.
std::vector<std::string> rows_of(const std::string& sheet) {
  std::vector<std::string> rows;
  std::istringstream lines(sheet);
  static const std::regex label(" {2,}\\([ABC][0-9]+\\)$");
  std::string heading;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("  ")) {
      if (!line.empty()) heading = line;
      continue;
    }
    if (heading == "Given") continue;
    line = std::regex_replace(line, label, "");
    line.erase(0, line.find_first_not_of(' '));
    if (line.starts_with("— ") || line.starts_with("-- ")) continue;  // said beside the formulas
    // A remark stands at least three blanks away.
    if (const auto remark = line.find("   "); remark != std::string::npos) line.erase(remark);
    const bool goes_on = line.starts_with("= ") || line.starts_with("≈ ") ||
                         line.starts_with("~= ") || line.starts_with("+ ") ||
                         line.starts_with("− ") || line.starts_with("- ") ||
                         line.starts_with("·") || line.starts_with("*");
    // A very wide left side stands on a line of its own.
    const bool stands_alone =
        line.find('=') == std::string::npos &&
        (line.find(" · ") != std::string::npos || line.find(" * ") != std::string::npos);
    if (goes_on && !rows.empty()) {
      rows.back() += " " + line;
    } else if (stands_alone) {
      rows.push_back(line);
    } else if (line.find('=') != std::string::npos || line.find("≈") != std::string::npos) {
      rows.push_back(line);
    }
  }
  return rows;
}

bool is_numeric(const Expr& e) {
  bool numeric = true;
  for_each_leaf(e, [&](const Expr& leaf) { numeric = numeric && leaf.is(Expr::Kind::number); });
  return numeric;
}

/// What a numeral may be off by: nothing if it is shorter than the sheet's rule of digits, and so
/// exact.
double uncertainty(const std::string& spelling, const Numerals& numerals) {
  const auto decimal = Decimal::parse(spelling);
  if (!decimal) return 0;
  const bool scientific = spelling.find('e') != std::string::npos;
  const bool full_length =
      scientific ? static_cast<int>(decimal->digits.size()) >= std::min(numerals.count, 4)
                 : decimal->decimals() >= numerals.count;
  if (!full_length || numerals.count == 0) return 0;
  const double unit = std::pow(10.0, decimal->exponent);
  return numerals.rounding == Rounding::truncate ? unit : unit / 2;
}

/// The value of a line of numbers, and to first order how far the rounding of each of them can move
/// it.
std::pair<double, double> value_and_reach(const Expr& e, const Numerals& numerals) {
  const auto no_symbols = [](const Expr&) { return std::nan(""); };
  const double value = evaluate(e, no_symbols);
  std::vector<double> uncertainties;
  for_each_leaf(
      e, [&](const Expr& leaf) { uncertainties.push_back(uncertainty(leaf.text(), numerals)); });
  double reach = 0;
  for (std::size_t moved = 0; moved < uncertainties.size(); ++moved) {
    if (uncertainties[moved] == 0) continue;
    std::size_t at = 0;
    const Expr other = substitute(e, [&](const Expr& leaf) {
      return at++ == moved ? Expr(leaf.value() + uncertainties[moved]) : leaf;
    });
    reach += std::abs(evaluate(other, no_symbols) - value);
  }
  return {value, reach};
}

/// Checks every pair of neighbouring numeric sides; returns how many there were.
int check_sheet(const std::string& sheet, const Numerals& numerals, const ParseContext& context) {
  int checked = 0;
  for (const std::string& row : rows_of(sheet)) {
    std::optional<Expr> before;
    for (const std::string& side : sides_of(row)) {
      std::optional<Expr> e;
      try {
        e = parse_expression(side, context);
      } catch (const SyntaxError& error) {
        // "w5+" before the first relation, in ASCII.
        if (!side.ends_with("+"))
          ADD_FAILURE() << error.what() << " in '" << side << "' of: " << row;
        before.reset();
        continue;
      }
      if (!is_numeric(*e)) {
        before.reset();
        continue;
      }
      if (before) {
        const auto [left, left_reach] = value_and_reach(*before, numerals);
        const auto [right, right_reach] = value_and_reach(*e, numerals);
        ++checked;
        EXPECT_LE(std::abs(left - right),
                  (left_reach + right_reach) * 1.01 + 1e-12 * (std::abs(left) + 1e-3))
            << row;
      }
      before = e;
    }
  }
  return checked;
}

struct Written {
  const char* name;
  SheetOptions sheet;
  bool ascii;
};

std::vector<Written> ways_to_write() {
  std::vector<Written> list;
  for (const Detail detail : {Detail::brief, Detail::standard, Detail::full})
    list.push_back({"detail", {detail, {}, false}, false});
  for (const Carry carry : {Carry::exact, Carry::rounded})
    for (const Rounding rounding : {Rounding::half_up, Rounding::half_even, Rounding::truncate})
      list.push_back(
          {"rounding", {Detail::standard, {Precision::digits, 4, rounding, carry}, false}, false});
  list.push_back({"decimals", {Detail::standard, {Precision::decimals, 9}, false}, false});
  list.push_back({"digits", {Detail::full, {Precision::digits, 6}, true}, false});
  list.push_back({"ascii", {Detail::full, {}, false}, true});
  const SheetOptions paths{.style = Style::paths, .max_paths = 5000};
  list.push_back({"delta", {.style = Style::delta}, false});
  list.push_back({"delta in ascii", {.style = Style::delta}, true});
  list.push_back({"delta with rounded carry",
                  {.numerals = {.carry = Carry::rounded}, .style = Style::delta},
                  false});
  list.push_back({"paths", paths, false});
  list.push_back({"paths in ascii", paths, true});
  list.push_back({"table", {.style = Style::table}, false});
  list.push_back({"tangents", {.style = Style::table, .mode = Mode::forward}, false});
  return list;
}

ParseContext context_of(const Problem& problem) {
  return {[&problem](std::string_view name) { return problem.find(name) != nullptr; }};
}

/// What a sheet says each derivative is in the end.
std::map<std::string, std::string> results(const Solution& solution, const SheetOptions& options) {
  std::map<std::string, std::string> list;
  for (const Section& section : make_sheet(solution, options).sections)
    for (const Part& part : section.parts)
      if (const auto* group = std::get_if<Group>(&part))
        for (const Row& row : *group)
          if (row.left.is(Expr::Kind::derivative) && !row.sides.empty())
            list[print(row.left)] = print(row.sides.back().expr);
  return list;
}

/// All ways_to_write end in the same numbers.
void expect_one_result(const Solution& solution) {
  const auto textbook = results(solution, {.style = Style::textbook});
  const SheetOptions others[] = {{.style = Style::delta},
                                 {.style = Style::paths, .max_paths = 5000},
                                 {.style = Style::table},
                                 {.style = Style::table, .mode = Mode::forward},
                                 {.detail = Detail::brief, .style = Style::textbook}};
  for (const SheetOptions& other : others) {
    const auto found = results(solution, other);
    for (const StepIndex index : solution.derivation.requested) {
      if (solution.problem.auxiliary.contains(solution.derivation.steps[index].of)) continue;
      const std::string name = print(solution.derivation.steps[index].symbol());
      EXPECT_EQ(found.at(name), textbook.at(name)) << name << static_cast<int>(*other.style);
    }
  }
}

TEST(SheetProperty, EveryNumericLineOfEveryExampleHolds) {
  for (const std::string& example : testing::worked_examples()) {
    const Solution solution = solve_text(testing::example_text(example));
    const bool has_numbers = example != "general_formula" && example != "unspecified_activation";
    if (has_numbers) expect_one_result(solution);
    // Lines about arrays are held element by element in the closed loop, in every manner.
    if (!solution.problem.arrays.empty()) continue;
    if (example == "unspecified_activation") continue;  // g(z) is read by `check` alone
    for (const Written& style : ways_to_write()) {
      SCOPED_TRACE(example + ", " + style.name);
      const std::string sheet =
          render_text(make_sheet(solution, style.sheet), {.ascii = style.ascii});
      EXPECT_FALSE(render_json(solution, style.sheet).empty());
      const int checked = check_sheet(sheet, style.sheet.numerals, context_of(solution.problem));
      const bool is_short = example == "traces" || example == "fan_out";
      const int least = style.sheet.detail == Detail::brief ? 0 : is_short ? 1 : 4;
      EXPECT_TRUE(!has_numbers || checked >= least) << checked << sheet;
    }
  }
}

/// Random layered networks with random activations.
TEST(SheetProperty, EveryNumericLineOfRandomNetworksHolds) {
  for (unsigned seed = 1; seed <= static_cast<unsigned>(testing::rounds(40)); ++seed) {
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    testing::Random random(seed);
    const std::string text = testing::random_network(random);
    const Solution solution = solve_text(text);
    expect_one_result(solution);
    for (const Written& style : ways_to_write()) {
      SCOPED_TRACE(style.name);
      const std::string sheet =
          render_text(make_sheet(solution, style.sheet), {.ascii = style.ascii});
      EXPECT_GT(check_sheet(sheet, style.sheet.numerals, context_of(solution.problem)), 3) << text;
    }
  }
}

/// No recursion over quantities, and nothing that grows faster than what is written.
TEST(SheetProperty, LongChainsAndWideLayersAreWritten) {
  constexpr int length = testing::rounds(10'000);
  std::string chain = "weight w = 0.5\na0 = w\n";
  for (int i = 1; i <= length; ++i)
    chain += "a" + std::to_string(i) + " = sin(a" + std::to_string(i - 1) + ")\n";
  const Solution deep = solve_text(chain + "derive a" + std::to_string(length) + " wrt w\n");
  const std::string wide_layers =
      "input x1..x50 = random(-1, 1)\nweight w1..w5500 = random(-0.5, 0.5, step 0.001)\n"
      "bias b1..b110 = random(-0.5, 0.5)\ntarget t1..t10 = random(0, 1)\n"
      "layer h1..h50 from x1..x50 weights w1..w2500 bias b1..b50 activation sigmoid\n"
      "layer g1..g50 from h1..h50 weights w2501..w5000 bias b51..b100 activation sigmoid\n"
      "layer o1..o10 from g1..g50 weights w5001..w5500 bias b101..b110 activation sigmoid\n"
      "E = half_squared_error(t1..t10; out_o1..out_o10)\nderive E wrt all\n";
  const Solution wide = solve_text(wide_layers);
  EXPECT_EQ(wide.derived.size(), 5'610u);
  for (const Style style : {Style::textbook, Style::delta, Style::paths, Style::table})
    EXPECT_GT(render_text(make_sheet(deep, {.style = style})).size(),
              static_cast<std::size_t>(50 * length));
  EXPECT_GT(render_text(make_sheet(wide, {.style = Style::delta})).size(), 1'000'000u);
  EXPECT_THROW((void)make_sheet(wide, {.style = Style::paths}), SheetTooLong);
}

}  // namespace
}  // namespace chalkgrad
