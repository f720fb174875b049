#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/golden/golden.hpp"
#include "tests/support/problems.hpp"
#include "tracer/exercise/exercise_set.hpp"
#include "tracer/exercise/papers.hpp"
#include "tracer/formats/markdown.hpp"

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
  std::string setting{};  ///< "act=tanh"
};

/// For the names of failed tests.
void PrintTo(const Golden& golden, std::ostream* out) { *out << golden.file; }

/// The sheets beside the examples, and Mazur's in other styles.
std::vector<Golden> goldens() {
  std::vector<Golden> list;
  for (const std::string& example : testing::worked_examples()) {
    const std::string path = "worked_examples/" + example;
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
  // The other styles of writing a derivation.
  const auto another = [&](const std::string& example, const std::string& name,
                           const SheetOptions& options) {
    const std::string path = "tests/golden/" + example + "_" + name;
    list.push_back({example, path + ".txt", options});
    list.push_back({example, path + ".tex", options, true});
  };
  for (const char* example : {"mazur", "softmax", "logistic_regression", "general_formula"})
    another(example, "delta", {.style = Style::delta});
  for (const char* example : {"mazur", "recurrent", "general_formula"})
    another(example, "paths", {.style = Style::paths});
  for (const char* example : {"traces", "micrograd", "two_hidden_layers"})
    another(example, "table", {.style = Style::table});
  another("traces", "forward", {.style = Style::table, .mode = Mode::forward});
  another("xor_batch", "full", {.detail = Detail::full});
  list.push_back({"mazur", "tests/golden/mazur.md"});
  list.push_back({"traces", "tests/golden/traces_table.md", {.style = Style::table}});
  list.push_back({"xor_batch",
                  "tests/golden/xor_batch_delta_ascii.txt",
                  {.style = Style::delta},
                  false,
                  true});
  for (const std::string act : {"tanh", "relu"})
    list.push_back({"activations",
                    "tests/golden/activations_" + act + ".txt",
                    {},
                    false,
                    false,
                    "act=" + act});
  return list;
}

Solution solution_of(const std::string& example, const std::string& setting) {
  Source source(example + ".chalk", testing::example_text(example));
  if (!setting.empty()) source.add_setting("--set", setting);
  return solve(read_problem(source));
}

std::string sheet(const Golden& golden) {
  const Solution solution = solution_of(golden.example, golden.setting);
  const Sheet made = make_sheet(solution, golden.options);
  if (golden.file.ends_with(".md")) return render_markdown(made);
  return golden.latex ? render_latex(made) : render_text(made, {.ascii = golden.ascii});
}

/// A paper of an exercise, with the seed of its file.
std::string paper(const std::string& exercise, std::string_view part) {
  const Source source(
      exercise + ".chalk",
      testing::file_text(testing::source_path("worked_examples/exercises/" + exercise + ".chalk")));
  std::string text;
  for_each_variant(source, {}, [&](const SolvedVariant& one) {
    const auto slips = slips_of_answers(one.solution, one.asked, {}, 4);
    const SheetOptions options;
    for (const Paper& made : papers())
      if (made.name == part)
        text = render_text(made.make({one.solution, one.variant, options, one.asked, slips}));
  });
  return text;
}

class GoldenPapers : public ::testing::TestWithParam<std::tuple<const char*, const char*>> {};

TEST_P(GoldenPapers, GoldenSheetsAreAsAccepted) {
  const auto [exercise, part] = GetParam();
  testing::expect_golden(fmt::format("worked_examples/exercises/{}_{}.txt", exercise, part),
                         paper(exercise, part));
}

INSTANTIATE_TEST_SUITE_P(
    Golden, GoldenPapers,
    ::testing::Combine(::testing::Values("one_step", "saturation", "softmax", "two_samples"),
                       ::testing::Values("question", "blanks", "solution", "scheme")));

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

/// How many figures of an example agree; all must.
int agreeing_figures(const std::string& example, const std::string& setting = {}) {
  const Solution solution = solution_of(example, setting);
  for (const ExpectationResult& result : solution.expectations)
    EXPECT_TRUE(is_agreement(result.verdict))
        << example << ": " << result.expectation.title() << " = " << result.value << ", not "
        << result.expectation.written;
  return static_cast<int>(solution.expectations.size());
}

TEST(GoldenExamples, AllFiguresHold) {
  int figures = 0;
  for (const std::string& example : testing::worked_examples())
    figures += agreeing_figures(example);
  EXPECT_GE(figures, 220);
  EXPECT_EQ(agreeing_figures("activations", "act=tanh"), 9);
  EXPECT_EQ(agreeing_figures("activations", "act=relu"), 9);
}

}  // namespace
}  // namespace chalkgrad
