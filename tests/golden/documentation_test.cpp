#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/problems.hpp"
#include "tracer/picture/layout.hpp"
#include "tracer/picture/svg.hpp"
#include "tracer/plot/training_plot.hpp"

/// Every ```chalk example in the documentation is a whole file that solves, and whose figures hold.
namespace chalkgrad {
namespace {

std::vector<std::string> examples_of(const std::string& page) {
  std::vector<std::string> examples;
  static const std::string fence = "\n```chalk\n", end = "\n```\n";
  for (auto at = page.find(fence); at != std::string::npos; at = page.find(fence, at + 1)) {
    const auto begin = at + fence.size();
    examples.push_back(page.substr(begin, page.find(end, begin) + 1 - begin));
  }
  return examples;
}

TEST(Documentation, EveryExampleSolves) {
  std::vector<std::string> pages = {testing::source_path("README.md")};
  for (const auto& file : std::filesystem::directory_iterator(testing::source_path("docs")))
    if (file.path().extension() == ".md") pages.push_back(file.path().string());
  std::size_t count = 0;
  for (const std::string& page : pages) {
    for (const std::string& example : examples_of(testing::file_text(page))) {
      ++count;
      EXPECT_EQ(testing::errors_of(example), "") << page << "\n" << example;
      if (::testing::Test::HasFailure()) return;
      for (const ExpectationResult& result : testing::solve_text(example).expectations)
        EXPECT_TRUE(is_agreement(result.verdict))
            << page << ": " << result.expectation.title() << " = " << result.value;
    }
  }
  EXPECT_GE(count, 12u);
}

/// The pictures of the page on teaching; docs/screenshots.sh makes them anew.
TEST(Documentation, ThePicturesAreAsShown) {
  const auto shown = [](const std::string& name) {
    return testing::file_text(testing::source_path("docs/images/" + name));
  };
  for (const auto& [example, file] :
       {std::pair{"mazur", "network.svg"}, {"micrograd", "circuit.svg"}}) {
    const Solution solution = testing::solve_text(testing::example_text(example));
    const Diagram diagram = make_diagram(solution, {.values = true, .gradients = true});
    EXPECT_EQ(render_svg(diagram, lay_out(diagram), {.title = solution.problem.title}),
              shown(file));
  }
  const auto trained = [](const Solution& solution, std::size_t steps) {
    return train(solution.problem, solution.evaluation, *solution.descent, {.steps = steps});
  };
  const Solution mazur = testing::solve_text(testing::example_text("mazur"));
  EXPECT_EQ(error_plot(trained(mazur, 1000), mazur.problem.title, Scale::logarithmic),
            shown("error.svg"));
  const Solution momentum = testing::solve_text(testing::example_text("momentum"));
  EXPECT_EQ(path_plot(trained(momentum, 40), momentum.evaluation, momentum.problem.title, {0, 1}),
            shown("path.svg"));
}

/// The page on styles shows what the styles give, line by line.
TEST(Documentation, TheStylesAreAsShown) {
  const std::string page = testing::file_text(testing::source_path("docs/styles.md"));
  const Solution solution = testing::solve_text(examples_of(page).at(0));
  struct Case {
    const char* heading;
    std::vector<SheetOptions> options;
  };
  for (const auto& [heading, options] :
       {Case{"\n## textbook\n", {{}}}, Case{"\n## delta\n", {{.style = Style::delta}}},
        Case{"\n## paths\n", {{.style = Style::paths}}},
        Case{"\n## table\n",
             {{.style = Style::table}, {.style = Style::table, .mode = Mode::forward}}}}) {
    auto at = page.find(heading);
    ASSERT_NE(at, std::string::npos);
    for (const SheetOptions& option : options) {
      const auto begin = page.find("\n```\n", at) + 5;
      at = page.find("\n```\n", begin) + 5;
      const std::string shown = "\n" + page.substr(begin, at - 4 - begin);
      EXPECT_NE(("\n" + render_text(make_sheet(solution, option))).find(shown), std::string::npos)
          << shown;
    }
  }
}

}  // namespace
}  // namespace chalkgrad
