#include <gtest/gtest.h>

#include <cstdlib>
#include <map>

#include "tests/support/planted_slips.hpp"
#include "tests/support/problems.hpp"
#include "tests/support/slow_build.hpp"
#include "tracer/check/check.hpp"

/// A slip is planted in a right sheet, at a random place, and the checker must find it there, and
/// accuse no other line. docs/marking.md states the rates that this test prints.
namespace chalkgrad {
namespace {

using testing::PlantedSlip;
using testing::Random;
using testing::SlipPlanter;

constexpr int rounds = testing::is_slow ? 1 : 9;

struct Rates {
  int planted = 0, found = 0, accused = 0, named = 0;
  std::map<std::string, std::pair<int, int>> by_slip{};  ///< planted, named
};

bool is_accusation(Verdict verdict) {
  return verdict == Verdict::wrong || verdict == Verdict::mis_copy ||
         verdict == Verdict::last_digit || verdict == Verdict::undecided ||
         verdict == Verdict::unreadable;
}

void check_planted(Checker& checker, const PlantedSlip& planted, Rates& rates) {
  const FileReport report = checker.check("planted.txt", planted.text);
  LineIndex lines(report.text);
  bool found = false, named = false, accused = false;
  std::string what;
  for (const Finding& finding : report.findings) {
    const std::size_t line = lines.position(finding.span.begin).line;
    const bool here = line >= planted.first_line && line <= planted.last_line;
    if (here) {
      found = found || is_accusation(finding.verdict);
      named = named || finding.slip == planted.slip;
    } else if (is_accusation(finding.verdict)) {
      accused = true;
      what += " line " + std::to_string(line) + ": " + finding.message;
    }
  }
  ++rates.planted;
  rates.found += found ? 1 : 0;
  rates.named += named ? 1 : 0;
  rates.accused += accused ? 1 : 0;
  auto& [of_slip, of_named] = rates.by_slip[planted.slip];
  ++of_slip;
  of_named += named ? 1 : 0;
  if (found && !named && std::getenv("CHALKGRAD_SHOW_UNNAMED") != nullptr)
    std::printf("unnamed %s%s\n", planted.slip.c_str(), planted.change.c_str());
  EXPECT_TRUE(found) << planted.slip << " in line " << planted.first_line << planted.change;
  EXPECT_FALSE(accused) << planted.slip << " in line " << planted.first_line << planted.change
                        << " accused" << what;
}

void plant_in(const std::string& example, const SheetOptions& options, Random& random, bool carry,
              Rates& rates) {
  const Solution solution = testing::solve_text(testing::example_text(example));
  Checker checker(solution);
  SlipPlanter planter(solution, render_text(make_sheet(solution, options)));
  for (const std::string& slip : testing::plantable_slips()) {
    for (int i = 0; i < rounds; ++i) {
      const auto planted = planter.plant(slip, random, carry);
      if (planted) check_planted(checker, *planted, rates);
    }
  }
}

const std::vector<std::string> examples = {"mazur",       "two_hidden_layers",
                                           "softmax",     "logistic_regression",
                                           "activations", "recurrent",
                                           "traces",      "weight_decay",
                                           "momentum",    "linear",
                                           "merceron",    "micrograd",
                                           "xor_batch"};

void print(const char* title, const Rates& rates) {
  std::printf("%s: %d planted, %d found, %d with another line accused, %d named (%.1f %%)\n", title,
              rates.planted, rates.found, rates.accused, rates.named,
              100.0 * rates.named / std::max(1, rates.planted));
  for (const auto& [slip, counts] : rates.by_slip)
    std::printf("  %-20s %4d planted, %4d named\n", slip.c_str(), counts.first, counts.second);
}

TEST(PlantedSlip, IsFoundWhereItIsAndNowhereElse) {
  Rates rates;
  unsigned seed = 20261121;
  for (const std::string& example : examples) {
    SCOPED_TRACE(example);
    for (const Style style : {Style::textbook, Style::delta, Style::paths}) {
      ++seed;
      if (testing::is_slow && seed % 4 != 0) continue;  // each style in some of the examples
      Random random(seed);
      SCOPED_TRACE(::testing::Message() << "seed " << seed);
      plant_in(example, {.style = style, .max_paths = 5000}, random, false, rates);
    }
  }
  print("slips", rates);
  if (rounds > 1) {
    EXPECT_GE(rates.planted, 2000);
    EXPECT_GE(rates.named, rates.planted * 3 / 4);
  }
}

TEST(PlantedSlip, IsNotCountedAgainWhereLaterLinesFollow) {
  Rates rates;
  unsigned seed = 77;
  for (const std::string& example : examples) {
    SCOPED_TRACE(example);
    Random random(++seed);
    SCOPED_TRACE(::testing::Message() << "seed " << seed);
    plant_in(example, {}, random, true, rates);
  }
  print("carried slips", rates);
}

}  // namespace
}  // namespace chalkgrad
