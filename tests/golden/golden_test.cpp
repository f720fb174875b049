#include <gtest/gtest.h>

#include <filesystem>

#include "tests/golden/golden.hpp"
#include "tests/support/problems.hpp"

/// Whole sheets, compared with files that were read line by line when they were accepted. They
/// change with one command, and the change is read in the diff:
///     cmake --build build/release --target update_golden
namespace chalkgrad {
namespace {

struct Golden {
  std::string example;  ///< of worked_examples, without the extension
  std::string file;     ///< where the sheet is kept
  SheetOptions options{};
  bool latex = false;
  bool ascii = false;
};

/// For the names of failed tests.
void PrintTo(const Golden& golden, std::ostream* out) { *out << golden.file; }

/// The sheets beside the examples, and Mazur's in other styles.
std::vector<Golden> goldens() {
  std::vector<Golden> list;
  for (const char* example :
       {"general_formula", "hidden_relu", "hidden_tanh", "linear", "mazur", "merceron"}) {
    const std::string path = std::string("worked_examples/") + example;
    list.push_back({example, path + ".txt"});
    list.push_back({example, path + ".tex", {}, true});
  }
  const auto style = [&](const std::string& name, const SheetOptions& options, bool latex = false,
                         bool ascii = false) {
    list.push_back(
        {"mazur", "tests/golden/mazur_" + name + (latex ? ".tex" : ".txt"), options, latex, ascii});
  };
  style("brief", {.detail = Detail::brief});
  style("full", {.detail = Detail::full});
  style("full", {.detail = Detail::full}, true);
  style("decimals_9", {.numerals = {.precision = Precision::decimals, .count = 9}});
  style("truncate", {.numerals = {.rounding = Rounding::truncate}});
  style("carry_rounded_approx", {.numerals = {.carry = Carry::rounded}, .approx = true});
  style("ascii", {}, false, true);
  return list;
}

std::string sheet(const Golden& golden) {
  const std::string problem =
      testing::file_text(testing::source_path("worked_examples/" + golden.example + ".chalk"));
  const Sheet made = make_sheet(testing::solve_text(problem), golden.options);
  return golden.latex ? render_latex(made) : render_text(made, {.ascii = golden.ascii});
}

class GoldenSheets : public ::testing::TestWithParam<Golden> {};

TEST_P(GoldenSheets, IsAsAccepted) { testing::expect_golden(GetParam().file, sheet(GetParam())); }

INSTANTIATE_TEST_SUITE_P(Golden, GoldenSheets, ::testing::ValuesIn(goldens()),
                         [](const auto& tested) {
                           std::string name =
                               std::filesystem::path(tested.param.file).filename().string();
                           for (char& c : name)
                             if (c == '.') c = '_';
                           return name;
                         });

TEST(GoldenExamples, AllFiguresHold) {
  int files = 0;
  for (const auto& file :
       std::filesystem::directory_iterator(testing::source_path("worked_examples"))) {
    if (file.path().extension() != ".chalk") continue;
    ++files;
    const Solution solution = testing::solve_text(testing::file_text(file.path()));
    for (const ExpectationResult& result : solution.expectations)
      EXPECT_TRUE(is_agreement(result.verdict))
          << file.path() << ": " << result.expectation.title() << " = " << result.value << ", not "
          << result.expectation.written;
  }
  EXPECT_EQ(files, 6);
}

}  // namespace
}  // namespace chalkgrad
